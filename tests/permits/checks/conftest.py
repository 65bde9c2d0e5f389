"""A file in review, who asks and who records, and an opinion that is awaited."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from permits.actions import review
from permits.case_types import registry
from permits.check_kinds import Weight
from permits.checks.opinions import request_opinions
from permits.models import Application, Check
from tests.factories import permits as make
from tests.permits.checks.given import NSS
from wpis.accounts.models import User
from wpis.accounts.roles import Role


@pytest.fixture
def weights(monkeypatch: Any) -> Any:
    """Lets the case type *new* ask agencies, as the case types of the next issue do."""

    def ask(**opinions: Weight) -> None:
        named = {slug.replace("_", "-"): weight for slug, weight in opinions.items()}
        declared = replace(registry.case_type("new"), opinions=named)
        monkeypatch.setitem(registry.CASE_TYPES, "new", declared)

    return ask


@pytest.fixture
def supervisor() -> User:
    """Who records what an agency wrote."""
    return make.a_user(Role.SUPERVISOR)


@pytest.fixture
def taken(officer: User) -> Application:
    """A file in review, the checks of the service complete."""
    file = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    make.complete_checks(file)
    return file


@pytest.fixture
def officer() -> User:
    """The officer of the file."""
    return make.a_user(Role.OFFICER)


@pytest.fixture
def asked(taken: Application, officer: User) -> Check:
    """An opinion that is awaited."""
    return request_opinions(taken, [NSS], by=officer, at=timezone.now())[0]
