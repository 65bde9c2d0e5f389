"""Create the three database roles and give each exactly what the `grants.py` files declare."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from wpis.grants import FUNCTIONS, ROW_RULES
from wpis.surfaces import ROLES, declared


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Run as the owner of the database, after every migrate; running it again changes nothing."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(7061)"
            )  # roles belong to the cluster, not the database
            cursor.execute("SELECT current_database()")
            database = connection.ops.quote_name(cursor.fetchone()[0])
            for surface, role in ROLES.items():
                self._role(cursor, role)
                cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {role}")
                cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
                cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
                cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}")
                for table, privileges in sorted(declared()[surface].items()):
                    cursor.execute(f'GRANT {", ".join(sorted(privileges))} ON "{table}" TO {role}')
                    if "INSERT" in privileges:
                        self._sequences(cursor, table, role)
                for function in FUNCTIONS.get(surface, ()):
                    cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {role}")
            cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            for table, rules in ROW_RULES.items():
                self._row_security(cursor, table, rules)
        self.stdout.write("granted: " + ", ".join(ROLES.values()))

    def _role(self, cursor: Any, role: str) -> None:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(
                f"DO $$ BEGIN CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE; "
                "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )

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
