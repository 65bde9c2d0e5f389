"""No second factor, e-mail address, password or token of an account comes in SQL without an event of the audit trail.

The tables of the factors and addresses belong to a library, so their triggers are written here and not beside a model.
What the service does is recorded in the same transaction, after the change: the triggers ask at its end. An event that
somebody writes in SQL bears no genuine digest, and `manage.py verify_audit` names it.

`wpis_account_told` reads the trail with the rights of the owner, which no open role may. It answers one question: whether
an event of these few kinds, about this account, on the surface that asks, is of the last five minutes.
"""

from django.db import migrations

TOLD = """
CREATE FUNCTION wpis_account_told(account uuid, of_what text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.audit_auditevent e
         WHERE e.subject = account
           AND (of_what = 'token' AND e.action LIKE '%.token.issue' OR e.action = ANY (CASE of_what
                WHEN 'factor' THEN ARRAY['accounts.factor.add', 'accounts.factor.remove',
                                         'accounts.recovery_codes.make', 'accounts.staff.reset_factor']
                WHEN 'replaced' THEN ARRAY['accounts.factor.remove']
                WHEN 'email' THEN ARRAY['accounts.email.add', 'accounts.email.confirm', 'accounts.email.make_primary',
                                        'accounts.email.remove', 'accounts.password.reset']
                WHEN 'password' THEN ARRAY['accounts.password.change', 'accounts.password.reset',
                                           'accounts.password.rehash']
                END))
           AND (session_user NOT IN ('wpis_portal', 'wpis_office', 'wpis_protection')
                OR 'wpis_' || e.surface = session_user)
           AND EXISTS (SELECT 1 FROM (SELECT interval '0' UNION ALL SELECT moved_by FROM public.wpis_clockoffset) AS by (moved)
                        WHERE abs(extract(epoch FROM e.at - clock_timestamp() - by.moved)) <= 300))
$$;
REVOKE ALL ON FUNCTION wpis_account_told(uuid, text) FROM PUBLIC;
"""

TRIGGERS = """
CREATE FUNCTION wpis_credential_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    account uuid;
    lately timestamptz;
BEGIN
    IF pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        RETURN NULL;
    END IF;
    -- Of a token the event names the token, of everything else the account.
    account := CASE WHEN TG_TABLE_NAME = 'accounts_user' OR right(TG_TABLE_NAME, 9) = '_apitoken' THEN to_jsonb(NEW) ->> 'id'
                    ELSE to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END) ->> 'user_id' END;
    IF TG_TABLE_NAME = 'account_emailaddress' AND TG_OP = 'INSERT' AND EXISTS (
        SELECT 1 FROM accounts_user u WHERE u.id = account AND lower(u.email) = lower(to_jsonb(NEW) ->> 'email'))
    THEN
        RETURN NULL;  -- the address that the account has anyway
    END IF;
    IF NOT wpis_account_told(account, TG_ARGV[0]) THEN
        RAISE EXCEPTION 'nothing in the audit trail tells of this change of an account';
    END IF;
    IF TG_TABLE_NAME = 'mfa_authenticator' AND EXISTS (
        SELECT 1 FROM accounts_user WHERE id = account AND surface <> 'portal')
    THEN
        -- Measured by the moved clock of a development database too.
        SELECT clock_timestamp() + least(max(moved_by), interval '0') - interval '35 minutes' INTO lately FROM wpis_clockoffset;
        lately := coalesce(lately, clock_timestamp() - interval '35 minutes');
        IF TG_OP = 'DELETE' THEN
            IF NOT EXISTS (SELECT 1 FROM mfa_authenticator WHERE user_id = account AND type IN ('totp', 'webauthn'))
               AND NOT EXISTS (SELECT 1 FROM accounts_staffrequest
                                WHERE account_id = account AND kind = 'reset' AND state = 'done' AND decided_at > lately)
            THEN
                RAISE EXCEPTION 'two persons remove the last second factor of staff';
            END IF;
        ELSIF NEW.type <> 'recovery_codes' AND NOT EXISTS (SELECT 1 FROM mfa_authenticator
                           WHERE user_id = account AND type IN ('totp', 'webauthn') AND id <> NEW.id)
              AND NOT EXISTS (SELECT 1 FROM accounts_enrolmentcode
                               WHERE account_id = account AND used_at > lately)
              AND NOT wpis_account_told(account, 'replaced')  -- an app that moves to another phone
        THEN
            RAISE EXCEPTION 'an enrolment code comes before the first second factor of staff';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION wpis_credential_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a factor or an address is stays';
END $$;

CREATE CONSTRAINT TRIGGER wpis_factor_added_told AFTER INSERT ON mfa_authenticator
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wpis_credential_told('factor');
CREATE CONSTRAINT TRIGGER wpis_factor_told AFTER DELETE ON mfa_authenticator
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.type <> 'recovery_codes')
    EXECUTE FUNCTION wpis_credential_told('factor');
CREATE TRIGGER wpis_factor_kept BEFORE UPDATE ON mfa_authenticator FOR EACH ROW
    WHEN ((NEW.id, NEW.user_id, NEW.type, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.type, OLD.created_at)
          OR NEW.type <> 'recovery_codes' AND (NEW.data::jsonb - 'name') IS DISTINCT FROM (OLD.data::jsonb - 'name')
          OR (NEW.data::jsonb -> 'seed') IS DISTINCT FROM (OLD.data::jsonb -> 'seed')
          OR (NEW.data::jsonb ? 'migrated_codes' AND NOT OLD.data::jsonb ? 'migrated_codes'))
    EXECUTE FUNCTION wpis_credential_kept();

CREATE CONSTRAINT TRIGGER wpis_email_told AFTER DELETE ON account_emailaddress
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.verified) EXECUTE FUNCTION wpis_credential_told('email');
CREATE CONSTRAINT TRIGGER wpis_email_changed_told AFTER UPDATE ON account_emailaddress
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((NEW.verified, NEW."primary") IS DISTINCT FROM (OLD.verified, OLD."primary"))
    EXECUTE FUNCTION wpis_credential_told('email');
CREATE CONSTRAINT TRIGGER wpis_email_added_told AFTER INSERT ON account_emailaddress
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT NEW."primary")
    EXECUTE FUNCTION wpis_credential_told('email');
CREATE TRIGGER wpis_email_kept BEFORE UPDATE ON account_emailaddress FOR EACH ROW
    WHEN ((NEW.id, NEW.user_id, NEW.email) IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.email))
    EXECUTE FUNCTION wpis_credential_kept();

CREATE CONSTRAINT TRIGGER wpis_password_told AFTER UPDATE ON accounts_user
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.password IS DISTINCT FROM OLD.password)
    EXECUTE FUNCTION wpis_credential_told('password');
CREATE CONSTRAINT TRIGGER wpis_address_told AFTER UPDATE ON accounts_user
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.email IS DISTINCT FROM OLD.email)
    EXECUTE FUNCTION wpis_credential_told('email');
"""

UNDO = """
DROP TRIGGER wpis_factor_added_told ON mfa_authenticator;
DROP TRIGGER wpis_factor_told ON mfa_authenticator;
DROP TRIGGER wpis_factor_kept ON mfa_authenticator;
DROP TRIGGER wpis_email_told ON account_emailaddress;
DROP TRIGGER wpis_email_changed_told ON account_emailaddress;
DROP TRIGGER wpis_email_added_told ON account_emailaddress;
DROP TRIGGER wpis_email_kept ON account_emailaddress;
DROP TRIGGER wpis_password_told ON accounts_user;
DROP TRIGGER wpis_address_told ON accounts_user;
DROP FUNCTION wpis_credential_told();
DROP FUNCTION wpis_credential_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_accounts_as_decided"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("audit", "0002_rights_by_role"),
        ("wpis", "0012_delete_drafts"),
    ]

    operations = [
        migrations.RunSQL(TOLD, "DROP FUNCTION wpis_account_told(uuid, text)"),
        migrations.RunSQL(TRIGGERS, UNDO),
    ]
