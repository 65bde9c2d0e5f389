"""What earlier releases stored reads, explains, screens, checks and prints as it did then."""

from typing import Any

import pytest

from tests.upgrade import reading
from tests.upgrade.comparing import differences
from tests.upgrade.reading import screening
from tests.upgrade.restoring import Release
from wpis.classifications.occupations import titles

IN_RUSSIAN = {f"{title['en']} ({code})": f"{title['ru']} ({code})" for code, title in titles().items()}

SAID_OTHERWISE = {
    "as in the passport zone": "as in the typed passport lines",
    "ինչպես անձնագրի գոտում": "ինչպես մուտքագրված անձնագրի տողերում",
    "как в зоне паспорта": "как в введённых строках паспорта",
    "passport zone says": "passport lines say",
    "passport zone": "passport lines",
    "անձնագրի գոտում": "անձնագրի տողերում",
    "անձնագրի գոտուն": "անձնագրի տողերին",
    "зоне паспорта": "строках паспорта",
    "Gross wage a month": "Gross monthly wage",
}
"""How a mark beside an answer is worded now: the employer typed these lines, and 0.1.0 did not say so."""


@pytest.mark.parametrize("part", reading.SECTIONS)
def test_what_was_stored_says_what_it_said_in_its_own_release(release: Release, part: str) -> None:
    if part not in release.expected:
        pytest.skip("asked only since a later release")
    assert release.expected[part]
    expected, found = release.expected[part], reading.section(part)
    if part == "officers_view":
        expected, found = _worded_as_today(expected), _without_references(found)
    assert list(differences(_titles_in_russian(expected), found)) == []


def _titles_in_russian(said: Any, russian: bool = False) -> Any:
    """The same, with titles of occupations in Russian, which Russian readers saw in English until 0.1.0."""
    if isinstance(said, dict):
        return {name: _titles_in_russian(value, russian or name == "ru") for name, value in said.items()}
    if isinstance(said, list):
        return [_titles_in_russian(value, russian) for value in said]
    return IN_RUSSIAN.get(said, said) if russian and isinstance(said, str) else said


def _worded_as_today(said: Any) -> Any:
    """What an officer read, in the words of today where only the words have changed."""
    if isinstance(said, dict):
        return {name: _worded_as_today(value) for name, value in _without_references(said).items()}
    if isinstance(said, list):
        return [_worded_as_today(value) for value in said]
    if not isinstance(said, str):
        return said
    for then, now in SAID_OTHERWISE.items():
        said = said.replace(then, now)
    return said


def _without_references(said: Any) -> Any:
    """The same without the reference behind the title of a ground, which is written in the reader's language today."""
    if not isinstance(said, dict):
        return said
    return {
        name: [ground.split(" (")[0] for ground in value] if name == "grounds" else _without_references(value)
        for name, value in said.items()
    }


def test_everything_that_a_release_said_is_still_asked(release: Release) -> None:
    assert release.expected.keys() - reading.SECTIONS.keys() == set()


def test_the_facts_of_an_old_submission_are_the_same_when_they_are_read_out_of_it_again(
    release: Release,
) -> None:
    for submission, stored in release.expected["facts"].items():
        stated = screening.facts_stated(submission)
        then = {name: value for name, value in stored.items() if name in stated}
        assert len(then) > 20
        assert list(differences(then, stated)) == [], submission
