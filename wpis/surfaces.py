"""The wall in the database: which role may touch which table, and the refusal to start when it is open."""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from wpis import clock
from wpis.crypto.holders import misplaced_keys
from wpis.database_roles import ROLES
from wpis.installed_apps import own_modules

__all__ = [
    "ROLES",
    "Grants",
    "Rights",
    "as_json",
    "breaches",
    "declared",
    "moved_clock",
    "read_json",
    "read_privileges",
    "refuse_open_wall",
    "united",
]

Grants = dict[str, dict[str, str]]
"""surface -> table -> privileges, as in {"portal": {"permits_question": "SELECT, UPDATE (answer, answered_at)"}}.

A privilege without columns is for the whole table.
"""

Rights = Mapping[str, frozenset[str]]
"""What a role holds on one table: privilege -> its columns, or ALL_COLUMNS."""

ALL_COLUMNS = frozenset({"*"})
"""What a privilege for the whole table is declared for."""


IGNORING = "_pgtrigger_should_ignore"
"""The function that asks, in every trigger of django-pgtrigger, whether the session wants to be spared from it."""

OWNER_ONLY = "-- only the owner of the database is spared, and nobody deceives them"
"""Stands in that function once `grant_surfaces` has seen to it that the answer for a surface's role is no."""

_PRIVILEGE = re.compile(r"\s*([A-Z]+)\s*(?:\(([^)]*)\))?\s*(?:,|$)")


def read_privileges(text: str) -> dict[str, frozenset[str]]:
    """Privilege -> its columns, or ALL_COLUMNS. Raises ValueError for anything else than the form of `Grants`."""
    found: dict[str, frozenset[str]] = {}
    end = 0
    while end < len(text):
        match = _PRIVILEGE.match(text, end)
        if match is None:
            raise ValueError(f"not a list of privileges: {text!r}")
        name, columns = match.groups()
        new = ALL_COLUMNS if columns is None else frozenset(word.strip() for word in columns.split(","))
        found[name] = _together(found.get(name, frozenset()), new)
        end = match.end()
    return found


def _together(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return ALL_COLUMNS if ALL_COLUMNS & (one | other) else one | other


def united(one: Mapping[str, Rights], other: Mapping[str, Rights]) -> dict[str, Rights]:
    """What either allows, by table."""
    return {
        table: {
            name: _together(
                one.get(table, {}).get(name, frozenset()), other.get(table, {}).get(name, frozenset())
            )
            for name in one.get(table, {}).keys() | other.get(table, {}).keys()
        }
        for table in one.keys() | other.keys()
    }


def as_json(rights: Mapping[str, Rights]) -> dict[str, dict[str, list[str]]]:
    """Rights by table, as they are written down."""
    return {
        table: {name: sorted(columns) for name, columns in sorted(held.items())}
        for table, held in sorted(rights.items())
    }


def read_json(rights: dict[str, dict[str, list[str]]]) -> dict[str, Rights]:
    """What `as_json` wrote."""
    return {
        table: {name: frozenset(columns) for name, columns in held.items()} for table, held in rights.items()
    }


def declared() -> dict[str, dict[str, dict[str, frozenset[str]]]]:
    """What the `grants.py` of every installed app allows: surface -> table -> privilege -> columns."""
    result: dict[str, dict[str, dict[str, frozenset[str]]]] = {
        surface: defaultdict(dict) for surface in ROLES
    }
    for module in own_modules("grants"):
        grants: Grants = module.GRANTS
        for surface, tables in grants.items():
            for table, privileges in tables.items():
                known = result[surface][table]
                for privilege, columns in read_privileges(privileges).items():
                    known[privilege] = _together(known.get(privilege, frozenset()), columns)
    return result


def row_rules() -> dict[str, dict[str, tuple[str, str]]]:
    """table -> surface -> (rows it may read, rows it may write), out of the `grants.py` of every installed app."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for module in own_modules("grants"):
        found |= getattr(module, "ROW_RULES", {})
    return found


def breaches() -> list[str]:
    """Why this process must not start: sentences for the operator, empty when the wall stands.

    The connected role must be the surface's own, no superuser, no owner, not exempt from row security, and must
    hold no privilege that neither an installed `grants.py` declares nor the owner has written down for the release
    before or after this one: so it fails on tables this process never heard of.
    Row security must be on where a `grants.py` has rules for rows.
    """
    surface = settings.WPIS_SURFACE
    if surface == "owner":
        return []
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, is_super, bypasses = cursor.fetchone()
        if name != ROLES[surface]:
            found.append(f"connected to the database as {name}, not as {ROLES[surface]}")
        if is_super or bypasses:
            found.append(f"the database role {name} is a superuser or bypasses row security")
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"
        )
        found += [f"the database role {name} owns the table {table}" for (table,) in cursor.fetchall()]
        allowed = united(declared()[surface], _written_down(cursor, surface))
        cursor.execute(_HELD)
        for table, privilege, column in cursor.fetchall():
            columns = allowed.get(table, {}).get(privilege, frozenset())
            if columns == ALL_COLUMNS or column in columns:
                continue
            what = f"{privilege} on {table}" if column == "*" else f"{privilege} ({column}) on {table}"
            found.append(f"the database role {name} holds {what}, which nothing declares")
        cursor.execute(_MAKES_TABLES)
        found += [
            f"the database role {name} may make tables of its own ({where}), which its triggers would take for ours: "
            "run grant_surfaces as the owner of the database"
            for (where,) in cursor.fetchall()
        ]
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [IGNORING])
        found += [
            f"the triggers can be switched off by {name} ({IGNORING}): run grant_surfaces"
            for (source,) in cursor.fetchall()
            if OWNER_ONLY not in source
        ]
        ruled = list(row_rules())
        cursor.execute(
            """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relname = ANY(%s) AND NOT c.relrowsecurity""",
            [ruled],
        )
        found += [f"row security is off on {table}: run grant_surfaces" for (table,) in cursor.fetchall()]
    return found


def _written_down(cursor: CursorWrapper, surface: str) -> dict[str, Rights]:
    """What `grant_surfaces` of another release, which runs beside this one, let this surface's role hold."""
    cursor.execute(_MAY_READ_IT)
    if cursor.fetchone() != (True,):
        return {}
    cursor.execute("SELECT rights FROM wpis_grantedrights WHERE surface = %s", [surface])
    found: dict[str, Rights] = {}
    for (rights,) in cursor.fetchall():
        found = united(found, read_json(json.loads(rights)))
    return found


_MAY_READ_IT = """
    SELECT has_table_privilege(oid, 'SELECT') FROM pg_class
    WHERE relname = 'wpis_grantedrights' AND relnamespace = 'public'::regnamespace
"""

_MAKES_TABLES = """
    SELECT 'temporary' WHERE has_database_privilege(current_database(), 'TEMPORARY')
    UNION ALL SELECT 'schemas' WHERE has_database_privilege(current_database(), 'CREATE')
    UNION ALL SELECT nspname FROM pg_namespace
     WHERE NOT starts_with(nspname, 'pg_') AND has_schema_privilege(oid, 'CREATE')
"""
"""Where the connected role may make tables and functions, though `grant_surfaces` takes that away."""

_HELD = """
    SELECT c.relname, p.privilege, '*' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER'])
        AS p(privilege)
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
       AND has_table_privilege(c.oid, p.privilege)
    UNION ALL
    SELECT c.relname, p.privilege, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      CROSS JOIN unnest(ARRAY['SELECT','INSERT','UPDATE','REFERENCES']) AS p(privilege)
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
       AND NOT has_table_privilege(c.oid, p.privilege) AND has_column_privilege(c.oid, a.attnum, p.privilege)
"""
"""What the connected role holds: table, privilege, and the column or * for the whole table."""


def moved_clock() -> list[str]:
    """Why this process must not start: its database has a moved clock, and it is not a development process."""
    if settings.WPIS_DEMO or not clock.is_moved():
        return []
    return ["the clock of this database was moved (wpis_clockoffset): delete the row as the owner"]


def refuse_open_wall(*, web: bool, writes: bool = True) -> None:
    """Stop this process when the wall is open (promise P22), a key is where it does not belong, or time is not real."""
    if reasons := breaches() + misplaced_keys(web=web, writes=writes) + moved_clock():
        sys.exit(
            "This process does not start, the wall between the surfaces is open:\n- " + "\n- ".join(reasons)
        )
    connection.close()
