"""The reasons that people wrote for a step lie encrypted in its history."""

from django.db import migrations

from wpis.crypto.encrypting import encrypt_column
from wpis.crypto.fields import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("permits", "0015_tokens_told")]

    operations = [
        migrations.RenameField("applicationchange", "reason", "reason_in_clear"),
        migrations.AddField("applicationchange", "reason", EncryptedTextField(blank_is_null=True)),
        migrations.RunPython(encrypt_column("permits", "applicationchange", "reason_in_clear", "reason")),
        # What the update of the rows has left to be done would stand in the way of the column's end.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.RemoveField("applicationchange", "reason_in_clear"),
    ]
