"""Expand, then contract: what a release wrote with its own lists of columns can still be written after the upgrade."""

import gzip
import re
from collections.abc import Iterator

from django.db import connection

from tests.upgrade import cluster
from tests.upgrade.restoring import Release

NEEDS_A_STOP = {"0.1.0"}
"""Releases from which an upgrade stops the service (docs/operations.md, Upgrades); from every later one it does not."""

_COLUMNS = """
SELECT c.relname, a.attname, a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""


def columns_of(release: Release) -> dict[str, set[str]]:
    """Table -> columns, as the release itself had them."""
    dump = gzip.decompress((release.folder / cluster.NAME).read_bytes()).decode()
    found = re.findall(r"^COPY public\.(\w+) \((.+)\) FROM stdin;$", dump, re.MULTILINE)
    return {table: {name.strip('" ') for name in columns.split(",")} for table, columns in found}


def problems(before: dict[str, set[str]]) -> Iterator[str]:
    """Why a process that knows these columns could not read or add a row today."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        now = {(table, column): required for table, column, required in cursor.fetchall()}
    tables = {table for table, _ in now}
    for table, columns in before.items():
        if table not in tables:
            yield f"{table} is gone"
            continue
        yield from (f"{table}.{column} is gone" for column in columns if (table, column) not in now)
        yield from (
            f"{table}.{column} must be given"
            for (at, column), required in now.items()
            if at == table and required and column not in columns
        )


def test_the_former_release_can_write_to_the_new_schema(release: Release) -> None:
    before = columns_of(release)
    assert len(before) > 40
    assert bool(list(problems(before))) == (release.folder.name in NEEDS_A_STOP)


def test_a_column_that_was_taken_away_or_must_be_given_is_named(release: Release) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        now: dict[str, set[str]] = {}
        for table, column, _ in cursor.fetchall():
            now.setdefault(table, set()).add(column)
        assert list(problems(now)) == []
        cursor.execute("ALTER TABLE permits_employer RENAME phone TO telephone")
        cursor.execute("ALTER TABLE axes_accessattempt ADD planted integer NOT NULL DEFAULT 0")
        assert set(problems(now)) == {
            "permits_employer.phone is gone",
            "permits_employer.telephone must be given",
        }
        cursor.execute("ALTER TABLE axes_accessattempt ALTER planted DROP DEFAULT")
        assert "axes_accessattempt.planted must be given" in set(problems(now))
