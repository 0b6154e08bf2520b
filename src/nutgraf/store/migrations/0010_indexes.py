"""Indexes for many stories; topics and words of briefs that are no story's newest go."""

from django.db import migrations, models

GONE = "SELECT id FROM store_brief WHERE NOT newest"


class Migration(migrations.Migration):
    dependencies = [("store", "0009_mail_language")]
    operations = [
        migrations.RunSQL(f"DELETE FROM store_topic WHERE brief_id IN ({GONE})", migrations.RunSQL.noop),
        migrations.RunSQL(f"DELETE FROM store_search WHERE rowid IN ({GONE})", migrations.RunSQL.noop),
        migrations.AlterField("story", "merged_into", models.CharField(db_index=True, max_length=255, null=True)),
        migrations.AlterField("brief", "composed", models.DateTimeField(db_index=True)),
    ]
