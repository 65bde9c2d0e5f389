"""The wall in the database: which role may touch which table, and the refusal to start when it is open."""

import sys
from collections import defaultdict

from django.conf import settings
from django.db import connection

from wpis import clock
from wpis.crypto.holders import misplaced_keys
from wpis.processes.installed_apps import own_modules

Grants = dict[str, dict[str, str]]
"""surface -> table -> privileges, as in {"portal": {"permits_employer": "SELECT, INSERT, UPDATE"}}."""

ROLES = {surface: f"wpis_{surface}" for surface in ("portal", "office", "protection")}


def declared() -> dict[str, dict[str, set[str]]]:
    """What the `grants.py` of every installed app allows: surface -> table -> privileges."""
    result: dict[str, dict[str, set[str]]] = {surface: defaultdict(set) for surface in ROLES}
    for module in own_modules("grants"):
        grants: Grants = module.GRANTS
        for surface, tables in grants.items():
            for table, privileges in tables.items():
                result[surface][table] |= {word.strip() for word in privileges.split(",")}
    return result


def breaches() -> list[str]:
    """Why this process must not start: sentences for the operator, empty when the wall stands.

    The connected role must be the surface's own, no superuser, no owner, not exempt from row security, and must
    hold no privilege that no installed `grants.py` declares: so it fails on tables this process never heard of.
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
        cursor.execute(
            """SELECT c.relname, p.privilege FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               CROSS JOIN unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER'])
                 AS p(privilege)
               WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
                 AND (has_table_privilege(c.oid, p.privilege)
                      OR (p.privilege NOT IN ('DELETE', 'TRUNCATE', 'TRIGGER')
                          AND has_any_column_privilege(c.oid, p.privilege)))"""
        )
        allowed = declared()[surface]
        found += [
            f"the database role {name} holds {privilege} on {table}, which nothing declares"
            for table, privilege in cursor.fetchall()
            if privilege not in allowed.get(table, ())
        ]
        ruled = [table for module in own_modules("grants") for table in getattr(module, "ROW_RULES", ())]
        cursor.execute(
            """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relname = ANY(%s) AND NOT c.relrowsecurity""",
            [ruled],
        )
        found += [f"row security is off on {table}: run grant_surfaces" for (table,) in cursor.fetchall()]
    return found


def moved_clock() -> list[str]:
    """Why this process must not start: its database has a moved clock, and it is not a development process."""
    if settings.WPIS_DEMO or not clock.is_moved():
        return []
    return ["the clock of this database was moved (wpis_clockoffset): delete the row as the owner"]


def refuse_open_wall(*, web: bool) -> None:
    """Stop this process when the wall is open (promise P22), a key is where it does not belong, or time is not real."""
    if reasons := breaches() + misplaced_keys(web=web) + moved_clock():
        sys.exit(
            "This process does not start, the wall between the surfaces is open:\n- " + "\n- ".join(reasons)
        )
    connection.close()
