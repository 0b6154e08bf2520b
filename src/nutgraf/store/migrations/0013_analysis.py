"""What is learnt of an article's text beside its claims."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0012_slots")]

    operations = [
        migrations.AddField(model_name="claims", name="analysis", field=models.BinaryField(null=True)),
    ]
