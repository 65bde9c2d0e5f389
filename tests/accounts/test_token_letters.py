"""Who made a token gets one letter a week before it ends, by the worker of that surface and under its database role."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from permits import tasks as open_tasks
from permits.models import ApiToken as CompanyToken
from referral import tasks as restricted_tasks
from referral.models import ApiToken as AgencyToken
from tests.accounts.test_tokens_end import Program
from tests.conftest import standing_on
from wpis.celery import app

pytestmark = pytest.mark.django_db

WORKERS: dict[str, tuple[str, Callable[[], None], Callable[[], None], Any]] = {
    "portal": ("office", open_tasks.tell_of_ending_tokens, open_tasks.work_open, CompanyToken),
    "protection": (
        "protection", restricted_tasks.tell_of_ending_tokens, restricted_tasks.work_reminders, AgencyToken,
    ),
}  # fmt: skip


@pytest.fixture(params=["portal", "protection"])
def program(request: pytest.FixtureRequest, client_on: Any) -> Program:
    made = Program(request.param, client_on)
    surface, _tell, work, _tokens = WORKERS[request.param]
    with standing_on(surface):
        work()  # the letter that the company is verified
    mail.outbox.clear()
    return made


@pytest.fixture
def days_before(program: Program) -> Callable[[float], list[str]]:
    """Let the workers of the program's surface work so many days before its token ends; returns all letters."""
    surface, tell, work, tokens = WORKERS[program.surface]
    ends_at: datetime = tokens.objects.get().ends_at

    def go(days: float) -> list[str]:
        with time_machine.travel(ends_at - timedelta(days=days), tick=False), standing_on(surface):
            tell()
            work()
        return [str(letter.body) for letter in mail.outbox if letter.to == [program.maker.email]]

    return go


def test_one_letter_a_week_before_and_never_a_second(program: Program, days_before: Any) -> None:
    assert days_before(7.1) == []
    (letter,) = days_before(6.9)
    assert "for a program of yours works until" in letter
    assert "Մուտքի բանալին" in letter
    assert "Ключ доступа" in letter
    assert program.secret not in letter
    assert "Test" not in letter, "the label is for its maker's eyes"
    assert len(days_before(3)) == 1
    assert len(days_before(0.1)) == 1


def test_a_token_that_was_revoked_or_has_ended_is_nobodys_concern(program: Program, days_before: Any) -> None:
    *_, tokens = WORKERS[program.surface]
    assert days_before(-0.1) == []
    tokens.objects.update(revoked_at=timezone.now())
    assert days_before(5) == []


def test_one_that_is_revoked_while_the_letter_waits_is_not_written_about(
    program: Program, mailless: Any
) -> None:
    mailless(program)
    assert mail.outbox == []


@pytest.fixture
def mailless() -> Callable[[Program], None]:
    """Queue the letter, revoke the token, then let the worker send what is due."""

    def go(program: Program) -> None:
        surface, tell, work, tokens = WORKERS[program.surface]
        token = tokens.objects.get()
        with time_machine.travel(token.ends_at - timedelta(days=5), tick=False), standing_on(surface):
            tell()
        tokens.objects.update(revoked_at=timezone.now())
        with time_machine.travel(token.ends_at - timedelta(days=5), tick=False), standing_on(surface):
            work()

    return go


def test_beat_has_both_surfaces_told() -> None:
    rung = {(entry["task"], entry["options"]["queue"]) for entry in app.conf.beat_schedule.values()}
    assert {("work.tokens", "open"), ("work.reminders_tokens", "restricted")} <= rung
