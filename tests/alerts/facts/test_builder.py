"""Facts that come from other submissions, as of the moment each was filed."""

from datetime import date, timedelta
from typing import Any

import pytest

from alerts.facts import builder, identifiers
from alerts.models import Facts, Identifier
from tests.factories.records import AT, a_record

pytestmark = pytest.mark.django_db

HOUSE = {"address": "3 Ring Road, Yerevan", "province": "AM-ER"}


def build(*records: Any) -> list[Facts]:
    batch = sorted(records, key=lambda record: record.submitted_at)
    identifiers.store(batch)
    return builder.build(batch)


def test_a_batch_sees_what_its_own_members_share() -> None:
    rows = build(*[a_record(housing=HOUSE) for _ in range(4)])
    assert [(row.address_workers, row.address_employers) for row in rows] == [(4, 4)] * 4


def test_facts_are_those_of_the_moment_of_filing() -> None:
    first, second, third = [
        a_record(housing=HOUSE, submitted_at=AT + timedelta(days=day)) for day in range(3)
    ]
    assert [row.address_workers for row in build(first, second, third)] == [1, 2, 3]


def test_a_submission_that_arrives_late_counts_what_was_screened_without_it() -> None:
    """Filed before, committed after: one of the two must see what they share."""
    old, new = a_record(housing=HOUSE), a_record(housing=HOUSE, submitted_at=AT + timedelta(days=1))
    assert build(new)[0].address_workers == 1
    assert build(old)[0].address_workers == 2


def test_facts_built_again_later_do_not_see_the_future() -> None:
    old = a_record(housing=HOUSE)
    build(old)
    build(a_record(housing=HOUSE, submitted_at=AT + timedelta(days=1)))
    assert build(old)[0].address_workers == 1, "it keeps its place"


def test_no_facts_without_stored_identifiers() -> None:
    with pytest.raises(LookupError):
        builder.build([a_record()])


def test_a_year_later_a_shared_house_is_history() -> None:
    old = a_record(housing=HOUSE)
    new = a_record(housing=HOUSE, submitted_at=AT + builder.WINDOW)
    assert build(old, new)[1].address_workers == 1


def test_one_worker_who_files_twice_is_one_worker() -> None:
    first = a_record(housing=HOUSE)
    again = a_record(
        worker=first.worker, employer=first.employer, housing=HOUSE, application=first.application, number=2
    )
    rows = build(first, again)
    assert {(row.address_workers, row.phone_workers, row.account_workers) for row in rows} == {(1, 1, 1)}


def test_who_files_for_one_worker_again_and_again_hides_nobody_behind_the_flood() -> None:
    """The newest rows of a value are looked at, and all of them may be made to speak of one worker."""
    housed = [a_record(housing=HOUSE) for _ in range(builder.FEW // 10)]
    dummy = a_record(housing=HOUSE, submitted_at=AT + timedelta(days=1))
    flood = [
        a_record(
            housing=HOUSE,
            worker=dummy.worker,
            employer=dummy.employer,
            submitted_at=AT + timedelta(days=1, seconds=n),
        )
        for n in range(builder.MOST)
    ]
    last = a_record(housing=HOUSE, submitted_at=AT + timedelta(days=2))
    row = build(*housed, dummy, *flood, last)[-1]
    assert (row.address_workers, row.address_employers) == (len(housed) + 2, len(housed) + 2)


def test_telephone_and_account_count_workers_and_the_employer_counts_applications() -> None:
    first = a_record(employer={"registered_on": date(2026, 1, 1)})
    shared = {"phone": first.worker.phone}
    others = [
        a_record(employer=first.employer, worker=shared, terms={"wage_account": first.terms.wage_account})
        for _ in range(4)
    ]
    rows = build(first, *others)
    assert {row.phone_workers for row in rows} == {5}
    assert {row.account_workers for row in rows} == {5}
    assert {row.employer_applications_12m for row in rows} == {5}
    assert {row.employer_age_months for row in rows} == {5}


def test_what_is_absent_is_shared_with_nobody() -> None:
    rows = build(
        *[
            a_record(worker={"phone": None}, terms={"wage_account": ""}, housing={"address": ""})
            for _ in range(3)
        ]
    )
    assert {row.phone_workers for row in rows} == {None}
    assert {row.account_workers for row in rows} == {None}
    assert {row.address_workers for row in rows} == {None}


def test_a_hub_costs_no_more_than_its_newest_holders() -> None:
    crowd = [a_record(housing=HOUSE) for _ in range(builder.MOST + 20)]
    assert {row.address_workers for row in build(*crowd)} == {builder.MOST}


def test_five_hundred_take_as_many_queries_as_five(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        build(*[a_record(housing=HOUSE) for _ in range(5)])
    with django_assert_num_queries(4):
        build(*[a_record() for _ in range(500)])


def test_no_value_can_be_read_out_of_an_identifier() -> None:
    record = a_record(worker={"phone": "+37491123456"})
    build(record)
    for row in Identifier.objects.all():
        assert row.digest.hex not in record.employer.id.hex
        assert not {row.digest, row.worker} & {record.employer.id, record.application, record.submission}
        assert b"91123456" not in row.digest.bytes
