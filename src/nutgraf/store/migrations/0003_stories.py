"""Vectors of headlines beside placements, and what editors decided."""

from __future__ import annotations

from django.db import migrations, models

from nutgraf.store.fields import JsonText


class Migration(migrations.Migration):
    dependencies = [("store", "0002_rhythm")]

    operations = [
        migrations.AddField("Placement", "vector", models.BinaryField(null=True)),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made", models.DateTimeField()),
                ("together", models.BooleanField()),
                ("one", JsonText()),
                ("other", JsonText()),
            ],
        ),
    ]
