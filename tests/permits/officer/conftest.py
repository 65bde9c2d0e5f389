"""People of the office, signed in."""

from collections.abc import Callable
from typing import Any

import pytest

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
