"""A recovery code that was used is not made unused again in SQL: which were used is only ever added to."""

from django.db import migrations

KEPT = """
CREATE TRIGGER wpis_recovery_codes_stay_used BEFORE UPDATE ON mfa_authenticator FOR EACH ROW
    WHEN (OLD.type = 'recovery_codes'
          AND (COALESCE((OLD.data::jsonb ->> 'used_mask')::bigint, 0)
                & ~COALESCE((NEW.data::jsonb ->> 'used_mask')::bigint, 0) <> 0
               OR NOT (OLD.data::jsonb -> 'migrated_codes') @> (NEW.data::jsonb -> 'migrated_codes')))
    EXECUTE FUNCTION wpis_credential_kept();
"""
UNDO = "DROP TRIGGER wpis_recovery_codes_stay_used ON mfa_authenticator;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_codes_stay_ended")]

    operations = [migrations.RunSQL(KEPT, UNDO)]
