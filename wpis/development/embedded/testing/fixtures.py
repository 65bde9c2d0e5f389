"""Fixtures of the pytest plugin: the database of this test process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from wpis.development.embedded.servers.databases import own_database, renamed


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated template instead of a migration per test process."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"process-{os.getpid()}")
    process = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock(), own_database(os.environ["DATABASE_URL"], run=run, process=process):
        yield


@pytest.fixture(scope="session")
def database_url(django_db_setup: None) -> Callable[..., str]:
    """This process's database for libpq, as the owner or as a role: `database_url("wpis_office")`."""

    def url(role: str | None = None) -> str:
        return renamed(os.environ["DATABASE_URL"], role=role)

    return url
