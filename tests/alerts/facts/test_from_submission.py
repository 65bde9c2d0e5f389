"""What one submission states by itself, beside the law of the day."""

from datetime import date
from typing import Any

import pytest

from alerts.facts.from_submission import facts
from tests.factories.records import a_record


@pytest.mark.parametrize(
    ("hours", "minimum"),
    [(40.0, 75_000), (48.0, 75_000), (20.0, 37_500), (30.5, 57_187), (None, None)],
)
def test_the_minimum_wage_follows_the_hours_and_is_capped_at_the_full_one(hours: Any, minimum: Any) -> None:
    assert facts(a_record(terms={"weekly_hours": hours}))["minimum_gross"] == minimum


def test_the_minimum_wage_is_that_of_the_first_day_of_the_contract() -> None:
    assert facts(a_record(terms={"starts_on": date(2022, 12, 31)}))["minimum_gross"] == 68_000
    assert facts(a_record(terms={"starts_on": date(2023, 1, 1)}))["minimum_gross"] == 75_000


def test_before_the_law_book_begins_nothing_is_known() -> None:
    found = facts(a_record(terms={"starts_on": date(1990, 1, 1)}, worker={"birth_date": date(1960, 1, 1)}))
    assert found["minimum_gross"] is found["weekly_hours_limit"] is found["adult_age"] is None


def test_a_minor_has_a_shorter_lawful_week_and_the_full_minimum_for_it() -> None:
    found = facts(a_record(worker={"birth_date": date(2009, 1, 1)}, terms={"weekly_hours": 36.0}))
    assert (found["age_years"], found["weekly_hours_limit"], found["minimum_gross"]) == (17, 36, 75_000)


def test_a_birthday_counts_on_its_day() -> None:
    day = {"starts_on": date(2026, 8, 1)}
    assert facts(a_record(worker={"birth_date": date(2008, 8, 1)}, terms=day))["age_years"] == 18
    assert facts(a_record(worker={"birth_date": date(2008, 8, 2)}, terms=day))["age_years"] == 17


def test_what_is_not_stated_stays_unknown() -> None:
    found = facts(
        a_record(
            worker={
                "mrz_birth_date": None,
                "contact_is_own": None,
                "phone": None,
                "email": None,
                "languages": (),
            },
            terms={
                "gross_wage": None,
                "deductions": None,
                "contract_states": None,
                "contract_languages": None,
            },
            housing={"provider": "", "at_workplace": None},
            recruitment={"worker_fee": None, "transport_by_employer": None},
        )
    )
    unknown = {name for name, value in found.items() if value is None}
    assert unknown == {
        *("monthly_gross", "deductions_total", "net_monthly", "contract_terms_missing"),
        *("contract_terms_missing_names", "shared_languages"),
        *("birth_dates_differ", "contact_shared_with_filer", "contact_is_own", "housing_at_workplace"),
        *("worker_fee", "worker_paid", "employer_controls"),
    }


def test_the_contract_lacks_what_it_does_not_state() -> None:
    found = facts(a_record(terms={"contract_states": ("hours", "place")}))
    assert found["contract_terms_missing"] == 2
    assert found["contract_terms_missing_names"] == "wage,signatures"


@pytest.mark.parametrize(
    "shared",
    [
        {"worker": {"phone": "010 12 34 56"}, "employer": {"phone": "+374 10 123456"}},
        {"worker": {"phone": "+91 98765 43210"}, "recruitment": {"recruiter_phone": "+919876543210"}},
        {"worker": {"email": "Boss@Firm.am"}, "employer": {"email": "boss@firm.am"}},
        {"worker": {"email": "a.gent+ravi@gmail.com"}, "recruitment": {"recruiter_email": "agent@gmail.com"}},
    ],
)
def test_a_contact_of_those_who_file_is_seen_through_its_spelling(shared: dict[str, Any]) -> None:
    assert facts(a_record(**shared))["contact_shared_with_filer"] is True


def test_two_empty_contacts_are_not_the_same_contact() -> None:
    found = facts(a_record(worker={"email": None}, employer={"email": ""}))
    assert found["contact_shared_with_filer"] is False


def test_one_address_for_bed_and_work_is_housing_at_work_whatever_was_declared() -> None:
    record = a_record(
        housing={"address": "ք. Երևան, Աբովյան փ. 12", "at_workplace": False},
        terms={"workplace": "12 Abovyan Street, Yerevan"},
    )
    assert facts(record)["housing_at_workplace"] is True


def test_the_employer_controls_what_is_known_to_be_in_its_hand() -> None:
    everything = a_record(housing={"provider": "employer"}, recruitment={"transport_by_employer": True})
    assert facts(everything)["employer_controls"] == 4
    in_part = facts(a_record(housing={"provider": "employer"}, recruitment={"transport_by_employer": None}))
    assert (in_part["employer_controls"], in_part["employer_controls_least"]) == (None, 3)


def test_a_company_is_as_old_as_its_full_months() -> None:
    record = a_record(employer={"registered_on": date(2025, 6, 16)})  # filed on 15 June 2026
    assert facts(record)["employer_age_months"] == 11
