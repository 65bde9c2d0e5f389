"""Whose file is checked next: companies and accounts take turns, whoever sends how many, with any number of workers."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from wpis.documents.checking import turns
from wpis.documents.queues import KIND, FileCheck
from wpis.surfaces import ROLES

NOON = datetime(2027, 3, 1, 9, tzinfo=UTC)
STEP = timedelta(seconds=1)


def waits(party: int, account: int | None = None, *, number: int = 1, at: datetime = NOON) -> list[FileCheck]:
    return [
        FileCheck.objects.create(
            kind=KIND,
            key=uuid4(),
            party=UUID(int=party),
            account=UUID(int=party if account is None else account),
            created_at=at,
            due_at=at + n * timedelta(milliseconds=1),
        )
        for n in range(number)
    ]


def taken(at: datetime, *, finish: bool = True) -> int | None:
    """Whose file is taken now; it is finished at once."""
    check = turns.take(at=at)
    if check and finish:
        check.done(at)
    return check.party.int if check else None


@pytest.mark.django_db
def test_who_sends_one_waits_for_one_of_him_who_sent_forty() -> None:
    waits(1, number=40)
    waits(2, at=NOON + STEP)
    served = [taken(NOON + n * STEP) for n in range(2, 8)]
    assert served == [1, 2, 1, 1, 1, 1]
    waits(3, at=NOON + 8 * STEP)
    waits(2, at=NOON + 8 * STEP)
    assert [taken(NOON + n * STEP) for n in range(9, 12)] == [3, 2, 1]


@pytest.mark.django_db
def test_an_account_with_many_companies_has_one_turn_and_a_company_with_many_accounts_too() -> None:
    for company in range(1, 21):
        waits(company, account=100)
    for account in range(201, 221):
        waits(50, account=account, at=NOON + STEP / 4)
    waits(60, account=300, at=NOON + STEP / 2)
    served = [taken(NOON + n * STEP) for n in range(1, 8)]
    assert [{50: "company", 60: "one"}.get(n or 0, "account") for n in served] == [
        *("account", "company", "one"),
        *("account", "company", "account", "company"),
    ]


@pytest.mark.django_db
def test_of_a_company_one_file_is_looked_into_at_a_time_until_its_worker_is_taken_for_dead() -> None:
    waits(1, number=3)
    waits(2, account=1, at=NOON + STEP / 2)
    assert taken(NOON + STEP, finish=False) == 1
    assert taken(NOON + 2 * STEP) is None, "neither of the company nor of the account"
    assert not FileCheck.waiting(NOON + 2 * STEP).exists(), "nobody is woken for nothing"
    assert FileCheck.waiting(NOON + STEP + turns.HOLD).exists()
    assert taken(NOON + STEP + turns.HOLD) == 1, "the next one; that of the dead worker comes after it"
    assert FileCheck.objects.filter(done_at=None, party=UUID(int=1)).count() == 2


PEOPLE = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(0, 30)), min_size=1, max_size=40
)


@pytest.mark.django_db
@settings(max_examples=40)
@given(sent=PEOPLE)
def test_between_two_files_of_a_company_each_other_company_that_waited_had_a_turn(
    sent: list[tuple[int, int, int]],
) -> None:
    """Round robin, for any order and number of arrivals; here each company files through accounts of its own."""
    with transaction.atomic():
        FileCheck.objects.all().update(done_at=NOON)
        arrivals = sorted((second, company, number) for company, number, second in sent)
        waiting: Counter[int] = Counter()
        served: list[tuple[int, frozenset[int]]] = []
        total, now = sum(number for _, _, number in arrivals), 0
        offset = 1000 * FileCheck.objects.count()  # later than every example before
        while sum(1 for _ in served) < total:
            moment = NOON + timedelta(seconds=offset + now)
            for second, company, number in arrivals:
                if second == now:
                    waits(company, number=number, at=moment)
                    waiting[company] += number
            turn = taken(moment + STEP / 2)
            assert (turn is None) == (not +waiting), "a worker is idle only when nothing waits"
            if turn is not None:
                served.append((turn, frozenset(+waiting)))
                waiting[turn] -= 1
            now += 1
        for place, (company, _) in enumerate(served):
            again = next((n for n in range(place + 1, len(served)) if served[n][0] == company), None)
            if again is None:
                continue
            waited_all_along = frozenset.intersection(*(who for _, who in served[place + 1 : again + 1]))
            between = {who for who, _ in served[place + 1 : again]}
            assert waited_all_along - {company} <= between
        transaction.set_rollback(True)


def test_many_workers_at_once_take_each_file_once_and_one_of_each_company(committed: None) -> None:
    now = timezone.now()  # the role itself takes them, and puts none off beyond the present
    for company in (1, 2, 3):
        waits(company, number=4, at=now)
    together = Barrier(6)

    def worker(_: int) -> list[Any]:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['files']}")
            together.wait()
            check = turns.take(at=now + STEP)
            return [check.party.int, check.pk] if check else []
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        first = list(threads.map(worker, range(6)))
    assert sorted(found[0] for found in first if found) == [1, 2, 3]
    assert len({found[1] for found in first if found}) == 3
