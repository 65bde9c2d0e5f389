"""Takes away from PUBLIC what PostgreSQL tells everybody about everybody's work: counters, locks, sizes, positions.

Inserts into a table that a role may not read are counted where it may look: a file that raised something could be told
from one that did not. What one cluster cannot hide stands in ADR 29.
"""

from typing import Any

VIEWS = r"^pg_stat|^pg_locks$|^pg_prepared_xacts$|^pg_replication_slots$|^pg_sequences$"

FUNCTIONS = "|".join(
    (
        r"^pg_stat_",
        r"^pg_lock_status$|^pg_prepared_xact$|_pids$|^pg_isolation_test_session_is_blocked$",
        r"_size$",
        r"^pg_sequence_last_value$|^pg_relation_file|^pg_filenode_relation$|^pg_tablespace_",
        r"wal|^pg_last_|^pg_control_|^pg_logical_|^pg_replication_|^pg_get_replication_slots$",
        r"^txid_|^pg_current_snapshot$|^pg_current_xact_id|^pg_xact_|^pg_export_snapshot$|^age$|^mxid_age$",
        r"^pg_get_multixact_members$|^pg_notification_queue_usage$|^pg_notify$",
        # What holds locks of the whole cluster, or fills its disk, beside every right on a table.
        r"advisory|^lo_|^be_lo_",
    )
)

CLASS_COUNTERS = frozenset(
    {
        *("relpages", "reltuples", "relallvisible", "relallfrozen"),
        *("relfilenode", "relfrozenxid", "relminmxid"),
    }
)
"""Columns of pg_class that grow with the rows of a table; the others are what introspection reads."""

_READABLE_VIEWS = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'v' AND c.relname ~ %s
  AND EXISTS (SELECT 1 FROM aclexplode(c.relacl) AS held WHERE held.grantee = 0)
ORDER BY 1
"""
_CALLABLE_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ %s AND p.proname !~ '^pg_column_size$|^pg_size_'
  AND EXISTS (
    SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS held WHERE held.grantee = 0
  )
ORDER BY 1
"""
_CLASS_COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND NOT attisdropped
  AND (attnum > 0 OR attname IN ('oid', 'tableoid')) ORDER BY attnum
"""
_CLASS_IS_OPEN = """
SELECT EXISTS (
    SELECT 1 FROM pg_class c, aclexplode(c.relacl) AS held WHERE c.oid = 'pg_class'::regclass AND held.grantee = 0
)
"""
_OTHER_DATABASES = """
SELECT datname FROM pg_database d
WHERE datallowconn AND datname <> current_database()
  AND EXISTS (
    SELECT 1 FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS held
    WHERE held.grantee = 0 AND held.privilege_type = 'CONNECT'
  )
ORDER BY 1
"""


def still_open(cursor: Any) -> list[str]:
    """Views and functions of this database by which everybody sees what others do."""
    cursor.execute(_READABLE_VIEWS, [VIEWS])
    found = [f"pg_catalog.{name}" for (name,) in cursor.fetchall()]
    cursor.execute(_CALLABLE_FUNCTIONS, [FUNCTIONS])
    found += [name for (name,) in cursor.fetchall()]
    cursor.execute(_CLASS_IS_OPEN)
    return [*found, "pg_catalog.pg_class"] if cursor.fetchone()[0] else found


def open_databases(cursor: Any) -> list[str]:
    """Other databases of the cluster that everybody may enter: each tells there what this one keeps to itself."""
    cursor.execute(_OTHER_DATABASES)
    return [name for (name,) in cursor.fetchall()]


def close(cursor: Any) -> None:
    """Revoke all of it. Only the superuser of the cluster can; run it again after an upgrade of PostgreSQL."""
    cursor.execute(_READABLE_VIEWS, [VIEWS])
    for (view,) in cursor.fetchall():
        cursor.execute(f'REVOKE ALL ON pg_catalog."{view}" FROM PUBLIC')
    cursor.execute(_CALLABLE_FUNCTIONS, [FUNCTIONS])
    for (function,) in cursor.fetchall():
        cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    cursor.execute(_CLASS_IS_OPEN)
    if cursor.fetchone()[0]:
        cursor.execute(_CLASS_COLUMNS)
        columns = ", ".join(name for (name,) in cursor.fetchall() if name not in CLASS_COUNTERS)
        cursor.execute("REVOKE ALL ON pg_catalog.pg_class FROM PUBLIC")
        cursor.execute(f"GRANT SELECT ({columns}) ON pg_catalog.pg_class TO PUBLIC")
    for database in ("postgres", "template1"):  # of every cluster, and of no use to a surface
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if cursor.fetchone() and database in open_databases(cursor):
            cursor.execute(f"REVOKE CONNECT, TEMPORARY ON DATABASE {database} FROM PUBLIC")
