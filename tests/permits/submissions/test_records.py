"""A submission is read back out of its snapshot as it was filed."""

from dataclasses import fields, replace
from typing import Any

import pytest

from permits.submissions import snapshot
from permits.submissions.reading import record_from
from permits.submissions.records import SubmissionRecord, TermsRecord
from permits.submissions.versions import UnreadableSnapshot
from tests.factories.records import a_record


def read_back(record: SubmissionRecord) -> SubmissionRecord:
    return record_from(snapshot.canonical(record)[0])


def test_what_was_filed_is_read_back_in_its_own_types():
    record = a_record()
    assert read_back(record) == record


def test_what_was_left_empty_stays_empty():
    record = a_record()
    left: dict[str, Any] = {field.name: None for field in fields(TermsRecord) if "None" in str(field.type)}
    assert left
    record = replace(record, terms=replace(record.terms, **left))
    assert read_back(record) == record


@pytest.mark.parametrize("lost", ["reference", "worker"])
def test_a_snapshot_of_another_shape_is_refused(lost):
    data, _digest = snapshot.canonical(a_record())
    del data[lost]
    with pytest.raises(UnreadableSnapshot, match=lost):
        record_from(data)


@pytest.mark.parametrize(("part", "lost"), [("terms", "gross_wage"), ("worker", "phone")])
def test_an_answer_that_its_version_held_is_never_taken_for_not_given(part, lost):
    data, _digest = snapshot.canonical(a_record())
    del data[part][lost]
    with pytest.raises(UnreadableSnapshot, match=lost):
        record_from(data)


def test_a_day_that_is_none_is_refused():
    data, _digest = snapshot.canonical(a_record())
    data["worker"]["birth_date"] = "yesterday"
    with pytest.raises(ValueError, match="yesterday"):
        record_from(data)
