"""The reasons that people wrote for a step lie encrypted in its history."""

from django.db import migrations

from wpis.crypto.encrypting import encrypt_column
from wpis.crypto.fields import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("referral", "0010_tokens_told")]

    operations = [
        migrations.RenameField("casechange", "reason", "reason_in_clear"),
        migrations.AddField("casechange", "reason", EncryptedTextField(blank_is_null=True)),
        migrations.RunPython(encrypt_column("referral", "casechange", "reason_in_clear", "reason")),
        # What the update of the rows has left to be done would stand in the way of the column's end.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.RemoveField("casechange", "reason_in_clear"),
        migrations.RenameField("referralchange", "reason", "reason_in_clear"),
        migrations.AddField("referralchange", "reason", EncryptedTextField(blank_is_null=True)),
        migrations.RunPython(encrypt_column("referral", "referralchange", "reason_in_clear", "reason")),
        # What the update of the rows has left to be done would stand in the way of the column's end.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.RemoveField("referralchange", "reason_in_clear"),
    ]
