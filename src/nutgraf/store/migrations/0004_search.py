"""The index of the briefs' words."""

from django.db import migrations

from nutgraf.store.search import drop_index, make_index


class Migration(migrations.Migration):
    dependencies = [("store", "0003_stories")]
    operations = [migrations.RunPython(make_index, drop_index)]
