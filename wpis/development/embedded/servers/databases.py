"""One migrated template database per test run, and a copy of it for each test process."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

LOCK = 0x77706973  # any number: test processes take turns by a PostgreSQL advisory lock


def renamed(url: str, *, database: str | None = None, role: str | None = None) -> str:
    """The same server's URL with another database, or as another role (whose password is not known here)."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(
        netloc=f"{role}@{host}" if role else parts.netloc,
        path=f"/{database}" if database else parts.path,
    ).geturl()


@contextlib.contextmanager
def own_database(server: str, *, run: str, process: str) -> Iterator[str]:
    """A fresh copy of the migrated template; Django and DATABASE_URL use it until the end.

    `run` names the test run: its first process migrates the template while the others wait.
    """
    name = urlsplit(server).path.lstrip("/")
    template, copy = f"test_{name}_template", f"test_{name}_{process}"
    with _server_lock(server) as cursor:
        if _mark_of(cursor, template) != run:
            _make_template(cursor, template)
            cursor.execute(f"COMMENT ON DATABASE \"{template}\" IS '{run}'")
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
        # Who may do what in the template is not copied; what `grant_surfaces` took from everybody is taken again.
        cursor.execute(f'REVOKE TEMPORARY ON DATABASE "{copy}" FROM PUBLIC')
    use_database(copy)
    os.environ["DATABASE_URL"] = url = renamed(server, database=copy)
    try:
        yield url
    finally:
        os.environ["DATABASE_URL"] = server
        use_database(name)
        with _server_lock(server) as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def use_database(name: str) -> None:
    """Point Django's default connection at another database of the same server."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def prepare_database() -> None:
    """Migrate Django's default database and give the surfaces' roles their grants."""
    from django.core.management import call_command, get_commands

    call_command("migrate", verbosity=0, interactive=False)
    if "grant_surfaces" in get_commands():
        call_command("grant_surfaces", verbosity=0)


def _make_template(cursor: Any, template: str) -> None:
    from django.db import connection

    cursor.execute(f'DROP DATABASE IF EXISTS "{template}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{template}"')
    use_database(template)
    prepare_database()
    connection.close()  # a template can only be copied while nobody is connected to it


def _mark_of(cursor: Any, database: str) -> str | None:
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
    )
    row = cursor.fetchone()
    return row[0] if row else None


@contextlib.contextmanager
def _server_lock(server: str) -> Iterator[Any]:
    import psycopg2

    connection = psycopg2.connect(renamed(server, database="postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield cursor
    finally:
        connection.close()
