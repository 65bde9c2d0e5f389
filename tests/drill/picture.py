"""A picture of a whole database: every row, and all that says what may be done with it; and what two differ in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from psycopg2 import sql

SEQUENCE_AHEAD = 33
"""The WAL runs 32 numbers ahead of a sequence: after a restore some numbers may be left out, none is given twice."""

_ROWS = """
SELECT count(*),
       encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
FROM (SELECT rows::text AS line FROM {} AS rows) AS lines
"""
_TABLES = """
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence = 'p'
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
ORDER BY 1
"""
_OURS = (
    "relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_toast', 'information_schema'))"
)

SECTIONS = {
    "tables that a restore empties": """
        SELECT oid::regclass::text, relpersistence::text FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u'""",
    "roles": """
        SELECT rolname, concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
                                  rolbypassrls, rolconnlimit, rolvaliduntil, md5(rolpassword))
        FROM pg_authid""",
    "memberships": """
        SELECT roleid::regrole || ' of ' || member::regrole, concat_ws(' ', admin_option, inherit_option, set_option)
        FROM pg_auth_members""",
    "settings of roles": """
        SELECT coalesce(setrole::regrole::text, 'all'), setconfig::text FROM pg_db_role_setting
        LEFT JOIN pg_database d ON d.oid = setdatabase""",
    "grants": f"""
        SELECT 'table ' || oid::regclass, relacl::text FROM pg_class WHERE relacl IS NOT NULL AND {_OURS}
        UNION ALL
        SELECT 'column ' || attrelid::regclass || '.' || attname, attacl::text
        FROM pg_attribute WHERE attacl IS NOT NULL
        UNION ALL SELECT 'function ' || oid::regprocedure, proacl::text FROM pg_proc WHERE proacl IS NOT NULL
        UNION ALL SELECT 'schema ' || nspname, nspacl::text FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)'
        UNION ALL SELECT 'database ' || datname, datacl::text FROM pg_database""",
    "policies": """
        SELECT tablename || ' ' || policyname, concat_ws(' ', permissive, roles, cmd, qual, with_check) FROM pg_policies
        UNION ALL
        SELECT oid::regclass::text, concat_ws(' ', relrowsecurity, relforcerowsecurity)
        FROM pg_class WHERE relrowsecurity""",
    "triggers": """
        SELECT tgrelid::regclass || ' ' || tgname, tgenabled::text || ' ' || pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal""",
    "functions": """
        SELECT oid::regprocedure::text, md5(pg_get_functiondef(oid)) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'""",
    "columns": """
        SELECT attrelid::regclass || '.' || attname,
               concat_ws(' ', attnum, format_type(atttypid, atttypmod), attnotnull, attidentity,
                         pg_get_expr(adbin, adrelid))
        FROM pg_attribute LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
        WHERE attnum > 0 AND NOT attisdropped
          AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)""",
    "constraints": """
        SELECT conrelid::regclass || ' ' || conname, convalidated::text || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": """
        SELECT indexrelid::regclass::text, concat_ws(' ', indisvalid, indisready, pg_get_indexdef(indexrelid))
        FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE relnamespace = 'public'::regnamespace""",
    "extensions": "SELECT extname, extversion FROM pg_extension",
    "settings of the server": """
        SELECT name, setting FROM pg_settings
        WHERE source = 'configuration file' AND name <> ALL (ARRAY['archive_mode', 'archive_command',
              'cluster_name', 'restore_command', 'recovery_target_time', 'recovery_target_action'])""",
}
"""What else is compared: name -> query of (what, how it stands). Left out is what a restore sets on purpose."""


@dataclass
class Picture:
    """What was there at one moment; `tables`: name -> (rows, digest of all rows)."""

    tables: dict[str, tuple[int, str]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    sections: dict[str, dict[str, str]] = field(default_factory=dict)


def take(url: str, *, hold: bool = False) -> tuple[Picture, str]:
    """The picture as a superuser sees it, and the moment; with `hold` nobody writes until it is taken.

    Whoever is about to write waits: what is committed afterwards is later than the moment, and not in the picture.
    """
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1")
            cursor.execute(_TABLES)
            tables = [name for (name,) in cursor.fetchall()]
            if hold:
                cursor.execute("SET lock_timeout = '20s'")
                cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE MODE")
            cursor.execute("SELECT clock_timestamp()::text")
            (moment,) = cursor.fetchone() or ("",)
            return _picture(cursor, tables), moment
    finally:
        connection.close()


def _picture(cursor: Any, tables: list[str]) -> Picture:
    picture = Picture()
    for table in tables:
        cursor.execute(sql.SQL(_ROWS).format(sql.SQL(table)))
        picture.tables[table] = cursor.fetchone()
    cursor.execute("SELECT c.oid::regclass::text FROM pg_class c WHERE relkind = 'S'")
    for (sequence,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT last_value FROM {}").format(sql.SQL(sequence)))
        picture.sequences[sequence] = cursor.fetchone()[0]
    for name, query in SECTIONS.items():
        cursor.execute(query)
        picture.sections[name] = {what: str(how) for what, how in sorted(cursor.fetchall())}
    return picture


def differences(expected: Picture, found: Picture) -> Iterator[str]:
    """What is not in `found` as it was expected, as sentences."""
    for table in sorted(expected.tables.keys() | found.tables.keys()):
        then, now = expected.tables.get(table), found.tables.get(table)
        if then is None or now is None:
            yield f"table {table} is {'new' if then is None else 'gone'}"
        elif then[0] != now[0]:
            yield f"table {table} has {now[0]} rows, not {then[0]}"
        elif then != now:
            yield f"table {table} has as many rows, and others"
    for sequence in sorted(expected.sequences.keys() | found.sequences.keys()):
        at, reached = expected.sequences.get(sequence, -1), found.sequences.get(sequence, -1)
        if not at <= reached <= at + SEQUENCE_AHEAD:
            yield f"sequence {sequence} is at {reached}, not at {at}"
    for name, things in expected.sections.items():
        others = found.sections[name]
        for what in sorted(things.keys() | others.keys()):
            if things.get(what) != others.get(what):
                yield f"{name}: {what}: {others.get(what, 'gone')}, not {things.get(what, 'there')}"


def compared(expected: Picture, found: Picture) -> Iterator[str]:
    """What was compared, as lines for a person: each table with its rows, then how many of everything else."""
    width = max(map(len, expected.tables))
    for table, (rows, digest) in sorted(expected.tables.items()):
        same = "equal" if found.tables.get(table) == (rows, digest) else "DIFFERENT"
        yield f"{table:{width}} {rows:6} rows  {digest[:12]}  {same}"
    yield f"{len(expected.sequences)} sequences"
    for name, things in expected.sections.items():
        yield f"{len(things)} {name}: {'equal' if things == found.sections[name] else 'DIFFERENT'}"
