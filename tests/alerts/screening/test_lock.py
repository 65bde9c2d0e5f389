"""Several workers at once: what two submissions share is seen by one of them, whoever screens them and whenever."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from unittest.mock import patch
from uuid import UUID

import psycopg2
from django.db import Error, connection, transaction
from django.utils import timezone

from alerts.facts import identifiers
from alerts.models import Alert, Facts, Finding, Identifier, Screening, ScreeningLock
from alerts.models.facts import names
from alerts.screening import arrivals, batch
from alerts.screening.batch import screen_waiting
from permits import feed
from permits.models.submission import FeedItem, Submission
from tests.conftest import standing_on
from tests.factories.permits import a_submitted_application, a_user, an_employer
from wpis.surfaces import ROLES

HOUSE = {"address": "3 Ring Road, Yerevan", "province": "AM-ER", "capacity": 8}
PATIENCE = 20


def soon() -> Any:
    return timezone.now() + timedelta(minutes=1)


class Worker(threading.Thread):
    """Runs `work` on a connection of its own, as the protection surface, and stops where `patched` was called."""

    def __init__(self, module: Any, patched: str, work: Callable[[], int]) -> None:
        super().__init__(daemon=True)
        self.module, self.patched, self.work = module, patched, work
        self.holds, self.may_go_on = threading.Event(), threading.Event()
        self.backend, self.claimed = 0, -1
        self.error: Error | None = None

    def run(self) -> None:
        real = getattr(self.module, self.patched)

        def stop_behind(*arguments: Any) -> Any:
            result = real(*arguments)
            if threading.current_thread() is self:
                self.holds.set()
                self.may_go_on.wait(PATIENCE)
            return result

        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['protection']}")
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = cursor.fetchone()[0]
            with patch.object(self.module, self.patched, stop_behind):
                self.claimed = self.work()
        except Error as error:
            self.error = error
            self.holds.set()
        finally:
            connection.close()


@contextmanager
def in_the_middle(module: Any, patched: str) -> Iterator[Worker]:
    worker = Worker(module, patched, lambda: screen_waiting(soon()))
    with standing_on("protection"):
        worker.start()
        assert worker.holds.wait(PATIENCE)
        assert worker.error is None
    try:
        yield worker
    finally:
        with standing_on("protection"):
            worker.may_go_on.set()
            worker.join(PATIENCE)


def a_worker_in_the_middle_of_a_batch() -> Any:
    return in_the_middle(batch, "screen")


def a_worker_taking_in_arrivals() -> Any:
    return in_the_middle(identifiers, "insert")


def counted() -> dict[UUID, int | None]:
    return dict(Facts.objects.values_list("application", "address_workers"))


def kill(database_url: Callable[..., str], backend: int) -> None:
    with psycopg2.connect(database_url()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend])


def test_a_second_worker_screens_beside_the_first_and_sees_what_it_stored(committed: None) -> None:
    first = a_submitted_application(housing=HOUSE)
    with a_worker_in_the_middle_of_a_batch() as worker:
        second = a_submitted_application(housing=HOUSE)
        assert screen_waiting(soon()) == 1, "the claimed one is passed over"
        assert counted() == {second.pk: 2}, "the first has not committed its facts, but its identifiers"
    assert worker.claimed == 1
    assert counted() == {first.pk: 1, second.pk: 2}
    assert set(FeedItem.objects.values_list("attempts", flat=True)) == {0}


def test_arrivals_are_taken_in_by_one_worker_at_a_time(committed: None) -> None:
    first = a_submitted_application(housing=HOUSE)
    with a_worker_taking_in_arrivals() as worker:
        second = a_submitted_application(housing=HOUSE)
        assert screen_waiting(soon()) == 0, "neither has arrived, nothing is waited for"
        assert not Identifier.objects.exists(), "the first worker has not committed"
    assert worker.claimed == 1
    assert screen_waiting(soon()) == 1
    assert counted() == {first.pk: 1, second.pk: 2}


def test_without_the_lock_two_submissions_would_miss_what_they_share(committed: None) -> None:
    """The control: this is what the lock is for."""
    places = count(1)
    first = a_submitted_application(housing=HOUSE)
    no_lock = patch.object(ScreeningLock, "next_places", lambda count: next(places))
    always = patch.object(ScreeningLock, "take_if_free", lambda name: ScreeningLock(name=name))
    with no_lock, always, a_worker_taking_in_arrivals():
        second = a_submitted_application(housing=HOUSE)
        assert screen_waiting(soon()) == 1
    assert counted() == {first.pk: 1, second.pk: 1}, "one of them should have counted two"


def test_a_submission_that_is_committed_late_counts_those_filed_after_it(committed: None) -> None:
    """Neither would count the other if a moment of filing said who comes first."""
    before = soon() - timedelta(minutes=3)
    late: dict[str, Any] = {}
    filed, may_commit = threading.Event(), threading.Event()

    def file_slowly() -> None:
        try:
            with transaction.atomic():
                late["file"] = a_submitted_application(housing=HOUSE, at=before)
                filed.set()
                may_commit.wait(PATIENCE)
        finally:
            filed.set()
            connection.close()

    thread = threading.Thread(target=file_slowly, daemon=True)
    thread.start()
    assert filed.wait(PATIENCE)
    prompt = a_submitted_application(housing=HOUSE, at=before + timedelta(minutes=1))
    assert screen_waiting(soon()) == 1
    may_commit.set()
    thread.join(PATIENCE)
    assert screen_waiting(soon()) == 1
    assert counted() == {prompt.pk: 1, late["file"].pk: 2}


def test_a_worker_that_hangs_holds_its_batch_alone_and_loses_nothing(
    committed: None, database_url: Callable[..., str]
) -> None:
    held = a_submitted_application(housing=HOUSE)
    with a_worker_in_the_middle_of_a_batch() as worker:
        others = [a_submitted_application(housing=HOUSE) for _ in range(2)]
        assert screen_waiting(soon()) == 2
        kill(database_url, worker.backend)
    assert worker.claimed == -1
    assert set(counted()) == {other.pk for other in others}, "a batch that did not end has no effect"
    assert screen_waiting(soon()) == 1
    assert counted()[held.pk] == 1, "it keeps its place: what was filed before it, though others were quicker"


def test_a_worker_that_hangs_while_taking_in_holds_up_nothing_that_has_arrived(
    committed: None, database_url: Callable[..., str]
) -> None:
    arrived, _ = a_submitted_application(housing=HOUSE), screen_arrivals()
    a_submitted_application(housing=HOUSE)
    with a_worker_taking_in_arrivals() as worker:
        assert screen_waiting(soon()) == 1
        assert set(counted()) == {arrived.pk}
        kill(database_url, worker.backend)
    assert screen_waiting(soon()) == 1
    assert Screening.objects.count() == 2


def screen_arrivals() -> int:
    with standing_on("protection"):
        return arrivals.take_in(500, soon(), lambda key, error: None)


def test_the_submissions_of_one_application_are_worked_in_their_order(committed: None) -> None:
    """Else the second could raise the alert that the first should have raised."""
    file = a_submitted_application(housing=HOUSE)
    screen_arrivals()
    with in_the_middle(feed, "in_turn"):
        second = again(file)
        assert screen_waiting(soon()) <= 1, "at most taken in"
        assert not Screening.objects.filter(submission=second).exists(), "the first is under way"
    assert screen_waiting(soon()) == 1
    assert Screening.objects.count() == 2


def again(file: Any) -> UUID:
    """A further submission of a file, as after an officer's question."""
    from permits.actions.applications import _create_submission

    file.refresh_from_db()
    with transaction.atomic():
        _create_submission(file, number=2, by=file.submissions.get().by, at=timezone.now())
    return Submission.objects.get(application=file, number=2).pk


# --- parallel workers find what one finds --------------------------------------------------------------


def a_shuffled_history() -> None:
    """Thirty files of three employers in four houses, stored in another order than they were filed in."""
    chance = random.Random(11)
    employers = [(by := a_user(), an_employer(by)) for _ in range(3)]
    start = timezone.now() - timedelta(days=2)
    files = list(range(30))
    chance.shuffle(files)
    for n in files:
        by, employer = employers[n % 3]
        changes: dict[str, Any] = {"housing": HOUSE | {"address": f"{n % 4 + 1} Ring Road, Yerevan"}}
        if n % 5 == 0:
            changes["recruitment"] = {"worker_fee": 2_000_000}
        a_submitted_application(employer, by, start + timedelta(minutes=n - n % 2), **changes)


def drain(limit: int) -> None:
    """As a worker that is rung again and again while something waits."""
    for _ in range(400):
        if not screen_waiting(soon(), limit) and not FeedItem.objects.filter(done_at=None).exists():
            return


def findings() -> list[list[Any]]:
    """Everything that screening says, without ids of its rows."""
    facts = Facts.objects.order_by("application").values_list("application", *names())
    found = Finding.objects.order_by("screening__application", "indicator").values_list(
        "screening__application", "indicator", "outcome", "values"
    )
    raised = Alert.objects.order_by("application").values_list("application", "level", "typologies", "child")
    return [list(facts), list(found), list(raised)]


def test_workers_in_parallel_find_what_one_worker_finds(committed: None) -> None:
    a_shuffled_history()
    with transaction.atomic():
        drain(500)
        alone = findings()
        transaction.set_rollback(True)
    assert not Screening.objects.exists()
    assert len(alone[0]) == 30
    assert len({row[names().index("address_workers") + 1] for row in alone[0]}) > 5, "they share houses"
    assert alone[2], "something is flagged"
    errors: list[Exception] = []

    def work() -> None:
        try:
            drain(3)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, daemon=True) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert not errors
    assert findings() == alone
    assert not FeedItem.objects.filter(done_at=None).exists()
