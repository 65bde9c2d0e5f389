"""The law book: which value holds on which day, and on what it rests."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import get_type_hints

import pytest

from wpis import law
from wpis.law import Confidence, Law, NotInForce
from wpis.law.book import parameters
from wpis.law.parameter import Parameter

LAST_DAY_OF_R2022 = date(2026, 10, 31)
FIRST_DAY_OF_R2026 = date(2026, 11, 1)

WAGES = [
    (date(2006, 1, 1), 15_000),
    (date(2008, 1, 1), 25_000),
    (date(2009, 1, 1), 30_000),
    (date(2011, 1, 1), 32_500),
    (date(2013, 1, 1), 35_000),
    (date(2013, 7, 1), 45_000),
    (date(2014, 7, 1), 50_000),
    (date(2015, 7, 1), 55_000),
    (date(2020, 1, 1), 68_000),
    (date(2023, 1, 1), 75_000),
]


@pytest.mark.parametrize(("since", "wage"), WAGES)
def test_the_minimum_wage_changes_on_the_first_day_of_each_law(since: date, wage: int) -> None:
    earlier = [amount for day, amount in WAGES if day < since]
    assert law.in_force(since).minimum_wage == wage
    if earlier:
        assert law.in_force(date.fromordinal(since.toordinal() - 1)).minimum_wage == earlier[-1]


def test_the_minimum_wage_of_today_is_the_last_known() -> None:
    assert law.in_force(date(2026, 11, 21)).minimum_wage == 75_000


def test_there_is_no_minimum_wage_before_the_first_known() -> None:
    with pytest.raises(
        NotInForce, match=r"minimum_wage is not in force on 2005-12-31.*from 2006-01-01"
    ) as caught:
        _ = law.in_force(date(2005, 12, 31)).minimum_wage
    assert (caught.value.name, caught.value.day) == ("minimum_wage", date(2005, 12, 31))


def test_the_regime_changes_on_1_november_2026() -> None:
    assert law.in_force(LAST_DAY_OF_R2022).regime == "R2022"
    assert law.in_force(FIRST_DAY_OF_R2026).regime == "R2026"
    with pytest.raises(NotInForce):
        _ = law.in_force(date(2021, 12, 31)).regime


def test_the_rules_of_2022() -> None:
    rules = law.in_force(LAST_DAY_OF_R2022)
    assert (rules.labour_market_test, rules.labour_market_test_days) == (True, 15)
    assert (rules.quota, rules.work_visa_required) == (False, False)
    assert rules.state_duty_work_permit == 105_000
    assert (rules.decision_days, rules.decision_days_unit) == (2, "months")
    assert rules.permit_term_months_maximum == 12
    assert rules.state_duty_lawful_stay_certificate == 0
    assert rules.answer_days > 0


def test_the_rules_of_2026() -> None:
    rules = law.in_force(FIRST_DAY_OF_R2026)
    assert (rules.labour_market_test, rules.quota, rules.work_visa_required) == (False, True, True)
    assert rules.state_duty_work_permit == 150_000
    assert (rules.decision_days, rules.decision_days_unit) == (30, "calendar_days")
    assert rules.answer_days == 3
    assert rules.permit_term_months_maximum == 12
    assert rules.work_visa_fee == 15_000


def test_an_abolished_rule_has_no_value_and_the_error_says_since_when() -> None:
    with pytest.raises(NotInForce, match="ended on 2026-11-01"):
        _ = law.in_force(FIRST_DAY_OF_R2026).labour_market_test_days


def test_working_time_and_pay_limits() -> None:
    rules = law.in_force(date(2026, 11, 21))
    assert (rules.weekly_hours_normal, rules.weekly_hours_maximum) == (40, 48)
    assert (rules.weekly_hours_under_16, rules.weekly_hours_under_18) == (24, 36)
    assert (rules.daily_hours_normal, rules.daily_hours_maximum) == (8, 12)
    assert rules.overtime_hours_per_year == 180
    assert rules.overtime_pay_percent == 150
    assert (rules.night_starts, rules.night_ends) == (time(22), time(6))
    assert rules.late_pay_percent_per_day == Decimal("0.15")
    assert 0 < rules.deduction_share_maximum < 1
    assert "damage" in rules.deduction_kinds_allowed
    assert "housing" not in rules.deduction_kinds_allowed
    assert rules.adult_age == 18


def test_terms_after_a_decision() -> None:
    rules = law.in_force(date(2026, 11, 21))
    assert (rules.reapplication_bar_months, rules.appeal_months, rules.refusal_notice_days) == (12, 2, 3)


def test_a_value_carries_its_citation() -> None:
    citation = law.in_force(date(2024, 5, 1)).citation("minimum_wage")
    assert "Minimum Monthly Wage" in citation.reference
    assert "85,000" in citation.note
    assert citation.since == date(2023, 1, 1)
    assert (
        law.in_force(date(2026, 10, 1)).citation("state_duty_work_permit").confidence is Confidence.CONFIRMED
    )


def test_unconfirmed_facts_say_so() -> None:
    rules = law.in_force(FIRST_DAY_OF_R2026)
    assert rules.citation("regime").confidence is Confidence.GENERAL
    assert rules.citation("decision_days").confidence is Confidence.WEAK
    assert rules.citation("decision_days_unit").confidence is Confidence.GENERAL
    assert rules.citation("overtime_hours_per_year").confidence is Confidence.CONFLICTING
    assert rules.citation("appeal_months").confidence is Confidence.CONFLICTING


def test_a_citation_is_refused_where_the_value_is() -> None:
    with pytest.raises(NotInForce):
        law.in_force(date(2000, 1, 1)).citation("minimum_wage")


def test_a_misspelt_parameter_is_an_attribute_error() -> None:
    rules = law.in_force(date(2026, 11, 21))
    with pytest.raises(AttributeError, match="no parameter 'minimum_wages'"):
        getattr(rules, "minimum_wages")  # noqa: B009 (mypy refuses the plain spelling)
    with pytest.raises(AttributeError, match="no parameter"):
        rules.citation("minimum_wages")


def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(TypeError, match="local day"):
        law.in_force(datetime(2026, 11, 21, tzinfo=UTC))


def test_the_law_of_a_day_is_made_once() -> None:
    assert law.in_force(date(2026, 11, 21)) is law.in_force(date(2026, 11, 21))
    assert repr(law.in_force(date(2026, 11, 21))) == "<Law on 2026-11-21>"


def test_every_file_has_its_attribute_and_every_attribute_its_file() -> None:
    assert sorted(get_type_hints(Law)) == sorted(parameters())


@pytest.mark.parametrize("parameter", parameters().values(), ids=lambda parameter: parameter.name)
def test_every_value_has_the_type_that_the_attribute_promises(parameter: Parameter) -> None:
    promised = get_type_hints(Law)[parameter.name]
    for entry in parameter.values:
        if entry.value is not None:
            assert type(entry.value) is (getattr(promised, "__origin__", None) or promised)
            assert getattr(Law(entry.since, parameters()), parameter.name) == entry.value


@pytest.mark.parametrize("parameter", parameters().values(), ids=lambda parameter: parameter.name)
def test_every_parameter_is_described_in_armenian_letters_and_in_latin_ones(parameter: Parameter) -> None:
    assert any("Ա" <= letter <= "և" for letter in parameter.description["hy"])
    assert parameter.description["en"].isascii()
    assert parameter.description.in_language("hy-AM") == parameter.description["hy"]
    assert parameter.description.in_language("ru") == parameter.description["en"]


def test_a_value_without_a_found_source_is_never_marked_confirmed() -> None:
    for parameter in parameters().values():
        for entry in parameter.values:
            if entry.reference == "no source found":
                assert entry.confidence is Confidence.GENERAL, parameter.name
            if entry.confidence is Confidence.CONFLICTING:
                assert entry.note, parameter.name


def test_codes_of_the_law_are_ones_the_code_knows() -> None:
    for day in (LAST_DAY_OF_R2022, FIRST_DAY_OF_R2026):
        rules = law.in_force(day)
        units = {rules.decision_days_unit, rules.answer_days_unit}
        assert units <= {"months", "calendar_days", "working_days"}
