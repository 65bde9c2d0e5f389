"""Row security: which rows of a table each role may read and write. A table whose rules are as declared is not touched.

Changing a policy locks its table for a moment against everybody, readers too. So each table is changed in a transaction
of its own, which gives up soon when somebody else is at the table, and is tried again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from wpis.surfaces import ROLES

_STANDING = """
SELECT p.polname, md5(concat_ws('|', p.polcmd, p.polpermissive, p.polroles::regrole[]::text,
                      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))),
       obj_description(p.oid, 'pg_policy')
FROM pg_policy p WHERE p.polrelid = %s::regclass
"""

RowRules = Mapping[str, tuple[str, str]]


def is_declared(cursor: Any, table: str, rules: RowRules) -> bool:
    """Whether row security is on and each policy is as it was made out of what is declared today."""
    cursor.execute("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", [f'"{table}"'])
    (is_on,) = cursor.fetchone()
    cursor.execute(_STANDING, [f'"{table}"'])
    standing = {name: (made, comment) for name, made, comment in cursor.fetchall()}
    wanted = dict(_policies(rules))
    return bool(
        is_on
        and standing.keys() == wanted.keys()
        and all(comment == _mark(wanted[name], made) for name, (made, comment) in standing.items())
    )


def declare(cursor: Any, table: str, rules: RowRules) -> None:
    """Make the policies of one table what is declared. Call inside `atomic`."""
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    cursor.execute(_STANDING, [f'"{table}"'])
    for name, *_ in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{name}" ON "{table}"')
    for name, clause in _policies(rules):
        cursor.execute(f'CREATE POLICY {name} ON "{table}" {clause}')
    cursor.execute(_STANDING, [f'"{table}"'])
    made = {name: standing for name, standing, _ in cursor.fetchall()}
    for name, clause in _policies(rules):
        cursor.execute(f'COMMENT ON POLICY {name} ON "{table}" IS %s', [_mark(clause, made[name])])


def _mark(clause: str, standing: str) -> str:
    """Ties what is declared to how PostgreSQL understood it: a policy that was changed by hand is made anew."""
    return f"wpis {hashlib.sha256(f'{clause}|{standing}'.encode()).hexdigest()[:32]}"


def _policies(rules: RowRules) -> Iterator[tuple[str, str]]:
    for surface, (readable, writable) in rules.items():
        role = ROLES[surface]
        yield f"{surface}_read", f"FOR SELECT TO {role} USING ({readable})"
        yield f"{surface}_add", f"FOR INSERT TO {role} WITH CHECK ({writable})"
        yield f"{surface}_change", f"FOR UPDATE TO {role} USING ({writable}) WITH CHECK ({writable})"
        yield f"{surface}_remove", f"FOR DELETE TO {role} USING ({writable})"
