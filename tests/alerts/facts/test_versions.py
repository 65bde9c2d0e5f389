"""A changed set of facts is a new version of the builder, and history keeps the rows of the old one."""

import hashlib

import pytest
from django.db import IntegrityError, transaction

from alerts.models import Facts
from alerts.models.facts import VERSION, names
from tests.factories.facts import some_facts

FACTS_OF = {1: (32, "de53955467bf")}
"""Builder version -> how many facts it builds, and a digest of their names; add a line for each new version."""


def test_a_new_fact_raises_the_version_of_the_builder() -> None:
    text = ",".join(sorted(names()))
    assert (len(names()), hashlib.sha256(text.encode()).hexdigest()[:12]) == FACTS_OF[VERSION]


def test_no_version_is_left_out() -> None:
    assert list(FACTS_OF) == list(range(1, VERSION + 1))


@pytest.mark.django_db
def test_a_submission_has_one_row_for_each_version() -> None:
    first = some_facts(builder_version=1)
    some_facts(submission_id=first.submission_id, builder_version=2)
    with pytest.raises(IntegrityError, match="facts_once_a_version"), transaction.atomic():
        some_facts(submission_id=first.submission_id, builder_version=2)
    assert Facts.objects.filter(submission=first.submission_id).count() == 2
