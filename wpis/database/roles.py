"""What bounds each database role beside its rights: how long it may work and wait, how many sessions, what is logged.

A session can raise its own time-outs again, so these bound mistakes, not a thief of the role's password; the number of
sessions and what is logged it cannot change.
"""

from collections.abc import Iterator
from typing import Any

from wpis.database.logs import SILENT
from wpis.surfaces import ROLES

TIMEOUTS = {
    "portal": {
        "lock_timeout": "5s",
        "statement_timeout": "30s",
        "idle_in_transaction_session_timeout": "60s",
        "transaction_timeout": "90s",
    },
    # Workers of these two run tasks that Celery ends after 110 seconds.
    "office": {
        "lock_timeout": "5s",
        "statement_timeout": "60s",
        "idle_in_transaction_session_timeout": "120s",
        "transaction_timeout": "180s",
    },
    # The role that looks into files holds no transaction open while it does.
    "files": {
        "lock_timeout": "5s",
        "statement_timeout": "30s",
        "idle_in_transaction_session_timeout": "30s",
        "transaction_timeout": "60s",
    },
    "protection": {
        "lock_timeout": "5s",
        "statement_timeout": "60s",
        "idle_in_transaction_session_timeout": "120s",
    },
}
"""Of protection a transaction has no end: facts are rebuilt in it, and nobody outside can start one."""

SHARE_OF_SESSIONS = {"portal": 3, "office": 3, "files": 10}
"""Which part of the server's sessions a role may take at most: an open one a third, so that protection gets in."""


def bound(cursor: Any) -> None:
    """Set the time-outs. The owner of the roles may do this everywhere."""
    for surface, values in TIMEOUTS.items():
        for name, value in values.items():
            cursor.execute(f"ALTER ROLE {ROLES[surface]} SET {name} = %s", [value])
    cursor.execute("SELECT current_setting('max_connections')::int")
    (most,) = cursor.fetchone()
    for surface, part in SHARE_OF_SESSIONS.items():
        cursor.execute(f"ALTER ROLE {ROLES[surface]} CONNECTION LIMIT {most // part}")


def silence(cursor: Any) -> None:
    """Set what is logged of each surface's statements. Only a superuser may."""
    for role in ROLES.values():
        for name, value in SILENT.items():
            cursor.execute(f"ALTER ROLE {role} SET {name} = %s", [value])


def talkative(cursor: Any) -> Iterator[str]:
    """The settings by which the server would log values of a surface's statements, as sentences for the operator."""
    for role in ROLES.values():
        cursor.execute(
            """SELECT split_part(line, '=', 1), substr(line, strpos(line, '=') + 1)
               FROM pg_roles, unnest(rolconfig) AS line WHERE rolname = %s""",
            [role],
        )
        own = dict(cursor.fetchall())
        for name, value in SILENT.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            (present,) = cursor.fetchone()
            if own.get(name, present) != value:
                yield f"{role}: {name} is {own.get(name, present)}, not {value}"
