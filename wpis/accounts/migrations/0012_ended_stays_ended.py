"""Sessions and tokens that have ended do not come back in SQL, and two deletions at once do not take the last factor.

What asks whether an account is told of its change stood open in two ways: two transactions that delete one factor each
did not see each other, and its tables were looked up along the path of the session.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("wpis.accounts.migrations.0010_credentials_told").TRIGGERS
_TOLD = BEFORE[: BEFORE.index("CREATE FUNCTION wpis_credential_kept()")]


def _replaced(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


LOCKED = _replaced(_TOLD).replace(
    "        IF TG_OP = 'DELETE' THEN\n",
    "        IF TG_OP = 'DELETE' THEN\n"
    "            -- Of two that delete one factor each the second waits here, and then sees what is left.\n"
    "            PERFORM 1 FROM accounts_user WHERE id = account FOR NO KEY UPDATE;\n"
    "            IF current_setting('transaction_isolation') <> 'read committed' THEN\n"
    "                RAISE EXCEPTION 'factors are removed by what is there now: in READ COMMITTED';\n"
    "            END IF;\n",
)
assert LOCKED != _replaced(_TOLD)

PATH = """
ALTER FUNCTION wpis_credential_told() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION wpis_credential_kept() SET search_path = pg_catalog, public, pg_temp;
"""
UNDO = """
ALTER FUNCTION wpis_credential_kept() RESET search_path;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_addresses_as_seen")]

    operations = [migrations.RunSQL(LOCKED + PATH, _replaced(_TOLD) + UNDO)]
