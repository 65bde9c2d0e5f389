"""What earlier releases stored reads, explains, screens, checks and prints as it did then."""

import pytest

from tests.upgrade import reading
from tests.upgrade.comparing import differences
from tests.upgrade.restoring import Release


@pytest.mark.parametrize("part", reading.SECTIONS)
def test_what_was_stored_says_what_it_said_in_its_own_release(release: Release, part: str) -> None:
    assert list(differences(release.expected[part], reading.section(part))) == []


def test_the_facts_of_an_old_submission_are_the_same_when_they_are_read_out_of_it_again(
    release: Release,
) -> None:
    stated = {submission: reading.facts_stated(submission) for submission in release.expected["facts"]}
    assert any(facts for facts in stated.values())
    for submission, facts in stated.items():
        then = {name: value for name, value in release.expected["facts"][submission].items() if name in facts}
        assert list(differences(then, facts)) == [], submission
