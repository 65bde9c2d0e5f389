"""The pages on which the person's answers are recorded."""

import re

import pytest

from referral.models import Consent
from tests.factories.referral import (
    a_case,
)
from tests.referral.pages import answer_form, text, url

pytestmark = pytest.mark.django_db


def test_a_yes_without_fields_or_explanations_is_refused_and_keeps_what_was_entered(protection):
    case = a_case()
    desk = protection.sign_in(case.caseworker)
    page = desk.post(url("ask", case.pk, "ngo-shelter", "shelter"), answer_form(fields_agreed=[]))
    assert page.status_code == 422
    assert "Tick what the person agreed to share" in text(page)
    page = desk.post(url("ask", case.pk, "ngo-shelter", "shelter"), answer_form(explained=["purpose"]))
    assert "Explain every point" in text(page)
    assert not Consent.objects.exists()


def test_the_question_has_three_answers_and_nothing_ticked(protection):
    case = a_case()
    page = (
        protection.sign_in(case.caseworker)
        .get(url("ask", case.pk, "ngo-shelter", "shelter"))
        .content.decode()
    )
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["yes", "no", "not_now"]
    assert "checked" not in re.sub(r"<svg.*?</svg>", "", page)
