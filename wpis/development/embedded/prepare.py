"""Migrate, grant and compile the translations in one process: `python -m wpis.development.embedded.prepare`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.db import connection

from wpis.development.embedded.servers.databases import prepare_database
from wpis.development.invented_people import has_real_people

COPY = "wpis-copy"
"""What deploy/backup/restore.sh names the server of a restored copy."""


def main() -> None:
    """Needs the environment of the database owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpis.settings")
    import django

    django.setup()
    refuse_real_database()
    prepare_database()
    compile_messages()


def refuse_real_database() -> None:
    """Stop before anything is migrated where DATABASE_URL names a database that is no development database.

    A copy that a restore has made says so (`deploy/backup/restore.sh`): it may be worked on and thrown away.
    """
    if has_real_people() and not is_restored_copy():
        sys.exit(
            "This database holds accounts of people whom no demo has made: it is not used for development."
        )


def is_restored_copy() -> bool:
    """Whether the server calls itself a copy; only whoever starts a server can say that of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('cluster_name')")
        return bool(cursor.fetchone() == (COPY,))


def compile_messages() -> None:
    """Bring the compiled translations, which are not kept in the repository, to the state of the sources."""
    from django.conf import settings
    from django.core.management import call_command

    sources = [path for place in settings.LOCALE_PATHS for path in Path(place).rglob("*.po")]
    if any(not _is_fresh(path.with_suffix(".mo"), path) for path in sources):
        call_command("messages", compile=True, verbosity=0)


def _is_fresh(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


if __name__ == "__main__":
    main()
