"""No token is made in SQL without an event of the audit trail (`wpis/accounts/migrations/0010_credentials_told.py`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("referral", "0009_team_and_second_person"), ("accounts", "0010_credentials_told")]

    operations = [
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER wpis_token_told AFTER INSERT ON referral_apitoken "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wpis_credential_told('token')",
            "DROP TRIGGER wpis_token_told ON referral_apitoken",
        ),
    ]
