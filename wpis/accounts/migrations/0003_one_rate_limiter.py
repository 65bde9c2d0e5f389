"""Counts of all surfaces in one table: each row says whose it is, and counting no longer waits for the disk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_recent_requests")]

    operations = [
        migrations.RunSQL("DELETE FROM accounts_recentrequests", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="recentrequests",
            name="surface",
            field=models.CharField(help_text="whose count it is; no other surface sees the row", max_length=12, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="recentrequests",
            name="asker",
            field=models.CharField(
                help_text="keyed digest of limit and caller: no address is kept",
                max_length=64,
                primary_key=True,
                serialize=False,
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE accounts_recentrequests SET UNLOGGED",
            "ALTER TABLE accounts_recentrequests SET LOGGED",
        ),
    ]
