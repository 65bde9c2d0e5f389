"""Opens the fixture of a release with the code of today: restored, migrated and granted as an operator would do it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import override_settings
from guardian.shortcuts import clear_ct_cache

from tests.upgrade import cluster, keys
from tests.upgrade.comparing import read_json
from wpis.development.embedded.servers.databases import prepare_database, renamed, use_database

RELEASES = sorted(Path(__file__).with_name("releases").iterdir())


@dataclass(frozen=True)
class Release:
    """What a release left behind, open in a database of its own."""

    folder: Path
    url: str  # of the upgraded database
    new: str  # of a database that this code made by itself

    @cached_property
    def expected(self) -> dict[str, Any]:
        """What the release itself said of its data."""
        return read_json(self.folder / "expected.json")

    @cached_property
    def keys(self) -> dict[str, Any]:
        """The keys it was made with, and the tokens that were in use."""
        return keys.read(self.folder)


class Shelf:
    """The upgraded databases of this process: each is restored and migrated once, when it is first asked for."""

    def __init__(self) -> None:
        self.own = os.environ["DATABASE_URL"]
        self.here = urlsplit(self.own).path.lstrip("/")
        self.made: set[str] = set()

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Release]:
        """Django works on the upgraded database, with the keys of the release, until the end of the block."""
        there = f"{self.here}_{folder.name}"
        url = renamed(self.own, database=there)
        if is_new := there not in self.made:
            _execute(f'DROP DATABASE IF EXISTS "{there}" WITH (FORCE)', f'CREATE DATABASE "{there}"')
            self.made.add(there)
            cluster.restore(url, folder)
        with override_settings(**keys.as_settings(keys.read(folder))):
            _switch(there, url)
            try:
                if is_new:
                    prepare_database()
                yield Release(folder, url, self.own)
            finally:
                _switch(self.here, self.own)

    def clear(self) -> None:
        """Throw the upgraded databases away."""
        _execute(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in self.made))


def _switch(name: str, url: str) -> None:
    use_database(name)
    os.environ["DATABASE_URL"] = url
    ContentType.objects.clear_cache()  # ids differ from one database to the next
    clear_ct_cache()  # django-guardian keeps some of its own


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
