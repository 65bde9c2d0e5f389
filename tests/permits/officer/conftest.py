"""People of the office, signed in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.factories import permits as make
from wpis.accounts.roles import Role


@pytest.fixture
def officer(db: None) -> Any:
    """An officer."""
    return make.a_user(Role.OFFICER, name="Anahit Grigoryan")


@pytest.fixture
def colleague(db: None) -> Any:
    """Another officer."""
    return make.a_user(Role.OFFICER, name="Davit Sargsyan")


@pytest.fixture
def desk(client_on: Callable[[str], Any], officer: Any) -> Any:
    """The officer's browser."""
    return client_on("office").sign_in(officer)


@pytest.fixture
def second_desk(client_on: Callable[[str], Any], colleague: Any) -> Any:
    """The colleague's browser."""
    return client_on("office").sign_in(colleague)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Rows that other connections see; emptied afterwards, also the tables that nobody may empty in life."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            kept = {"django_migrations", "django_content_type", "auth_permission"}
            tables = ", ".join(f'"{name}"' for (name,) in cursor.fetchall() if name not in kept)
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = replica")
                cursor.execute(f"TRUNCATE {tables}")
                cursor.execute("RESET session_replication_role")
            connection.close()
