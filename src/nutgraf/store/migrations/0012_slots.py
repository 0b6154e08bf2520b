"""Editions of slots: made once, never changed."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("store", "0011_rewording")]

    operations = [
        migrations.CreateModel(
            name="SlotEdition",
            fields=[
                ("id", ID),
                ("day", models.DateField()),
                ("slot", models.CharField(max_length=5)),
                ("zone", models.CharField(max_length=64)),
                ("moment", models.DateTimeField(db_index=True)),
                ("made", models.DateTimeField()),
                ("last", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "slot", "zone"), name="one_edition_per_slot"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlotBrief",
            fields=[
                ("id", ID.clone()),
                ("position", models.PositiveIntegerField()),
                ("brief", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.brief")),
                ("edition", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.slotedition")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "position"), name="one_brief_per_slot_place"),
                ],
            },
        ),
    ]
