"""The story that the next release fixture is made of plays with the code of today."""

from collections.abc import Iterator
from functools import lru_cache
from unittest.mock import patch

import pytest
from django.test import override_settings

from tests.upgrade import keys
from tests.upgrade.clock import same_entropy, stopped_clock
from tests.upgrade.stories import covering, story
from wpis.documents import sandbox


@pytest.fixture
def parsed_once() -> Iterator[None]:
    """Equal files are looked into once: the story sends the same few a hundred times."""
    with patch.object(sandbox, "run", lru_cache(maxsize=None)(sandbox.run)):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("parsed_once")
def test_the_story_of_a_fixture_fills_every_encrypted_column() -> None:
    as_built = override_settings(**keys.as_settings(keys.all_keys()))
    with as_built, same_entropy(1), stopped_clock() as clock:
        tokens = story.tell(clock)
    assert set(tokens) == {"portal", "protection"}
    assert covering.empty_ciphertexts() == []
