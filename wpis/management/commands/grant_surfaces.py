"""Create the database roles and give each exactly what the `grants.py` files declare."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import ProgrammingError, connection, transaction
from psycopg2.errors import InsufficientPrivilege

from wpis.database import roles, statistics
from wpis.grants import FUNCTIONS
from wpis.installed_apps import own_modules
from wpis.surfaces import ALL_COLUMNS, IGNORING, OWNER_ONLY, ROLES, declared


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Run as the owner of the database, after every migrate; running it again changes nothing."""
        with connection.cursor() as cursor:
            # One at a time. An advisory lock, or a weaker one of this table, any surface could hold.
            cursor.execute("LOCK TABLE django_migrations IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SELECT current_database()")
            database = connection.ops.quote_name(cursor.fetchone()[0])
            for surface, role in ROLES.items():
                self._role(cursor, role)
                cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {role}")
                cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
                cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
                cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}")
                for table, privileges in sorted(declared()[surface].items()):
                    held = ", ".join(_privilege(*item) for item in sorted(privileges.items()))
                    cursor.execute(f'GRANT {held} ON "{table}" TO {role}')
                    if "INSERT" in privileges:
                        self._sequences(cursor, table, role)
                for function in FUNCTIONS.get(surface, ()):
                    cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {role}")
            cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            self._keep_triggers_on(cursor)
            for module in own_modules("grants"):
                for table, rules in getattr(module, "ROW_RULES", {}).items():
                    self._row_security(cursor, table, rules)
            roles.bound(cursor)
            cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC")
            self._as_superuser(statistics.close, cursor)
            self._as_superuser(roles.silence, cursor)
            self._warn(cursor)
        self.stdout.write("granted: " + ", ".join(ROLES.values()))

    def _as_superuser(self, step: Callable[[Any], None], cursor: Any) -> None:
        """Where the server is not ours its owner does not let us; what is left open is told below."""
        try:
            with transaction.atomic():
                step(cursor)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise

    def _warn(self, cursor: Any) -> None:
        """What the administrator of the server must do, because the owner of the database may not (ADR 29)."""
        for sentence in roles.talkative(cursor):
            self.stderr.write(f"warning: the server logs values: {sentence}")
        if open_views := statistics.still_open(cursor):
            self.stderr.write(
                f"warning: {len(open_views)} views and functions show every role what the others do: "
                f"{', '.join(open_views[:5])}..."
            )
        if databases := statistics.open_databases(cursor):
            self.stderr.write(f"warning: every role may enter these databases too: {', '.join(databases)}")

    def _role(self, cursor: Any, role: str) -> None:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(
                f"DO $$ BEGIN CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE; "
                "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )

    def _keep_triggers_on(self, cursor: Any) -> None:
        """Let nobody but the owner be spared from triggers.

        django-pgtrigger lets every session name the triggers to be ignored, by a setting that any role can set.
        Each migration of a trigger writes that function anew, so it is replaced after every migrate.
        """
        cursor.execute("SELECT current_user")
        cursor.execute(_IGNORING, [cursor.fetchone()[0]])

    def _sequences(self, cursor: Any, table: str, role: str) -> None:
        cursor.execute(
            """SELECT s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND s.relkind = 'S'
               JOIN pg_class t ON t.oid = d.refobjid WHERE t.relname = %s""",
            [table],
        )
        for (sequence,) in cursor.fetchall():
            cursor.execute(f'GRANT USAGE ON SEQUENCE "{sequence}" TO {role}')

    def _row_security(self, cursor: Any, table: str, rules: dict[str, tuple[str, str]]) -> None:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        for surface, (readable, writable) in rules.items():
            role = ROLES[surface]
            for name, clause in (
                ("read", f"FOR SELECT TO {role} USING ({readable})"),
                ("add", f"FOR INSERT TO {role} WITH CHECK ({writable})"),
                ("change", f"FOR UPDATE TO {role} USING ({writable}) WITH CHECK ({writable})"),
                ("remove", f"FOR DELETE TO {role} USING ({writable})"),
            ):
                cursor.execute(f'DROP POLICY IF EXISTS {surface}_{name} ON "{table}"')
                cursor.execute(f'CREATE POLICY {surface}_{name} ON "{table}" {clause}')


_IGNORING = f"""
    CREATE OR REPLACE FUNCTION public.{IGNORING}(trigger_name NAME) RETURNS BOOLEAN AS $$
    BEGIN
        {OWNER_ONLY}
        RETURN pg_has_role(current_user, %s, 'MEMBER')
           AND trigger_name = ANY(COALESCE(NULLIF(current_setting('pgtrigger.ignore', true), ''), '{{}}')::text[]);
    END;
    $$ LANGUAGE plpgsql
"""


def _privilege(name: str, columns: frozenset[str]) -> str:
    if columns == ALL_COLUMNS:
        return name
    return name + " (" + ", ".join(f'"{column}"' for column in sorted(columns)) + ")"
