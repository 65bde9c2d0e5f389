"""A row that is written notifies nobody: whoever may connect to the database could have listened."""

import pgtrigger.migrations
from django.db import migrations

# Removing a trigger leaves its function behind.
FUNCTIONS = "DROP FUNCTION IF EXISTS pgtrigger_ring_b234b(), pgtrigger_ring_8b987()"


class Migration(migrations.Migration):
    dependencies = [("wpis", "0006_one_clock")]
    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="backgroundjob", name="ring"),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
