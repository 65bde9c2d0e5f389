"""Migrate the database and give the roles their grants, in one process: `python -m wpis.embedded.prepare`."""

from __future__ import annotations

import os

from wpis.embedded.databases import prepare_database


def main() -> None:
    """Needs the environment of the database owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpis.settings")
    import django

    django.setup()
    prepare_database()


if __name__ == "__main__":
    main()
