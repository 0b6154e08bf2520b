"""What the writer was asked and answered."""

from __future__ import annotations

from django.db import migrations, models

from nutgraf.store.fields import AnyText, JsonText


class Migration(migrations.Migration):
    dependencies = [("store", "0010_indexes")]

    operations = [
        migrations.CreateModel(
            name="Rewording",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("story", models.CharField(db_index=True, max_length=255)),
                ("writer", AnyText()),
                ("asked", models.DateTimeField(db_index=True)),
                ("requests", models.PositiveIntegerField(default=1)),
                ("answer", AnyText(null=True)),
                ("tokens", models.PositiveIntegerField(null=True)),
                ("taken", JsonText(default=list)),
                ("refused", JsonText(default=list)),
            ],
        ),
    ]
