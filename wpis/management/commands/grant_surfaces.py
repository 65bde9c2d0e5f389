"""Create the database roles and give each exactly what the `grants.py` files declare, while people work."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, ProgrammingError, connection, transaction
from psycopg2.errors import InsufficientPrivilege

from wpis.database import policies, rights, roles, statistics
from wpis.database.changes import ONE_AT_A_TIME, Change
from wpis.database.locks import is_lock_trouble, lock_timeout
from wpis.grants import FUNCTIONS
from wpis.surfaces import IGNORING, OWNER_ONLY, ROLES, row_rules

WAIT_MILLISECONDS = 1000
"""For a table that somebody else is at: as long as this everybody else waits too."""

TRIES = 20


class Command(BaseCommand):
    help = (
        "Run it as the owner of the database, after every migrate and before processes of the new release start. "
        "What the former release declared stays granted until --finish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        step = parser.add_mutually_exclusive_group()
        step.add_argument(
            "--finish",
            action="store_true",
            help="no process of the former release runs: take its rights away",
        )
        step.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 and say what is not as declared"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Running it again changes nothing. No process misses a right at any moment: all rights change at once."""
        if options["check"]:
            self._compare()
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME)
            for role in ROLES.values():
                self._role(cursor, role)
        for table in row_rules():  # before a right on a new table is given
            self._row_security(table)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME)
            rights.remember(finish=options["finish"])
            for change in [*rights.changes(cursor), *_of_database(cursor), *roles.bounds(cursor)]:
                change.make(cursor)
            self._as_superuser(statistics.close, cursor)
            self._as_superuser(roles.silence, cursor)
            self._warn(cursor)
        self.stdout.write("granted: " + ", ".join(ROLES.values()))

    def _compare(self) -> None:
        found = []
        with connection.cursor() as cursor:
            for role in ROLES.values():
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.fetchone():
                    raise CommandError(f"{role} is not there")
            found += [
                f"row security of {table}"
                for table, rules in row_rules().items()
                if not policies.is_declared(cursor, table, rules)
            ]
            found += [
                change.sentence
                for change in [*rights.changes(cursor), *_of_database(cursor), *roles.bounds(cursor)]
            ]
            self._warn(cursor)
        for sentence in dict.fromkeys(found):
            self.stdout.write(sentence)
        if found:
            raise CommandError("not as declared: run grant_surfaces, and find out who changed it")
        self.stdout.write("every role holds what is declared")

    def _row_security(self, table: str) -> None:
        """Each table by itself, and soon given up: whoever waits for a table behind us waits as long as we do."""
        for again in range(TRIES):
            try:
                with transaction.atomic(), lock_timeout(WAIT_MILLISECONDS), connection.cursor() as cursor:
                    cursor.execute(ONE_AT_A_TIME)
                    if not policies.is_declared(cursor, table, row_rules()[table]):
                        policies.declare(cursor, table, row_rules()[table])
                return
            except Error as error:
                if not is_lock_trouble(error):
                    raise
                time.sleep(0.1 * (again + 1))
        raise CommandError(f"somebody is at {table} all the time: run grant_surfaces again")

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


def _of_database(cursor: Any) -> Iterator[Change]:
    """Who may enter the database and its schema, execute what has the owner's rights, and be spared from triggers."""
    cursor.execute("SELECT current_database()")
    database = connection.ops.quote_name(cursor.fetchone()[0])
    for surface, role in ROLES.items():  # by name: what everybody may do can be taken from everybody
        for held, of, grant in (
            (_ON_DATABASE, None, f"CONNECT ON DATABASE {database}"),
            (_ON_SCHEMA, None, "USAGE ON SCHEMA public"),
            *((_ON_FUNCTION, name, f"EXECUTE ON FUNCTION {name}") for name in FUNCTIONS.get(surface, ())),
        ):
            cursor.execute(held, {"role": role, "of": of})
            if cursor.fetchone() is None:
                yield Change(f"{role}: {grant}", f"GRANT {grant} TO {role}")
    cursor.execute(
        """SELECT EXISTS (SELECT 1 FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS held
                          WHERE nspname = 'public' AND held.grantee = 0 AND held.privilege_type = 'CREATE'),
                  EXISTS (SELECT 1 FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS held
                          WHERE datname = current_database() AND held.grantee = 0
                            AND held.privilege_type = 'TEMPORARY')"""
    )
    everybody_creates, everybody_keeps = cursor.fetchone()
    if everybody_creates:
        yield Change("everybody may create tables", "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    if everybody_keeps:
        yield Change(
            "everybody may make temporary tables", f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC"
        )
    yield from _only_the_owner_is_spared(cursor)


_ON_DATABASE = """
SELECT 1 FROM pg_database, aclexplode(datacl) AS held
WHERE datname = current_database() AND held.grantee = %(role)s::regrole AND held.privilege_type = 'CONNECT'
"""
_ON_SCHEMA = """
SELECT 1 FROM pg_namespace, aclexplode(nspacl) AS held
WHERE nspname = 'public' AND held.grantee = %(role)s::regrole AND held.privilege_type = 'USAGE'
"""
_ON_FUNCTION = """
SELECT 1 FROM pg_proc p, aclexplode(p.proacl) AS held
WHERE p.oid = %(of)s::regprocedure AND held.grantee = %(role)s::regrole
"""


def _only_the_owner_is_spared(cursor: Any) -> Iterator[Change]:
    """Let nobody but the owner be spared from triggers, or deceive them.

    django-pgtrigger lets every session name the triggers to be ignored, by a setting that any role can set. And what a
    trigger looks up it would find in a temporary table of the same name first, or in a snapshot of an hour ago.
    Each migration of a trigger writes that function anew, so it is replaced after every migrate.
    """
    cursor.execute(
        "SELECT quote_literal(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = 'django_migrations'::regclass"
    )
    (owner,) = cursor.fetchone()
    body = _ONLY_THE_OWNER.replace("%s", owner)
    cursor.execute(
        "SELECT prosrc FROM pg_proc WHERE proname = %s AND pronamespace = 'public'::regnamespace", [IGNORING]
    )
    if cursor.fetchone() != (body,):
        yield Change(
            "triggers can be switched off",
            f"CREATE OR REPLACE FUNCTION public.{IGNORING}(trigger_name NAME) RETURNS BOOLEAN AS $wpis${body}$wpis$"
            " LANGUAGE plpgsql",
        )


_ONLY_THE_OWNER = f"""
    BEGIN
        {OWNER_ONLY}
        IF pg_has_role(current_user, %s, 'MEMBER') THEN
            RETURN trigger_name = ANY(COALESCE(NULLIF(current_setting('pgtrigger.ignore', true), ''), '{{}}')::text[]);
        END IF;
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            RAISE EXCEPTION 'a role of a surface writes by what is there now: in READ COMMITTED';
        END IF;
        IF pg_my_temp_schema() <> 0 THEN
            RAISE EXCEPTION 'a role of a surface writes in a session without temporary tables';
        END IF;
        RETURN false;
    END;
"""
