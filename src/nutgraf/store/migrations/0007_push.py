"""Browsers that are told of followed stories."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from nutgraf.store.fields import AnyText

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("store", "0006_tokens")]

    operations = [
        migrations.CreateModel(
            name="PushEndpoint",
            fields=[
                ("id", ID),
                ("key", models.CharField(max_length=64, unique=True)),
                ("address", AnyText()),
                ("p256dh", models.CharField(max_length=128)),
                ("auth", models.CharField(max_length=64)),
                ("failures", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Followed",
            fields=[
                ("id", ID.clone()),
                (
                    "endpoint",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.pushendpoint"),
                ),
                ("story", models.CharField(max_length=255)),
                ("told", models.BigIntegerField(default=0)),
                ("told_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("endpoint", "story"), name="followed_once")],
            },
        ),
    ]
