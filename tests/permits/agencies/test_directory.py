"""Every agency of the one window is one strict file: names, question, clock of the law book, readers, outcomes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from permits.agencies.directory import FOLDER, LANGUAGES, Meaning, Reader, agencies, read_agency
from permits.models import Check
from wpis.law import InvalidFile, NotInForce
from wpis.law.calendar import add_working_days

OLD, NEW = date(2025, 6, 2), date(2026, 12, 1)
GOOD = yaml.safe_load((FOLDER / "police.yaml").read_text())


def written(folder: Path, content: Any) -> Path:
    file = folder / "planted.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True))
    return file


@pytest.mark.parametrize("slug", agencies())
def test_an_agency_has_a_name_in_each_language_and_fits_the_column(slug: str) -> None:
    agency = agencies()[slug]
    assert len(slug) <= (Check._meta.get_field("agency").max_length or 0)
    for words in (agency.name, agency.asked, *(outcome.title for outcome in agency.outcomes.values())):
        assert len({words.in_language(language) for language in LANGUAGES}) == 3
    assert agency.name.in_language("en-gb") == agency.name.in_language("fr") == agency.name["en"]
    assert all(len(outcome) <= 40 for outcome in agency.outcomes)


@pytest.mark.parametrize(("slug", "days"), [("national-security-service", 5), ("police", 5)])
def test_an_opinion_is_due_by_the_working_days_of_the_law_book(slug: str, days: int) -> None:
    assert agencies()[slug].due_on(NEW, submitted=NEW) == add_working_days(NEW, days)


def test_the_labour_market_is_asked_about_under_the_old_law_only() -> None:
    ministry = agencies()["labour-ministry"]
    assert ministry.is_asked_on(OLD)
    assert ministry.due_on(NEW, submitted=OLD) == add_working_days(NEW, 15), "an old file keeps the old law"
    assert not ministry.is_asked_on(NEW)
    with pytest.raises(NotInForce):
        ministry.due_on(NEW, submitted=NEW)


def test_what_is_written_to_the_employer_is_said_by_the_agency_not_by_us() -> None:
    told = {slug for slug, agency in agencies().items() if Reader.EMPLOYER in agency.read_by}
    assert told == {"labour-ministry"}


def test_the_pattern_of_the_faults_below_is_a_good_file(tmp_path: Path) -> None:
    assert read_agency(written(tmp_path, GOOD)).slug == "planted"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"verdict": "yes"}, "'verdict' is an unknown entry"),
        ({"name": {"hy": "Ա", "en": "A"}}, "'ru' is missing"),
        ({"asked": {"hy": "Ա", "en": "A", "ru": "А", "fr": "A"}}, "'fr' is an unknown entry"),
        ({"answer_days": 5}, "must be a text"),
        ({"answer_days": "no_such_days"}, "must name a law parameter in working days"),
        ({"answer_days": "minimum_wage"}, "must name a law parameter in working days"),
        ({"read_by": ["office", "press"]}, "read_by 2: must be one of office, employer, found 'press'"),
        ({"read_by": ["employer"]}, "must name the office"),
        ({"legal_ground": {"reference": "a blog", "confidence": "A"}}, "must be one of C, W, X, G"),
        ({"outcomes": GOOD["outcomes"][:1]}, "no outcome means objection, more_information"),
        ({"outcomes": [*GOOD["outcomes"], GOOD["outcomes"][0]]}, "an outcome is written twice"),
        (
            {"outcomes": [{**GOOD["outcomes"][0], "means": "maybe"}]},
            "must be one of no_objection, .*, found 'maybe'",
        ),
    ],
)
def test_a_malformed_file_is_refused_with_its_place(tmp_path: Path, change: Any, complaint: str) -> None:
    with pytest.raises(InvalidFile, match=f"planted.yaml.*{complaint}"):
        read_agency(written(tmp_path, GOOD | change))


def test_each_meaning_is_what_some_agency_can_say() -> None:
    said = {outcome.means for agency in agencies().values() for outcome in agency.outcomes.values()}
    assert said == set(Meaning)
