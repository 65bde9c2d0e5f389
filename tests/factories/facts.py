"""Facts rows for tests, with only the facts that a test gives."""

from typing import Any
from uuid import uuid4

from alerts.models import Facts
from tests.factories.records import AT


def some_facts(**given: Any) -> Facts:
    """A stored row; every fact that is not given is not known."""
    return Facts.objects.create(
        submission_id=uuid4(), application=uuid4(), employer=uuid4(), submitted_at=AT, **given
    )
