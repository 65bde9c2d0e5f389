"""The portal's English. What was once rewritten because nobody would say it does not come back."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from tests.languages.portal_phrases import INSTEAD, odd

ROOT: Path = settings.BASE_DIR
OTHERS = ("alerts/", "referral/", "permits/officer/", "wpis/staff/", "wpis/audit", "wpis/operator")
"""Readers who are no visitors of the portal; their words are their own."""


def of_the_portal() -> list[str]:
    """The message ids that a page or letter of the portal can show."""
    with (ROOT / "wpis/locale/ru/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    texts = []
    for message in catalogue:
        places = [str(place).removeprefix("templates/") for place, _line in message.locations]
        if message.id and not (places and all(place.startswith(OTHERS) for place in places)):
            texts += [message.id] if isinstance(message.id, str) else list(message.id)
    return texts


def test_no_text_of_the_portal_uses_a_phrase_that_was_thrown_out() -> None:
    found = {text: odd(text) for text in of_the_portal() if odd(text)}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "Enter what stands in the signed contract.",
        "Must the worker pay something when leaving early?",
        "You get a reference, and the day until which we decide.",
        "after 15 minutes in which you open or send nothing",
        "Take the right back",
        "Needs you",
    ],
)
def test_the_examples_of_the_report_are_on_the_list(text: str) -> None:
    assert odd(text)


def test_the_list_does_not_object_to_plain_sentences() -> None:
    plain = [
        "What the written contract states",
        "Nobody needs it any more",
        "The permit has expired",
        *INSTEAD.values(),
    ]
    assert [text for text in plain if odd(text)] == []
