"""Two workers at once: one batch runs, the other leaves everything waiting, and what they share is seen."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import psycopg2
from django.db import Error, connection
from django.utils import timezone

from alerts.models import Facts, Identifier, Screening
from alerts.screening import batch
from alerts.screening.batch import screen_waiting
from permits.models.submission import FeedItem
from tests.conftest import standing_on
from tests.factories.permits import a_submitted_application
from wpis.surfaces import ROLES

HOUSE = {"address": "3 Ring Road, Yerevan", "province": "AM-ER", "capacity": 8}
PATIENCE = 20


def soon() -> Any:
    return timezone.now() + timedelta(minutes=1)


class Worker(threading.Thread):
    """Screens one batch on a connection of its own, as the protection surface, and stops before it commits."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.holds, self.may_go_on = threading.Event(), threading.Event()
        self.backend, self.claimed = 0, -1
        self.error: Error | None = None

    def run(self) -> None:
        real = batch.screen

        def screen(*arguments: Any) -> None:
            real(*arguments)
            if threading.current_thread() is self:
                self.holds.set()
                self.may_go_on.wait(PATIENCE)

        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['protection']}")
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = cursor.fetchone()[0]
            with patch.object(batch, "screen", screen):
                self.claimed = screen_waiting(soon())
        except Error as error:
            self.error = error
            self.holds.set()
        finally:
            connection.close()


@contextmanager
def a_worker_in_the_middle_of_a_batch() -> Iterator[Worker]:
    worker = Worker()
    with standing_on("protection"):
        worker.start()
        assert worker.holds.wait(PATIENCE)
        assert worker.error is None
    try:
        yield worker
    finally:
        worker.may_go_on.set()
        worker.join(PATIENCE)


def test_a_second_batch_waits_its_turn_and_then_sees_what_the_first_one_stored(committed: None) -> None:
    first = a_submitted_application(housing=HOUSE)
    with a_worker_in_the_middle_of_a_batch() as worker:
        second = a_submitted_application(housing=HOUSE)
        assert screen_waiting(soon()) == 0, "a batch that ran now would not see the first one's address"
        assert not Identifier.objects.exists(), "the first batch has not committed"
        assert FeedItem.objects.filter(done_at=None).count() == 2, "nothing was lost or given up"
        assert set(FeedItem.objects.values_list("attempts", flat=True)) == {0}
    assert worker.claimed == 1
    assert screen_waiting(soon()) == 1
    counted = dict(Facts.objects.values_list("application", "address_workers"))
    assert counted == {first.pk: 1, second.pk: 2}


def test_without_the_lock_two_batches_would_miss_what_they_share(committed: None) -> None:
    """The control: this is what the lock is for."""
    a_submitted_application(housing=HOUSE)
    with a_worker_in_the_middle_of_a_batch(), patch.object(batch, "_alone", lambda: True):
        second = a_submitted_application(housing=HOUSE)
        assert screen_waiting(soon()) == 1
    assert Facts.objects.get(application=second.pk).address_workers == 1, "it should have counted two"


def test_a_lock_that_is_not_given_back_holds_screening_and_loses_nothing(
    committed: None, database_url: Callable[..., str]
) -> None:
    application = a_submitted_application(housing=HOUSE)
    with a_worker_in_the_middle_of_a_batch() as worker:
        for _ in range(3):
            assert screen_waiting(soon()) == 0
        with psycopg2.connect(database_url()) as other, other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(%s)", [worker.backend]
            )  # a worker that hung is killed
    assert worker.claimed == -1
    assert not Screening.objects.exists(), "a batch that did not end has no effect"
    assert screen_waiting(soon()) == 1
    assert Screening.objects.get().application == application.pk
