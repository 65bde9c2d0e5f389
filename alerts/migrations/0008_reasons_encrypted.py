"""The reasons that people wrote for a step lie encrypted in its history."""

from django.db import migrations

from wpis.crypto.encrypting import encrypt_column
from wpis.crypto.fields import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("alerts", "0007_facts_not_computed")]

    operations = [
        migrations.RenameField("alertchange", "reason", "reason_in_clear"),
        migrations.AddField("alertchange", "reason", EncryptedTextField(blank_is_null=True)),
        migrations.RunPython(encrypt_column("alerts", "alertchange", "reason_in_clear", "reason")),
        # What the update of the rows has left to be done would stand in the way of the column's end.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.RemoveField("alertchange", "reason_in_clear"),
    ]
