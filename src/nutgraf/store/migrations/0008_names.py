"""The index of the briefs' words made anew: names with signs are found by their addresses."""

from django.db import migrations

from nutgraf.store.search import drop_index, make_index


class Migration(migrations.Migration):
    dependencies = [("store", "0007_push")]
    operations = [
        migrations.RunPython(drop_index, migrations.RunPython.noop),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
