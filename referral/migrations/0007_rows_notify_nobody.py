"""A row that is written notifies nobody: whoever may connect to the database could have listened."""

import pgtrigger.migrations
from django.db import migrations

# Removing a trigger leaves its function behind.
FUNCTIONS = "DROP FUNCTION IF EXISTS pgtrigger_ring_b5a96()"


class Migration(migrations.Migration):
    dependencies = [("referral", "0006_tokens_end")]
    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="reminder", name="ring"),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
