"""An invitation that waits on another surface stops none here: that would tell that there is one."""

from django.db import migrations, models

NEW = """
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS accounts_staffrequest_one_invitation_here
    ON accounts_staffrequest (surface, email) WHERE kind = 'invite' AND state = 'waiting'
"""
OLD = """
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS accounts_staffrequest_one_invitation
    ON accounts_staffrequest (email) WHERE kind = 'invite' AND state = 'waiting'
"""
DROP_NEW = "DROP INDEX CONCURRENTLY IF EXISTS accounts_staffrequest_one_invitation_here"
DROP_OLD = "DROP INDEX CONCURRENTLY IF EXISTS accounts_staffrequest_one_invitation"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0014_officers_by_two_persons")]

    operations = [
        migrations.RunSQL(
            NEW,
            DROP_NEW,
            state_operations=[
                migrations.AddConstraint(
                    "staffrequest",
                    models.UniqueConstraint(
                        condition=models.Q(kind="invite", state="waiting"),
                        fields=["surface", "email"],
                        name="accounts_staffrequest_one_invitation_here",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            DROP_OLD,
            OLD,
            state_operations=[
                migrations.RemoveConstraint("staffrequest", "accounts_staffrequest_one_invitation")
            ],
        ),
    ]
