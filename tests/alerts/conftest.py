"""Fixtures of these tests: English words, whatever the translations say."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in their source language."""
    with translation.override("en"):
        yield
