"""Facts rows for tests, with only the facts that a test gives."""

from typing import Any
from uuid import uuid4

from alerts.facts import builder
from alerts.models import Facts
from tests.factories.records import AT


def some_facts(**given: Any) -> Facts:
    """A stored row; every fact that is not given is not known."""
    keys = {
        "submission_id": uuid4(),
        "builder_version": builder.VERSION,
        "application": uuid4(),
        "employer": uuid4(),
        "submitted_at": AT,
    }
    return Facts.objects.create(**{**keys, **given})
