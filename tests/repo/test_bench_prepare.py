"""What `make bench` prepares can be prepared again on the same installation, by a process that starts at one."""

import itertools

import pytest

from bench import prepare
from permits.models import Application
from tests.factories import permits as factories

pytestmark = pytest.mark.django_db


def test_drafts_are_made_by_one_command_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        monkeypatch.setattr(factories, "_numbers", itertools.count(1))
        assert prepare.drafts(2)["token"]
    assert Application.objects.count() == 4


def test_the_officers_session_opens_the_queue() -> None:
    for _ in range(2):
        assert prepare.session()["cookie"]
