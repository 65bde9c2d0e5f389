"""The pages of a case, on the protection surface with its own database role."""

import re
import uuid

import pytest

from referral.models import Case, Consent, Referral
from tests.factories.permits import a_user
from tests.factories.referral import (
    a_case,
    a_caseworker,
    a_confirmed_alert,
    a_consent,
    a_partner,
    a_referral,
)
from tests.referral.pages import answer_form, text, url
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_the_whole_way_from_a_waiting_alert_to_an_outcome(protection, client_on):
    alert, caseworker, partner = a_confirmed_alert(), a_caseworker(), a_partner("ngo-shelter")
    desk = protection.sign_in(caseworker)
    assert alert.reference in text(desk.get(url("inbox")))
    page = desk.post(url("open_case", alert.pk), follow=True)
    case = Case.objects.get()
    assert page.redirect_chain[-1][0] == url("case", case.pk)
    assert "Nobody may contact the person" in text(page)
    assert "Language not recorded" in text(page)

    contact = {"how": "At the service point", "when": "Mondays", "say": "", "language": "hi"}
    assert desk.post(url("contact", case.pk), contact).status_code == 302
    asked = desk.post(url("ask", case.pk, "ngo-shelter", "shelter"), answer_form())
    assert asked.status_code == 302, text(asked)

    preview = desk.get(url("preview", case.pk, "ngo-shelter", "shelter"))
    assert "At the service point" in text(preview)
    assert "The person did not agree: Year of birth" in text(preview)
    hidden = dict(re.findall(r'name="(token|digest)" value="([^"]+)"', preview.content.decode()))
    assert desk.post(url("preview", case.pk, "ngo-shelter", "shelter"), hidden).status_code == 302
    assert desk.post(url("preview", case.pk, "ngo-shelter", "shelter"), hidden).status_code == 302
    referral = Referral.objects.get()

    shelter = client_on("protection").sign_in(partner)
    assert referral.reference in text(shelter.get(url("partner_inbox")))
    shown = text(shelter.get(url("item", referral.pk)))
    assert case.alias in shown
    assert "SHARMA" not in shown
    assert "Year of birth" not in shown
    assert shelter.post(url("accept", referral.pk)).status_code == 302
    outcome = {"outcome": "support_given", "note": "A room was found."}
    assert shelter.post(url("outcome", referral.pk), outcome).status_code == 302
    assert "A room was found." in text(desk.get(url("referrals", case.pk)))
    close = {"outcome": "accepted", "reason": "Support is being given."}
    assert desk.post(url("step", case.pk, "close"), close).status_code == 302
    assert Case.objects.get().state == "closed"


@pytest.fixture
def pages():
    """Every page of a case as (name, args), for a case with a referral."""
    referral, _partner = a_referral()
    case, consent = referral.case, Consent.objects.get()
    return case, [
        ("case", case.pk),
        ("contact", case.pk),
        ("notes", case.pk),
        ("history", case.pk),
        ("reveal", case.pk, "passport_number"),
        *[("step", case.pk, step) for step in ("hold", "close", "reopen", "resume", "take-over")],
        ("consents", case.pk),
        ("take_back", case.pk, consent.pk),
        ("ask", case.pk, "ngo-shelter", "legal_help"),
        ("referrals", case.pk),
        ("withdraw", case.pk, referral.pk),
        ("preview", case.pk, "police-anti-trafficking", "danger"),
        ("preview", case.pk, "ngo-shelter", "shelter"),
    ]


def test_every_page_of_a_case_opens_is_audited_and_hides_name_and_passport(protection, pages):
    case, names = pages
    desk = protection.sign_in(case.caseworker)
    for name, *args in names:
        before = AuditEvent.objects.count()
        response = desk.get(url(name, *args))
        assert response.status_code == 200, name
        assert AuditEvent.objects.filter(action="referral.case.read", subject=case.pk).exists()
        assert AuditEvent.objects.count() == before + 1, name
        assert "SHARMA" not in response.content.decode(), name
        assert "Agency(" not in response.content.decode(), name
        assert case.person["passport_number"] not in response.content.decode(), name


def test_no_page_of_a_case_is_there_for_another_role(protection, client_on, pages):
    case, names = pages
    absent = protection.sign_in(case.caseworker).get(url("case", uuid.uuid4())).content
    for role in (Role.PARTNER, Role.AUDITOR, Role.ANALYST):
        visitor = client_on("protection").sign_in(a_user(role, agency="ngo-shelter"))
        for name, *args in names:
            assert visitor.get(url(name, *args)).status_code == 404, (role, name)
    assert b"404" in absent or absent


def test_a_covered_value_is_shown_once_with_a_reason_and_logged(protection):
    case = a_case()
    desk = protection.sign_in(case.caseworker)
    page = url("reveal", case.pk, "passport_number")
    assert desk.post(page, {}).status_code == 422
    assert case.person["passport_number"] in text(desk.post(page, {"reason": "identity"}))
    event = AuditEvent.objects.get(action="referral.case.reveal")
    assert event.detail == {"field": "passport_number", "reason": "identity"}
    assert desk.get(url("reveal", case.pk, "workplace")).status_code == 404


def test_a_case_that_changed_after_the_preview_is_shown_again_and_not_sent(protection):
    case = a_case()
    a_partner()
    a_consent(case)
    desk = protection.sign_in(case.caseworker)
    page = url("preview", case.pk, "ngo-shelter", "shelter")
    hidden = dict(re.findall(r'name="(token|digest)" value="([^"]+)"', desk.get(page).content.decode()))
    desk.post(url("contact", case.pk), {"how": "Another way", "when": "", "say": "", "language": "hi"})
    again = desk.post(page, hidden)
    assert again.status_code == 409
    assert "changed since the preview" in text(again)
    assert not Referral.objects.exists()
    fresh = dict(re.findall(r'name="(token|digest)" value="([^"]+)"', again.content.decode()))
    assert desk.post(page, fresh).status_code == 302
    assert Referral.objects.get().packet["safe_contact"].startswith("Another way")


def test_children_have_their_own_banner_on_every_page_of_the_case(protection):
    child, adult = a_case(child=True), a_case()
    for case, there in ((child, True), (adult, False)):
        page = protection.sign_in(case.caseworker).get(url("notes", case.pk))
        assert ("Child procedure." in text(page)) == there
