"""A worker that runs into its time limit stops, and sends nothing twice."""

from datetime import datetime, timedelta
from typing import Any, NoReturn
from uuid import UUID

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from wpis import outbox
from wpis.models import BackgroundJob

FIRST = UUID(int=1)
SECOND = UUID(int=2)


def two_jobs() -> None:
    past = timezone.now() - timedelta(minutes=1)
    for number, key in enumerate((FIRST, SECOND)):
        BackgroundJob.objects.create(kind="slow", key=key, due_at=past + timedelta(seconds=number))


def too_slow(*_: Any) -> NoReturn:
    BackgroundJob.objects.create(kind="effect", key=FIRST)
    raise SoftTimeLimitExceeded


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["handlers", "outside"])
def test_the_limit_in_a_job_ends_the_task_and_leaves_the_job_to_the_next_one(side: str) -> None:
    two_jobs()
    now = timezone.now()
    inside: dict[str, outbox.Handler] = {"slow": too_slow} if side == "handlers" else {}
    outside: dict[str, outbox.Sender] = {"slow": too_slow} if side == "outside" else {}
    with pytest.raises(SoftTimeLimitExceeded):
        outbox.run(BackgroundJob, inside, outside, at=now)
    assert not BackgroundJob.objects.filter(kind="effect").exists()
    first, second = BackgroundJob.objects.get(key=FIRST), BackgroundJob.objects.get(key=SECOND)
    assert (first.started_at, first.done_at, first.dead_at) == (None, None, None)
    assert (first.attempts, first.error) == (1, "SoftTimeLimitExceeded")
    assert second.attempts == 0, "the task stopped at the first"
    assert first in BackgroundJob.waiting(now + timedelta(minutes=1))


@pytest.mark.django_db
def test_a_letter_that_the_limit_interrupts_is_not_sent_again() -> None:
    two_jobs()
    sent: list[UUID] = []

    def prepare(row: BackgroundJob, _: datetime) -> outbox.Effect:
        def send() -> None:
            sent.append(row.key)
            raise SoftTimeLimitExceeded

        return send

    with pytest.raises(SoftTimeLimitExceeded):
        outbox.run(BackgroundJob, {}, {"slow": prepare}, at=timezone.now())
    assert sent == [FIRST]
    first = BackgroundJob.objects.get(key=FIRST)
    assert first.started_at is not None, "under way, and nobody knows whether it went out"
    assert (first.done_at, first.attempts) == (None, 0)
    assert first.error == "SoftTimeLimitExceeded", "shown to a person at once"
    assert first not in BackgroundJob.waiting(timezone.now() + timedelta(days=1))
