"""The invented country: the same for the same seed, honest in its details, with every pattern in it."""

import re
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from permits.development.simulation.texts import WITHDRAWN
from wpis.classifications.countries import WITHOUT_CITIZENSHIP
from wpis.classifications.languages import LANGUAGES
from wpis.classifications.occupations import occupations
from wpis.classifications.provinces import Province
from wpis.development.simulation.country import Country, Filing
from wpis.development.simulation.course import Fate, Step, course
from wpis.development.simulation.filings.lookalikes import LOOKALIKES
from wpis.development.simulation.generator import generate
from wpis.development.simulation.patterns.catalogue import PATTERNS, Shows
from wpis.development.simulation.people.armenian import in_armenian_letters
from wpis.documents import mrz
from wpis.law import in_force

UNTIL = date(2026, 11, 20)


@cache
def country(seed: int = 1, applications: int = 600) -> Country:
    return generate(seed=seed, applications=applications, until=UNTIL)


def test_the_same_seed_gives_the_same_country() -> None:
    again = generate(seed=1, applications=600, until=UNTIL)
    assert again.digest() == country().digest()
    courses = [course(1, filing) for filing in country().filings]
    assert courses == [course(1, filing) for filing in again.filings]


def test_another_seed_gives_another_country() -> None:
    assert generate(seed=2, applications=600, until=UNTIL).digest() != country().digest()


@pytest.mark.parametrize("applications", [120, 300, 600, 1500])
def test_it_has_as_many_applications_as_asked_for(applications: int) -> None:
    made = country(1, applications)
    assert [filing.number for filing in made.filings] == list(range(1, applications + 1))
    moments = [filing.at for filing in made.filings]
    assert moments == sorted(moments)
    assert made.since <= made.filings[0].day
    assert made.filings[-1].day <= UNTIL


def test_every_pattern_and_every_lookalike_appears_even_in_a_small_country() -> None:
    small = country(3, 120)
    assert {filing.pattern for filing in small.filings} == {*PATTERNS, None}
    assert {filing.lookalike for filing in small.filings} == {*LOOKALIKES, None}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_applications_are_few(seed: int) -> None:
    planted = sum(filing.pattern is not None for filing in country(seed).filings)
    assert 0.04 <= planted / 600 <= 0.07
    large = country(seed, 3000)
    assert 0.04 <= sum(filing.pattern is not None for filing in large.filings) / 3000 <= 0.06


def test_nothing_is_both_planted_and_innocent() -> None:
    assert not [filing for filing in country().filings if filing.pattern and filing.lookalike]


def test_every_zone_is_valid_and_says_what_the_passport_says() -> None:
    for filing in country().filings:
        worker = filing.worker
        if worker.mrz and filing.pattern != "minor":
            zone = mrz.parse(worker.mrz, filing.day)
            assert zone.born == worker.born
            assert (zone.one_name, zone.nationality) == (worker.one_name, worker.nationality)
            assert (zone.number, zone.expiry_date) == (worker.passport_number, worker.passport_expires_on)
            assert (zone.sex, zone.issuer) == (worker.sex, worker.passport_issuer)


def test_some_people_have_one_name_know_a_part_of_their_birth_or_are_citizens_of_no_country() -> None:
    people = [filing.worker for filing in country(1, 3000).filings]
    for few in (
        [worker for worker in people if worker.one_name],
        [worker for worker in people if worker.born.whole is None],
        [worker for worker in people if worker.nationality in WITHOUT_CITIZENSHIP],
    ):
        assert 0 < len(few) < 0.06 * len(people)
    for worker in people:
        assert bool(worker.given_names and worker.surname) is not worker.one_name
        assert bool(worker.given_names_hy and worker.surname_hy) is not worker.one_name


def by_passport(filings: list[Filing]) -> list[list[Filing]]:
    """The filings of each person, oldest first."""
    found: dict[str, list[Filing]] = {}
    for filing in filings:
        found.setdefault(filing.worker.passport_number, []).append(filing)
    return list(found.values())


def test_a_second_application_of_a_worker_is_a_renewal_in_time() -> None:
    people = by_passport(country(1, 3000).filings)
    renewals = [filings for filings in people if len(filings) > 1]
    assert 0.05 < len(renewals) / 3000 < 0.2
    for filings in renewals:
        for before, after in pairwise(filings):
            assert course(1, before).fate is Fate.APPROVED
            assert (before.company, before.worker) == (after.company, after.worker)
            assert before.worker is not after.worker
            assert 31 <= (before.terms.ends_on - after.day).days <= 75
            assert after.terms.starts_on > before.terms.ends_on
            assert before.pattern is after.pattern is None


def test_lapsed_permits_were_granted_and_nobody_asked_again() -> None:
    """P8: what is planted really lapses within the eighteen months, and the employer files once more."""
    filings = country(1, 3000).filings
    stories = {filing.story for filing in filings if filing.pattern == "p8-lapsed-permits"}
    assert len(stories) > 1
    for story in stories:
        *drifting, newest = [filing for filing in filings if filing.story == story]
        for filing in drifting:
            assert course(1, filing).fate is Fate.APPROVED
            assert filing.terms.ends_on < newest.day
        assert [len(them) for them in by_passport([*drifting, newest])] == [1, 1, 1]


def test_a_withdrawal_in_retaliation_reads_like_an_honest_one() -> None:
    for filing in country(1, 3000).filings:
        assert filing.said in ("", *WITHDRAWN)
        if filing.said:
            assert filing.pattern == "p11-retaliation"
            assert course(1, filing).fate is Fate.WITHDRAWN


def test_what_shows_only_later_is_declared_like_anything_else() -> None:
    """Nothing is planted in them but what the docstring of the story says: terms are lawful, documents complete."""
    later = {label for label, pattern in PATTERNS.items() if pattern.shows is Shows.LATER}
    assert {PATTERNS[label].code for label in later} == {"P3", "P6", "P8", "P9", "P11"}
    for filing in country(1, 3000).filings:
        if filing.pattern in later:
            terms, law = filing.terms, in_force(filing.terms.starts_on)
            assert terms.gross_wage >= law.minimum_wage * min(terms.weekly_hours / law.weekly_hours_normal, 1)
            assert terms.weekly_hours <= law.weekly_hours_maximum
            assert filing.recruitment.worker_fee is not None
            assert filing.recruitment.worker_fee <= terms.gross_wage
            assert not terms.penalty_clause


def test_every_code_of_the_patterns_is_planted() -> None:
    assert {pattern.code for pattern in PATTERNS.values()} - {""} == {f"P{n}" for n in range(1, 12)}


def test_the_people_of_the_planted_are_drawn_like_all_others() -> None:
    """Citizenship is no sign of a pattern: the shares differ by no more than chance allows."""
    filings = [filing for seed in range(1, 6) for filing in country(seed, 3000).filings]
    planted = Counter(filing.worker.nationality for filing in filings if filing.pattern)
    innocent = Counter(filing.worker.nationality for filing in filings if not filing.pattern)
    for code, number in innocent.items():
        share = number / innocent.total()
        assert abs(planted[code] / planted.total() - share) < 0.05, code


def test_passports_and_tax_numbers_are_used_once() -> None:
    filings = country(1, 3000).filings
    people = {
        (worker.passport_number, worker.given_names, worker.surname, worker.birth_date)
        for worker in (filing.worker for filing in filings)
    }
    assert len({number for number, *_ in people}) == len(people) > 0.8 * len(filings)
    companies = {id(filing.company): filing.company.tax_number for filing in filings}
    assert len(set(companies.values())) == len(companies)
    assert all(re.fullmatch(r"\d{8}", number) for number in companies.values())


def test_the_innocent_keep_to_the_law() -> None:
    for filing in country(1, 3000).filings:
        if filing.pattern is None:
            terms, law = filing.terms, in_force(filing.terms.starts_on)
            hours = min(terms.weekly_hours / law.weekly_hours_normal, 1)
            assert terms.gross_wage >= law.minimum_wage * hours, filing
            assert terms.weekly_hours <= law.weekly_hours_maximum
            assert (filing.day - filing.worker.birth_date).days > 18 * 365.25


def test_names_in_armenian_letters_hold_no_others() -> None:
    for filing in country().filings:
        name = f"{filing.worker.given_names_hy} {filing.worker.surname_hy}"
        assert re.fullmatch("[Ա-Ֆա-և -]+", name), name
    assert in_armenian_letters("Rajesh Kumar") == "Ռաջեշ Կումար"
    assert in_armenian_letters("Shevchenko") == "Շեվչենկո"


def test_codes_are_those_of_the_forms() -> None:
    known = {code for code, _ in occupations()}
    languages = {code for code, _ in LANGUAGES}
    for filing in country().filings:
        assert filing.terms.occupation in known
        assert {filing.terms.province, filing.housing.province, filing.company.province} <= set(
            Province.values
        )
        assert set(filing.worker.languages) <= languages
        assert set(filing.terms.contract_languages or ()) <= languages


def test_there_is_growth_and_a_season() -> None:
    filings = country(1, 3000).filings
    half = country().since + (UNTIL - country().since) / 2
    assert sum(filing.day > half for filing in filings) > 1.05 * sum(filing.day <= half for filing in filings)
    builders = [filing.day for filing in filings if filing.company.sector == "construction"]
    winter = sum(date(2025, 11, 1) <= day < date(2026, 3, 1) for day in builders)
    spring = sum(date(2026, 3, 1) <= day < date(2026, 7, 1) for day in builders)
    assert spring > 1.5 * winter


def test_every_course_ends_with_its_fate_and_never_goes_back_in_time() -> None:
    last = {Fate.APPROVED: Step.CONFIRM, Fate.REFUSED: Step.CONFIRM, Fate.WITHDRAWN: Step.WITHDRAW}
    fates: Counter[Fate] = Counter()
    for filing in country(1, 3000).filings:
        drawn = course(1, filing)
        fates[drawn.fate] += 1
        days = [planned.on for planned in drawn.steps]
        assert days == sorted(days)
        assert (drawn.steps[-1].step if drawn.steps else None) == last.get(drawn.fate)
        assert drawn.fate != Fate.DRAFT or filing.pattern is None
    assert set(fates) == set(Fate)
