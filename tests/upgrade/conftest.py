"""Fixtures of these tests: each release that there ever was, opened with the code of today, on a day soon after."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.upgrade.clock import Clock, stopped_clock
from tests.upgrade.restoring import RELEASES, Release, Shelf

SOON_AFTER = datetime(2026, 7, 14, 6, tzinfo=UTC)
"""The morning after the last thing that happens in a fixture."""


@pytest.fixture(scope="session")
def shelf(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shelf]:
    """The upgraded databases of this process."""
    with django_db_blocker.unblock():
        databases = Shelf()
        yield databases
        databases.clear()


@pytest.fixture(scope="module", params=RELEASES, ids=lambda folder: folder.name)
def upgraded(request: Any, shelf: Shelf, django_db_blocker: Any) -> Iterator[Release]:
    """One release after the upgrade, for the tests of a module; those of other modules have their own database."""
    with django_db_blocker.unblock(), shelf.opened(request.param) as release:
        yield release


@pytest.fixture
def release(upgraded: Release, db: None) -> Release:
    """The same inside a transaction that is rolled back."""
    return upgraded


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    """No time passes by itself."""
    with stopped_clock(SOON_AFTER) as standing:
        yield standing
