"""Facts that say what a field of the form says: each names a fact and a field that there are."""

from dataclasses import fields
from typing import get_type_hints

from alerts.models.facts import DECLARED, names
from permits.feed import SubmissionRecord


def test_every_declared_fact_is_a_fact_and_names_a_field_of_the_record() -> None:
    parts = get_type_hints(SubmissionRecord)
    for fact, path in DECLARED.items():
        part, field = path.split(".")
        assert fact in names()
        assert field in {each.name for each in fields(parts[part])}, path
