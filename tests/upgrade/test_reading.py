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
    assert list(differences(_in_todays_words(release.expected[part]), reading.section(part))) == []


def _in_todays_words(said: Any, russian: bool = False) -> Any:
    """The same, with titles of occupations in Russian, which Russian readers saw in English until 0.1.0."""
    if isinstance(said, dict):
        return {name: _in_todays_words(value, russian or name == "ru") for name, value in said.items()}
    if isinstance(said, list):
        return [_in_todays_words(value, russian) for value in said]
    if not isinstance(said, str):
        return said
    for then, now in SAID_OTHERWISE.items():
        said = said.replace(then, now)
    return IN_RUSSIAN.get(said, said) if russian else said


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
