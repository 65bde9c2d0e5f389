"""A05 out of the employer's form: "nothing is deducted" is clear, blank boxes stay unknown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alerts.models import Finding
from alerts.screening.batch import screen_waiting
from permits.employer.forms import TermsForm
from permits.models.terms import DEDUCTIONS
from tests.factories.permits import a_submitted_application

pytestmark = pytest.mark.django_db


def found_about_deductions(typed: dict[str, str]) -> list[str]:
    """What screening stores about A05 when the page was sent like this; nothing means clear."""
    form = TermsForm(typed)
    form.full_clean()
    answers = form.values()
    application = a_submitted_application(terms={name: answers[name] for name in DEDUCTIONS})
    screen_waiting(timezone.now() + timedelta(minutes=1))
    found = Finding.objects.filter(screening__application=application.pk, indicator="A05")
    return list(found.values_list("outcome", flat=True))


def test_an_employer_who_ticks_that_nothing_is_deducted_is_clear() -> None:
    assert found_about_deductions({"nothing_deducted": "on"}) == []


def test_an_employer_who_leaves_the_boxes_blank_stays_unknown() -> None:
    assert found_about_deductions({}) == ["unknown"]


def test_an_employer_who_deducts_half_the_wage_is_found() -> None:
    assert found_about_deductions({"deduction_housing": "200 000"}) == ["hit"]
