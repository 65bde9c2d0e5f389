"""A pytest plugin: a throw-away PostgreSQL and Valkey per run, one migrated database copy per test process.

Loaded with `-p wpis.development.embedded.testing.plugin`. DATABASE_URL and REDIS_URL, when set, are used as they are.
"""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wpis.development.embedded.secrets import new_secrets
from wpis.development.embedded.servers.postgres import Postgres
from wpis.development.embedded.servers.throwaway import throwaway_directory
from wpis.development.embedded.servers.valkey import Valkey
from wpis.development.embedded.testing import fixtures

WORKER = "PYTEST_XDIST_WORKER"


class Servers:
    """What a test run needs and does not find: started once, by the process that the person called."""

    def __init__(self) -> None:
        self.state: Path | None = None
        self.running: list[Postgres | Valkey] = []

    def start(self) -> None:
        """Start what the environment does not name, and name it there for this process and its workers."""
        os.environ.update(new_secrets(os.environ))
        missing = {"DATABASE_URL", "REDIS_URL"} - os.environ.keys()
        if not missing:
            return
        atexit.register(self.stop)
        self.state = throwaway_directory()
        if "DATABASE_URL" in missing:
            postgres = Postgres(self.state, durable=False)
            self.running.append(postgres)
            os.environ["DATABASE_URL"] = postgres.start().url()
        if "REDIS_URL" in missing:
            valkey = Valkey(self.state, durable=False)
            self.running.append(valkey)
            os.environ["REDIS_URL"] = valkey.start().url

    def stop(self) -> None:
        """Stop the servers and remove their directory."""
        while self.running:
            self.running.pop().stop()
        if self.state is not None:
            shutil.rmtree(self.state, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[Any]:
    """Start the servers before pytest-django reads the settings; xdist workers inherit the addresses."""
    if WORKER not in os.environ:
        servers = Servers()
        early_config.add_cleanup(servers.stop)
        servers.start()
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    """Join after pytest-django, so that our `django_db_setup` is the one that counts."""
    config.pluginmanager.register(fixtures, "wpis-database-copies")
