"""Nothing that was stored becomes unreadable: versions without a gap, and what each of them left out is unknown."""

from copy import deepcopy
from dataclasses import dataclass, fields, make_dataclass
from types import NoneType
from typing import get_args, get_type_hints

import pytest

from permits.parts.catalogue import SUBMITTED
from permits.parts.declaration import declared, derived
from permits.parts.kinds import YesNo
from permits.submissions import snapshot, versions
from permits.submissions.records import build, since
from permits.submissions.upcasters.steps import UPCASTERS
from permits.submissions.versions import ADDED, FIRST, VERSION, UnreadableSnapshot, upcast, version_of
from tests.factories.records import a_record


def explained(upcasters, added, version) -> list[int]:
    """The versions that nothing leads to."""
    return [step for step in range(FIRST + 1, version + 1) if step not in upcasters and step not in added]


def test_every_version_is_reached_by_an_upcaster_or_only_adds_fields():
    assert explained(UPCASTERS, ADDED, VERSION) == []
    assert explained({2: None}, {1, 4}, 4) == [3], "the test itself finds a gap"
    assert all(FIRST < version <= VERSION for version in UPCASTERS)


def test_what_a_version_added_may_be_unknown_so_its_type_says_so():
    for part in SUBMITTED.values():
        assert part.record
        kinds = get_type_hints(part.record)
        for attribute in fields(part.record):
            if since(attribute) > FIRST:
                assert NoneType in get_args(kinds[attribute.name]), (part.name, attribute.name)


def test_the_newest_version_is_written_and_needs_no_step():
    data, _digest = snapshot.canonical(a_record())
    assert version_of(data) == VERSION == data["schema"]
    assert upcast(data, VERSION) is data


def test_a_snapshot_without_a_version_is_of_the_first_release():
    assert version_of({}) == 1


@pytest.mark.parametrize("stated", [0, VERSION + 1, "2", None])
def test_a_version_of_a_later_release_is_said_so_and_not_guessed_at(stated):
    with pytest.raises(UnreadableSnapshot, match="does not know version"):
        version_of({"schema": stated})


def test_an_upcaster_leaves_what_it_was_given_untouched():
    data = {"worker": {"surname": "SHARMA"}}
    for step in UPCASTERS.values():
        before = deepcopy(data)
        assert step(data) is not data
        assert data == before


def test_steps_run_in_order_from_the_version_that_was_written(monkeypatch):
    monkeypatch.setattr(versions, "VERSION", 5)
    monkeypatch.setattr(
        versions,
        "UPCASTERS",
        {
            2: lambda data: {**data, "steps": [2]},
            3: lambda data: {**data, "steps": [*data["steps"], 3]},
            5: lambda data: {**data, "steps": [*data["steps"], 5]},
        },
    )
    assert upcast({}, 1)["steps"] == [2, 3, 5]
    assert upcast({"steps": []}, 3)["steps"] == [5], "version 4 only added fields"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterRecord:
    """A part whose second question came with version 3, and a value nobody is asked for with version 4."""

    heated: bool
    lockable: bool | None = declared(YesNo(), since=3)
    keys: int | None = derived(since=4)


@pytest.mark.parametrize("written", [1, 2])
def test_a_question_that_was_not_yet_asked_is_unknown_and_never_a_no(written):
    record = build(LaterRecord, {"heated": False}, written)
    assert (record.heated, record.lockable, record.keys) == (False, None, None)


def test_what_an_upcaster_can_say_of_a_later_field_is_read():
    assert build(LaterRecord, {"heated": False, "lockable": False}, 1).lockable is False


def test_a_question_that_was_asked_must_have_its_answer():
    assert build(LaterRecord, {"heated": True, "lockable": None}, 3).lockable is None
    with pytest.raises(KeyError, match="lockable"):
        build(LaterRecord, {"heated": True}, 3)


def test_a_part_that_grows_is_read_in_each_version_with_its_own_reader():
    record = make_dataclass(
        "Growing", [("heated", bool), ("lockable", bool | None, declared(YesNo(), since=2))]
    )
    assert build(record, {"heated": True}, 1).lockable is None
    with pytest.raises(KeyError):
        build(record, {"heated": True}, 2)
