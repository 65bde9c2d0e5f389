"""What bounds each database role beside its rights: how long it may work and wait, how many sessions, what is logged.

A session can raise its own time-outs again, so these bound mistakes, not a thief of the role's password; the number of
sessions and what is logged it cannot change. What it sets for the role itself, to be there when it is gone, is named by
`grant_surfaces --check` and taken back by `grant_surfaces`.
"""

from collections.abc import Iterator, Set
from typing import Any

from django.db import connection

from wpis.database.changes import Change
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

_SETTINGS = """
SELECT coalesce(d.datname, ''), split_part(line, '=', 1)
FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS line
WHERE s.setrole = %s::regrole ORDER BY 1, 2
"""


def bounds(cursor: Any) -> Iterator[Change]:
    """Time-outs and numbers of sessions that are not as they should be. The owner of the roles may change them."""
    cursor.execute("SELECT current_setting('max_connections')::int")
    (most,) = cursor.fetchone()
    for surface, values in TIMEOUTS.items():
        role = ROLES[surface]
        own, sessions = _own(cursor, role)
        for name, value in values.items():
            if own.get(name) != value:
                yield Change(
                    f"{role}: {name} is {own.get(name, 'not set')}, not {value}",
                    f"ALTER ROLE {role} SET {name} = %s",
                    [value],
                )
        yield from _undeclared(cursor, role, values.keys() | SILENT.keys())
        if surface in SHARE_OF_SESSIONS and sessions != (limit := most // SHARE_OF_SESSIONS[surface]):
            yield Change(
                f"{role}: {sessions} sessions, not {limit}", f"ALTER ROLE {role} CONNECTION LIMIT {limit}"
            )


def _undeclared(cursor: Any, role: str, declared: Set[str]) -> Iterator[Change]:
    """What else is set for a role: whoever has its password can set it, and it outlives a new password."""
    quote = connection.ops.quote_name
    cursor.execute(_SETTINGS, [role])
    for database, name in cursor.fetchall():
        where = f" IN DATABASE {quote(database)}" if database else ""
        if where or name not in declared:
            parameter = ".".join(quote(part) for part in name.split("."))
            yield Change(
                f"{role}: {name} is set{where.lower()}", f"ALTER ROLE {role}{where} RESET {parameter}"
            )


def silence(cursor: Any) -> None:
    """Set what is logged of each surface's statements. Only a superuser may."""
    for role in ROLES.values():
        own, _ = _own(cursor, role)
        for name, value in SILENT.items():
            if own.get(name) != value:
                cursor.execute(f"ALTER ROLE {role} SET {name} = %s", [value])


def _own(cursor: Any, role: str) -> tuple[dict[str, str], int]:
    """The settings of a role, and how many sessions it may have."""
    cursor.execute(
        """SELECT split_part(line, '=', 1), substr(line, strpos(line, '=') + 1)
           FROM pg_roles, unnest(rolconfig) AS line WHERE rolname = %s""",
        [role],
    )
    own = dict(cursor.fetchall())
    cursor.execute("SELECT rolconnlimit FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    return own, found[0] if found else -1


def talkative(cursor: Any) -> Iterator[str]:
    """The settings by which the server would log values of a surface's statements, as sentences for the operator."""
    for role in ROLES.values():
        own, _ = _own(cursor, role)
        for name, value in SILENT.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            (present,) = cursor.fetchone()
            if own.get(name, present) != value:
                yield f"{role}: {name} is {own.get(name, present)}, not {value}"
