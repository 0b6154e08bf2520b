"""Who gets the edition by mail, and what was sent."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from nutgraf.store.fields import AnyText

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("store", "0004_search")]

    operations = [
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", ID),
                ("key", models.CharField(max_length=64, unique=True)),
                ("address", AnyText()),
                ("token", models.CharField(max_length=64, unique=True)),
                ("asked", models.DateTimeField()),
                ("confirmed", models.DateTimeField(null=True)),
                ("refused", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", ID.clone()),
                (
                    "subscriber",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.subscriber"),
                ),
                ("day", models.DateField()),
                ("claimed", models.DateTimeField()),
                ("done", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subscriber", "day"), name="one_edition_per_subscriber")
                ],
            },
        ),
    ]
