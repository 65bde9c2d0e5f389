"""What fails while a submission is screened fails by itself: one fact, one identifier, one rule for one row."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import F, Q, Value
from django.db.models.expressions import CombinedExpression

from alerts.facts import builder, from_submission, identifiers, normalization
from alerts.models import Alert, Facts, Finding, Identifier, IdentifierKind, Screening
from alerts.models.facts import names
from alerts.rules import engine, explanations, rulesets
from alerts.rules.expression import Numeric
from alerts.screening.batch import screen_waiting
from permits.models import Check, CheckKind, EmploymentTerms
from tests.alerts.screening.test_batch import check_of, poison, soon
from tests.conftest import standing_on
from tests.factories.permits import a_submitted_application, a_user
from tests.factories.records import a_record
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db

SHARED: dict[str, Any] = {"worker": {"phone": "+37499111222"}, "terms": {"wage_account": "AM00000000000777"}}


def facts_of(application: Any) -> Facts:
    return Facts.objects.get(application=application.pk)


@pytest.fixture
def deductions_beyond_the_cap() -> Iterator[None]:
    """As an earlier release accepted them: each at its field's limit, nothing said about their sum."""
    with (
        patch("permits.completeness.missing.ASKED", {}),
        patch("permits.guards.missing", lambda application, on: []),
    ):
        yield


def test_the_largest_deductions_ever_filed_are_screened(deductions_beyond_the_cap: None) -> None:
    most = dict.fromkeys(
        (f"deduction_{kind}" for kind in ("housing", "food", "transport", "fees", "other")), 10**9
    )
    application = a_submitted_application(terms=most)
    assert EmploymentTerms.objects.get(application=application).deductions == 5 * 10**9
    screen_waiting(soon())
    assert Screening.objects.get().state == "screened"
    facts = facts_of(application)
    assert (facts.deductions_total, facts.net_monthly) == (5 * 10**9, 320_000 - 5 * 10**9)
    assert facts.not_computed == []
    assert Finding.objects.filter(indicator="A05", outcome="hit").exists()
    assert check_of(application).completed_at is not None


def test_a_sum_that_no_column_holds_is_not_known_by_its_name_and_the_rest_counts() -> None:
    record = a_record(terms={"deductions": 2**63, "gross_wage": 10}, recruitment={"worker_fee": 650_000})
    identifiers.store([record])
    (facts,) = builder.build([record])
    assert facts.not_computed == ["deductions_total"]
    assert facts.deductions_total is None
    assert (facts.monthly_gross, facts.worker_fee) == (10, 650_000)


ABSURD: dict[str, tuple[dict[str, Any], list[str]]] = {
    "hours beyond their column": ({"terms": {"weekly_hours": 1e6}}, ["weekly_hours"]),
    "hours that are no number": (
        {"terms": {"weekly_hours": float("nan")}},
        ["minimum_gross", "weekly_hours"],
    ),
    "a wage that is text": ({"terms": {"gross_wage": "many"}}, ["monthly_gross", "net_monthly"]),
    "a wage of a hundred digits": ({"terms": {"gross_wage": 10**99}}, ["monthly_gross", "net_monthly"]),
    "persons beyond their column": ({"housing": {"persons_per_room": 2**40}}, ["persons_per_room"]),
    "no day of birth": (
        {"worker": {"birth_date": None}},
        ["age_years", "minimum_gross", "weekly_hours_limit"],
    ),
    "no languages to compare": ({"worker": {"languages": 7}}, ["shared_languages"]),
}


@pytest.mark.parametrize(("changes", "lost"), ABSURD.values(), ids=ABSURD)
def test_an_absurd_value_costs_the_facts_made_of_it_and_no_other(changes: Any, lost: list[str]) -> None:
    found = from_submission.facts(a_record(**changes))
    plain = from_submission.facts(a_record())
    assert [fact for fact in found["not_computed"] if fact != "birth_dates_differ"] == [
        fact for fact in plain if fact in lost
    ]
    assert all(found[fact] is None for fact in lost)
    untouched = set(plain) - set(lost) - {"not_computed", "birth_dates_differ"}
    assert {fact: found[fact] for fact in untouched} == {fact: plain[fact] for fact in untouched}


@pytest.mark.parametrize("fact", sorted(from_submission._COMPUTED))
def test_a_defect_in_one_fact_leaves_all_others(fact: str) -> None:
    def fails(filed: Any) -> Any:
        raise ZeroDivisionError

    with patch.dict(from_submission._COMPUTED, {fact: fails}):
        found = from_submission.facts(a_record())
    assert found["not_computed"] == [fact]
    assert found == {**from_submission.facts(a_record()), fact: None, "not_computed": [fact]}


def test_every_fact_is_computed_apart_or_counted_by_the_builder() -> None:
    counted = {
        *("employer_applications_12m", "address_workers", "address_employers"),
        *("phone_workers", "account_workers"),
    }
    assert set(from_submission._COMPUTED) | counted == set(names())
    assert not set(from_submission._COMPUTED) & counted


def test_a_fact_that_failed_is_shown_by_name_to_analysts(client_on: Any) -> None:
    def fails(filed: Any) -> Any:
        raise ZeroDivisionError

    application = a_submitted_application(recruitment={"worker_fee": 2_000_000})
    with patch.dict(from_submission._COMPUTED, {"deductions_total": fails}):
        screen_waiting(soon())
    assert Alert.objects.get().application == application.pk
    unknown = Finding.objects.get(indicator="A05", outcome="unknown")
    content = rulesets.content(rulesets.current())
    assert "deductions from the monthly wage" in explanations.sentence(unknown, content)
    desk = client_on("protection").sign_in(a_user(Role.ANALYST))
    page = desk.get("/alerts/not-checked/").content.decode()
    assert application.reference in page
    assert "deductions from the monthly wage" in page
    assert "Everything could be checked." not in page


def test_what_a_failed_submission_shares_is_stored_and_counts_for_others() -> None:
    bad = a_submitted_application(**SHARED)
    good = a_submitted_application(**SHARED)
    with poison(bad):
        assert screen_waiting(soon()) == 2
    kinds = set(Identifier.objects.filter(application=bad.pk).values_list("kind", flat=True))
    assert {"employer", "address", "phone", "email", "account"} <= kinds
    assert (facts_of(good).phone_workers, facts_of(good).account_workers) == (2, 2)
    assert Finding.objects.get(indicator="C03", screening__application=good.pk).outcome == "hit"


def test_the_protection_role_may_store_them() -> None:
    bad, good = a_submitted_application(**SHARED), a_submitted_application(**SHARED)
    with poison(bad), standing_on("protection"):
        screen_waiting(soon())
    assert facts_of(good).phone_workers == 2


def test_one_failing_identifier_leaves_the_others() -> None:
    with patch.object(normalization, "address", side_effect=IndexError):
        kinds = {kind for kind, _value in identifiers.values(a_record(worker={"phone": "+37499111222"}))}
    assert IdentifierKind.ADDRESS not in kinds
    assert {IdentifierKind.EMPLOYER, IdentifierKind.PHONE} <= kinds


@pytest.mark.parametrize("digit", ["\u1369", "\u2460", "\u00b2", "\u0661", "\U00010a40"])
def test_digits_of_any_script_before_a_short_word_are_read(digit: str) -> None:
    normalization.address(f"{digit} k", "AM-ER")
    normalization.address(f"Abovyan {digit} g 5", "AM-ER")


def by_zero(real: Any) -> Any:
    """A04 divides by the fee that the worker paid: what a richer grammar could do."""

    def bound(when: Any, thresholds: Any) -> Q:
        if thresholds != {"days": 6}:
            known: Q = real(when, thresholds)
            return known
        divided = CombinedExpression(
            Value(Decimal(1), output_field=Numeric()), "/", F("worker_fee"), output_field=Numeric()
        )
        return Q(days_per_week__gt=divided)

    return bound


def test_a_rule_that_cannot_be_calculated_for_one_row_is_not_known_for_that_row_alone() -> None:
    nothing_paid = a_submitted_application(recruitment={"worker_fee": 0})
    paid = a_submitted_application(recruitment={"worker_fee": 2_000_000})
    engine.compiled.cache_clear()
    try:
        with patch.object(engine, "_bound", by_zero(engine._bound)):
            assert screen_waiting(soon()) == 2
    finally:
        engine.compiled.cache_clear()
    assert set(Screening.objects.values_list("state", flat=True)) == {"screened"}
    broken = Finding.objects.get(indicator="A04", screening__application=nothing_paid.pk)
    assert broken.outcome == "unknown"
    sentence = explanations.sentence(broken, rulesets.content(rulesets.current()))
    assert sentence == "Could not be calculated with these values."
    assert Finding.objects.get(indicator="A04", screening__application=paid.pk).outcome == "hit"
    assert Alert.objects.get().application == paid.pk
    done = Check.objects.filter(kind=CheckKind.AUTOMATIC).values_list("completed_at", flat=True)
    assert None not in set(done)
    assert len(set(done)) == 1
