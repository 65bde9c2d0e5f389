"""The index key is changed beside running work: nothing is shared less, counted twice or lost at any moment."""

import base64
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from alerts import keyed_index
from alerts.facts import builder, identifiers
from alerts.models import Identifier
from alerts.network import links
from permits import feed
from permits.feed import SubmissionRecord
from permits.models import Worker
from tests.factories.permits import a_submitted_application
from tests.factories.records import a_record
from wpis.audit.models import AuditEvent
from wpis.crypto import index_rebuild
from wpis.crypto.keys import index_keys

pytestmark = pytest.mark.django_db

OLD = base64.b64encode(b"o" * 32).decode()
NEW = base64.b64encode(b"n" * 32).decode()
HOUSE = {"address": "3 Ring Road, Yerevan", "province": "AM-ER"}
BEFORE, BOTH, AFTER = (OLD, ""), (NEW, OLD), (NEW, "")
"""How a process is set: as nobody has been told, as one that was told of the new key, as one that forgot the old."""

As = Callable[[tuple[str, str]], None]


@pytest.fixture
def process(settings: Any) -> As:
    """Makes this process one that is set in this way."""

    def become(keys: tuple[str, str]) -> None:
        settings.WPIS_INDEX_KEY, settings.WPIS_INDEX_KEY_FORMER = keys

    become(BEFORE)
    return become


class House:
    """Workers who are filed one after the other, all of them for one house."""

    def __init__(self) -> None:
        self.records: list[SubmissionRecord] = []

    def file(self) -> tuple[int | None, ...]:
        """File one more; how many workers, employers there are by the facts, and how many others by the network."""
        record = a_record(housing=HOUSE)
        self.records.append(record)
        identifiers.store([record])
        (facts,) = builder.build([record])
        shared = links._others(record.submission).values()
        (others,) = shared or ([],)  # one link, not one for each key
        return facts.address_workers, facts.address_employers, len({other.worker for other in others})

    def read(self, submissions: Any) -> list[SubmissionRecord]:
        """What was sealed; stands in for the door to permits."""
        wanted = set(submissions)
        return [record for record in self.records if record.submission in wanted]


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    filled = House()
    monkeypatch.setattr(feed, "records", filled.read)
    monkeypatch.setattr(keyed_index, "BATCH", 2)
    return filled


def some(step: Callable[[], Iterator[Any]], batches: int) -> None:
    """Begin a step and be killed after so many batches."""
    list(islice(step(), batches))


def test_every_filing_meets_all_that_share_with_it_whatever_its_worker_and_the_rebuild_have_heard(
    house: House, process: As
) -> None:
    expected = iter(range(1, 100))

    def filed(keys: tuple[str, str]) -> None:
        process(keys)
        workers = next(expected)
        assert house.file() == (workers, workers, workers - 1), keys

    for keys in (BEFORE, BEFORE, BEFORE, BOTH, BEFORE, BOTH):
        filed(keys)
    some(keyed_index.add, 1)
    for keys in (BOTH, BEFORE, BOTH):
        filed(keys)
    process(BOTH)
    assert keyed_index.left(False) > 0
    some(keyed_index.add, 100)  # goes on where it was
    assert keyed_index.left(False) == 0
    for keys in (BOTH, AFTER, BOTH, AFTER):
        filed(keys)
    some(keyed_index.finish, 1)
    for keys in (AFTER, BOTH, AFTER):
        filed(keys)
    process(AFTER)
    assert keyed_index.left(True) > 0
    some(keyed_index.finish, 100)
    filed(AFTER)
    assert keyed_index.left(True) == 0


def test_afterwards_each_submission_has_the_identifiers_that_it_had(house: House, process: As) -> None:
    for _ in range(5):
        house.file()
    before = Counter(Identifier.objects.values_list("submission", "kind", "position", "seen_at"))
    old = set(Identifier.objects.values_list("digest", flat=True))
    process(BOTH)
    some(keyed_index.add, 100)
    process(AFTER)
    some(keyed_index.finish, 100)
    assert Counter(Identifier.objects.values_list("submission", "kind", "position", "seen_at")) == before
    assert old.isdisjoint(Identifier.objects.values_list("digest", flat=True))
    assert set(Identifier.objects.values_list("worker", flat=True)) == {
        identifiers.worker_digest(record) for record in house.records
    }


def test_a_step_that_is_repeated_writes_nothing(house: House, process: As) -> None:
    for _ in range(3):
        house.file()
    process(BOTH)
    some(keyed_index.add, 100)
    assert sum(progress.rows for progress in keyed_index.add()) == 0
    process(AFTER)
    some(keyed_index.finish, 100)
    assert sum(progress.rows for progress in keyed_index.finish()) == 0


def test_what_cannot_be_read_keeps_its_rows_and_is_named(
    house: House, process: As, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        house.file()
    lost = house.records.pop(1)
    process(BOTH)
    with pytest.raises(SystemExit) as end:
        call_command("rebuild_index")
    assert end.value.code == 1
    assert f"alerts.Identifier {lost.submission}: could not be rebuilt" in capsys.readouterr().err
    process(AFTER)
    call_command("rebuild_index", "--finish")  # it is under one key alone: there is nothing to take away
    with pytest.raises(SystemExit):
        call_command("rebuild_index", "--check")
    rows = Identifier.objects.filter(submission=lost.submission)
    process(BEFORE)
    assert {(row.kind, row.digest) for row in rows} == {
        (row.kind, row.digest) for row in identifiers.of(lost, 1)
    }


def test_rows_are_not_taken_away_while_a_value_is_missing_under_the_new_key(
    house: House, process: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.file()
    rows = Identifier.objects.count()
    process(BOTH)
    monkeypatch.setattr(
        identifiers, "values", lambda record, whole=identifiers.values: whole(record)[1:]
    )  # one value can no longer be read
    some(keyed_index.add, 100)
    process(AFTER)
    (progress,) = keyed_index.finish()
    assert progress.failed == (str(house.records[0].submission),)
    assert Identifier.objects.count() == rows * 2 - 1


def test_the_former_rows_stay_while_processes_still_write_them(process: As) -> None:
    process(BOTH)
    with pytest.raises(CommandError, match="Take it away everywhere"):
        call_command("rebuild_index", "--finish")


def test_passport_numbers_are_found_before_meanwhile_and_afterwards(process: As, capsys: Any) -> None:
    for _ in range(3):
        a_submitted_application()
    number = Worker.objects.all()[0].passport_number
    assert number
    found = Worker.objects.filter(passport_index=number)
    everybody = set(found.values_list("pk", flat=True))
    assert everybody
    column = next(
        index for index in index_rebuild.keyed_indexes() if index.label.startswith("permits.Worker")
    )

    def all_are_found() -> bool:
        return set(Worker.objects.filter(passport_index=number).values_list("pk", flat=True)) == everybody

    process(BOTH)
    assert column.left(False) == 3
    assert all_are_found()
    worker = Worker.objects.all()[1]
    index_rebuild._move(worker, Worker._meta.get_field("passport_index"))  # killed after one row
    assert column.left(False) == 2
    assert all_are_found()
    call_command("rebuild_index")
    assert "permits.Worker.passport_index: 2 rows" in capsys.readouterr().out
    assert all_are_found()
    process(AFTER)
    assert all_are_found()
    call_command("rebuild_index", "--finish")
    call_command("rebuild_index", "--check")
    recorded = AuditEvent.objects.filter(
        action="crypto.index.rebuild", detail__index="permits.Worker.passport_index"
    )
    assert [row.detail["step"] for row in recorded.order_by("at")] == ["add", "finish"]


def test_without_the_former_key_an_old_digest_is_not_found(process: As) -> None:
    a_submitted_application()
    number = Worker.objects.get().passport_number
    process(AFTER)
    assert not Worker.objects.filter(passport_index=number).exists(), "then the test above proves nothing"


def test_every_column_of_digests_and_every_other_use_of_the_key_is_rebuilt(settings: Any) -> None:
    labels = {index.label for index in index_rebuild.keyed_indexes()}
    assert labels == {"permits.Worker.passport_index", "alerts.Identifier"}
    users = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for app in ("wpis", "permits", "alerts", "referral")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if any(word in path.read_text() for word in ("BlindIndex", "index_keys"))
        and "migrations" not in path.parts
    }
    assert users - {
        "wpis/crypto/keys.py",
        "wpis/crypto/blind_index.py",
        "wpis/crypto/index_rebuild.py",
        "wpis/crypto/fields.py",  # names it in a message
        "wpis/crypto/holders.py",  # says who holds the key
    } == {"permits/models/parties.py", "alerts/facts/identifiers.py", "alerts/keyed_index.py"}
    assert len(index_keys()) == 1
