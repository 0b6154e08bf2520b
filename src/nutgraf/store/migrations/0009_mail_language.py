"""The language of the pages on which each subscriber asked for the edition."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0008_names")]
    operations = [
        migrations.AddField("subscriber", "language", models.CharField(default="", max_length=8)),
    ]
