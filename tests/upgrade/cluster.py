"""Dump and restore a database with the programs of the server that runs it."""

import gzip
import os
import re
import subprocess
from pathlib import Path

from wpis.development.embedded.account import unprivileged_account
from wpis.development.embedded.servers.binaries import postgres_programs

NAME = "database.sql.gz"


def _run(program: str, *arguments: str, stdin: bytes | None = None) -> bytes:
    path = postgres_programs(unprivileged_account()) / program
    done = subprocess.run([path, *arguments], input=stdin, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stderr.decode()}")
    return done.stdout


_IN_ORDER = """DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT indrelid::regclass AS rows, indexrelid::regclass AS key
               FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
               WHERE indisprimary AND relnamespace = 'public'::regnamespace
  LOOP
    EXECUTE format('CLUSTER %s USING %s', found.rows, found.key);
    EXECUTE format('ALTER TABLE %s SET WITHOUT CLUSTER', found.rows);
  END LOOP;
END $$"""
"""Rows lie where there was room for them; in the order of their keys the same data give the same dump."""


def dump(url: str, folder: Path) -> None:
    """Write the whole database as plain SQL, without owners, each table in the order of its key."""
    _run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", _IN_ORDER, url)
    text = _run("pg_dump", "--no-owner", "--restrict-key=wpis", url)
    (folder / NAME).write_bytes(gzip.compress(text, compresslevel=9, mtime=0))


def restore(url: str, folder: Path) -> None:
    """Load the dump into an empty database; the three roles must be there. Raises RuntimeError at the first error."""
    text = gzip.decompress((folder / NAME).read_bytes())
    quick = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-o", os.devnull, url]
    _run("psql", *quick, stdin=text)


def schema(url: str) -> list[str]:
    """How the database is built, as sorted lines: tables, columns, constraints, indexes, triggers, grants."""
    text = _run("pg_dump", "--no-owner", "--schema-only", "--restrict-key=wpis", url).decode()
    # PostgreSQL writes `x IN ('a', 'b')` in another way after it was dumped and restored once.
    text = re.sub(r"\(('[^']*'::character varying)\)::text", r"\1", text)
    text = re.sub(r"\((ARRAY\[[^]]*\])\)::text\[\]", r"\1", text)
    return sorted(line for line in text.splitlines() if line and not line.startswith("--"))
