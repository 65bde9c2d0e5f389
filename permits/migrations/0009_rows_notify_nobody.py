"""A row that is written notifies nobody: whoever may connect to the database could have listened."""

import pgtrigger.migrations
from django.db import migrations

# Removing a trigger leaves its function behind.
FUNCTIONS = "DROP FUNCTION IF EXISTS pgtrigger_ring_d8d7d()"


class Migration(migrations.Migration):
    dependencies = [("permits", "0008_tokens_end")]
    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="feeditem", name="ring"),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
