"""Fixtures of the tests of referral."""

from typing import Any

import pytest
from django.utils import timezone

from referral.api.tokens import actions as tokens
from tests.referral.api.conftest import CaseSystem, with_factor


@pytest.fixture
def system_of(client_on):
    """Makes a case system of any member of an agency."""

    def system(by: Any) -> CaseSystem:
        _token, secret = tokens.issue("Test", by=with_factor(by), at=timezone.now())
        return CaseSystem(client_on("protection"), secret)

    return system
