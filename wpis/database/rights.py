"""Which rights each surface's role is to hold on tables, sequences and functions, and what it holds otherwise.

Beside what this release declares a role keeps what the former one declared, until `grant_surfaces --finish`: processes
of both can run, and start, on one database. `wpis_grantedrights` is the memory of that; only the owner writes it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from wpis.database.changes import Change
from wpis.models import GrantedRights
from wpis.surfaces import ALL_COLUMNS, ROLES, Rights, as_json, declared, read_json, united

_RELATIONS = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND a.attnum > 0 AND NOT a.attisdropped
"""
_HELD = """
SELECT c.relkind = 'S', c.relname, held.privilege_type, '*' FROM pg_class c, aclexplode(c.relacl) AS held
WHERE c.relnamespace = 'public'::regnamespace AND held.grantee = %(role)s::regrole
UNION ALL
SELECT false, c.relname, held.privilege_type, a.attname
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped, aclexplode(a.attacl) AS held
WHERE c.relnamespace = 'public'::regnamespace AND held.grantee = %(role)s::regrole
"""
_OF_EVERYBODY = """
SELECT c.relname, held.privilege_type FROM pg_class c, aclexplode(c.relacl) AS held
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND held.grantee = 0
UNION
SELECT c.relname, held.privilege_type
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) AS held
WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped AND held.grantee = 0
ORDER BY 1, 2
"""
_MEMBERSHIPS = """
SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members WHERE member::regrole::text = ANY(%s)
"""
_SEQUENCES = """
SELECT t.relname, s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND s.relkind = 'S'
JOIN pg_class t ON t.oid = d.refobjid
WHERE s.relnamespace = 'public'::regnamespace AND d.refclassid = 'pg_class'::regclass
"""


def remember(*, finish: bool) -> None:
    """Write down what this release declares; what another had declared is kept as the former, or with `finish` ends."""
    for surface, rights in declared().items():
        current = GrantedRights.objects.filter(surface=surface, former=False).first()
        if current is not None and read_json(current.rights) != rights:
            before = GrantedRights.objects.filter(surface=surface, former=True).first()
            kept = united(read_json(before.rights) if before else {}, read_json(current.rights))
            GrantedRights.objects.update_or_create(
                surface=surface, former=True, defaults={"rights": as_json(kept)}
            )
        GrantedRights.objects.update_or_create(
            surface=surface, former=False, defaults={"rights": as_json(rights)}
        )
    if finish:
        GrantedRights.objects.filter(former=True).delete()


def changes(cursor: Any) -> Iterator[Change]:
    """How to let each role hold what is to be held and nothing else."""
    cursor.execute(_OF_EVERYBODY)
    for table, privilege in cursor.fetchall():
        yield Change(f"everybody: {privilege} on {table}", f'REVOKE {privilege} ON "{table}" FROM PUBLIC')
    cursor.execute(_MEMBERSHIPS, [list(ROLES.values())])
    for role, group in cursor.fetchall():
        yield Change(f"{role} is a member of {group}", f"REVOKE {group} FROM {role}")
    columns = _columns(cursor)
    cursor.execute(_SEQUENCES)
    owned: Mapping[str, set[str]] = defaultdict(set)
    for table, sequence in cursor.fetchall():
        owned[table].add(sequence)
    for surface, role in ROLES.items():
        wanted = _existing(united(declared()[surface], _former(surface)), columns)
        held, sequences = _held(cursor, role)
        for table in sorted(wanted.keys() | held.keys()):
            if wanted.get(table, {}) != held.get(table, {}):
                yield from _table(role, table, wanted.get(table, {}), held.get(table, {}))
        needed = {name for table, rights in wanted.items() if "INSERT" in rights for name in owned[table]}
        for name in sorted(needed | sequences.keys()):
            if sequences.get(name, set()) != ({"USAGE"} if name in needed else set()):
                yield Change(
                    f"{role}: rights on the sequence {name}", f'REVOKE ALL ON SEQUENCE "{name}" FROM {role}'
                )
                if name in needed:
                    yield Change(
                        f"{role}: uses the sequence {name}", f'GRANT USAGE ON SEQUENCE "{name}" TO {role}'
                    )


def _table(role: str, table: str, wanted: Rights, held: Rights) -> Iterator[Change]:
    """All statements take effect together, when the transaction ends: no process meets a table between them."""
    differ = sorted(name for name in wanted.keys() | held.keys() if wanted.get(name) != held.get(name))
    sentence = f"{role}: {', '.join(differ)} on {table}"
    if held:
        yield Change(sentence, f'REVOKE ALL ON "{table}" FROM {role}')
    if wanted:
        listed = ", ".join(_privilege(*item) for item in sorted(wanted.items()))
        yield Change(sentence, f'GRANT {listed} ON "{table}" TO {role}')


def _former(surface: str) -> dict[str, Rights]:
    row = GrantedRights.objects.filter(surface=surface, former=True).first()
    return read_json(row.rights) if row else {}


def _columns(cursor: Any) -> dict[str, set[str]]:
    cursor.execute(_RELATIONS)
    found: dict[str, set[str]] = defaultdict(set)
    for table, column in cursor.fetchall():
        found[table].add(column)
    return found


def _existing(rights: Mapping[str, Rights], columns: Mapping[str, set[str]]) -> dict[str, Rights]:
    """Without tables and columns that are gone: the former release may name them. A wrong name of today fails."""
    now = {
        table: set().union(*rights.values())
        for surface in ROLES
        for table, rights in declared()[surface].items()
    }
    found: dict[str, Rights] = {}
    for table, held in rights.items():
        if table not in columns and table not in now:
            continue
        there = columns.get(table, set()) | now.get(table, set()) | ALL_COLUMNS
        kept = {name: of for name, listed in held.items() if (of := listed & there)}
        if kept.get("UPDATE") == ALL_COLUMNS:  # on the table itself it would allow to lock it whole
            kept["UPDATE"] = frozenset(columns[table])
        found[table] = kept
    return found


def _held(cursor: Any, role: str) -> tuple[dict[str, Rights], dict[str, set[str]]]:
    """What the role holds: table -> privilege -> columns, and sequence -> privileges."""
    cursor.execute(_HELD, {"role": role})
    tables: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    sequences: dict[str, set[str]] = defaultdict(set)
    for is_sequence, name, privilege, column in cursor.fetchall():
        if is_sequence:
            sequences[name].add(privilege)
        else:
            tables[name][privilege].add(column)
    return {
        table: {name: frozenset(columns) for name, columns in held.items()} for table, held in tables.items()
    }, sequences


def _privilege(name: str, columns: frozenset[str]) -> str:
    if columns == ALL_COLUMNS:
        return name
    return name + " (" + ", ".join(f'"{column}"' for column in sorted(columns)) + ")"
