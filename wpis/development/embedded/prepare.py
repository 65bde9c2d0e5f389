"""Migrate, grant and compile the translations in one process: `python -m wpis.development.embedded.prepare`."""

from __future__ import annotations

import os
from pathlib import Path

from wpis.development.embedded.servers.databases import prepare_database


def main() -> None:
    """Needs the environment of the database owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpis.settings")
    import django

    django.setup()
    prepare_database()
    compile_messages()


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
