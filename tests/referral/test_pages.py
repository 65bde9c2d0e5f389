"""The pages of the desk, as each role sees them, on the protection surface with its own database role."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from referral.models import Case, Consent, Referral
from referral.states import Answer, Explained
from tests.factories.permits import a_user
from tests.factories.referral import (
    a_case,
    a_caseworker,
    a_confirmed_alert,
    a_consent,
    a_partner,
    a_referral,
    send,
)
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"referral:{name}", args=args, urlconf="wpis.urls_protection")


def text(response):
    """What a person reads on the page, on one line."""
    body = re.sub(r"<svg.*?</svg>|<head>.*?</head>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def answer_form(**changes):
    form = {
        "explained": list(Explained.values),
        "answer": Answer.YES,
        "fields_agreed": ["alias", "safe_contact"],
        "language": "hi",
        "how_given": "spoken",
        "valid_until": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }
    return form | changes


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        (Role.CASEWORKER, "/cases/"),
        (Role.PARTNER, "/items/"),
        (Role.AUDITOR, "/log/"),
        (Role.ANALYST, "/alerts/"),
    ],
)
def test_the_front_page_sends_everybody_to_their_own_desk(protection, role, desk):
    assert protection.sign_in(a_user(role)).get("/").headers["Location"] == desk


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
    item = Referral.objects.get()

    shelter = client_on("protection").sign_in(partner)
    assert item.reference in text(shelter.get(url("partner_inbox")))
    shown = text(shelter.get(url("item", item.pk)))
    assert case.alias in shown
    assert "SHARMA" not in shown
    assert "Year of birth" not in shown
    assert shelter.post(url("accept", item.pk)).status_code == 302
    outcome = {"outcome": "support_given", "note": "A room was found."}
    assert shelter.post(url("outcome", item.pk), outcome).status_code == 302
    assert "A room was found." in text(desk.get(url("referrals", case.pk)))
    close = {"outcome": "accepted", "reason": "Support is being given."}
    assert desk.post(url("step", case.pk, "close"), close).status_code == 302
    assert Case.objects.get().state == "closed"


@pytest.fixture
def pages():
    """Every page of a case as (name, args), for a case with a referral."""
    item, _partner = a_referral()
    case, consent = item.case, Consent.objects.get()
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
        ("withdraw", case.pk, item.pk),
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
        assert case.person["passport_number"] not in response.content.decode(), name


def test_no_page_of_a_case_is_there_for_another_role(protection, client_on, pages):
    case, names = pages
    absent = protection.sign_in(case.caseworker).get(url("case", uuid.uuid4())).content
    for role in (Role.PARTNER, Role.AUDITOR, Role.ANALYST):
        visitor = client_on("protection").sign_in(a_user(role, organisation="ngo-shelter"))
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


def test_lists_show_aliases_and_never_names(protection):
    case = a_case()
    desk = protection.sign_in(case.caseworker)
    for tab in ("waiting", "mine", "open", "unanswered", "closed"):
        page = desk.get(url("inbox"), {"tab": tab})
        assert page.status_code == 200
        assert "SHARMA" not in page.content.decode()
        assert (case.alias in page.content.decode()) == (tab in ("mine", "open"))


@pytest.mark.parametrize("tab", ["waiting", "mine", "open", "unanswered"])
def test_an_inbox_tab_costs_the_same_queries_however_long_it_is(protection, tab):
    caseworker = a_caseworker()
    desk = protection.sign_in(caseworker)

    before = timezone.now() - timedelta(days=3)

    def fill():
        a_confirmed_alert()
        case = a_case(by=caseworker, at=before)
        a_partner("ngo-shelter")
        a_consent(case)
        send(case, at=before)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url("inbox"), {"tab": tab}).status_code == 200
        return len(queries)

    fill()
    cost()
    one = cost()
    fill()
    fill()
    assert cost() == one


def test_a_partner_list_costs_the_same_queries_however_long_it_is(protection):
    _item, partner = a_referral()
    desk = protection.sign_in(partner)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url("partner_inbox")).status_code == 200
        return len(queries)

    cost()
    one = cost()
    a_referral()
    a_referral()
    assert cost() == one


def test_the_body_of_another_item_and_an_absent_item_are_the_same_404(protection):
    item, _shelter = a_referral(agency="ngo-shelter")
    police = protection.sign_in(a_partner("police-anti-trafficking"))
    for name in ("item", "decline", "outcome"):
        foreign, absent = police.get(url(name, item.pk)), police.get(url(name, uuid.uuid4()))
        assert foreign.status_code == absent.status_code == 404
        assert _neutral(foreign) == _neutral(absent)
    foreign, absent = police.post(url("accept", item.pk)), police.post(url("accept", uuid.uuid4()))
    assert foreign.status_code == absent.status_code == 404
    item.refresh_from_db()
    assert item.state == "sent"
    assert "Nothing was sent to you" in text(police.get(url("partner_inbox")))


def _neutral(response):
    """The page without what differs between any two requests."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", re.sub(r"\d\d:\d\d", "", body))


def test_a_partner_without_an_organisation_sees_nothing(protection):
    a_referral()
    desk = protection.sign_in(a_user(Role.PARTNER))
    assert "Nothing was sent to you" in text(desk.get(url("partner_inbox")))


def test_every_opening_of_an_item_is_audited_with_the_fields_seen(protection):
    item, partner = a_referral()
    desk = protection.sign_in(partner)
    desk.get(url("item", item.pk))
    desk.get(url("item", item.pk))
    events = AuditEvent.objects.filter(action="referral.disclosure.read", subject=item.pk, actor=partner.pk)
    assert events.count() == 2
    assert events[0].detail["fields"] == item.fields


def test_after_its_time_an_item_shows_only_that_access_has_ended(protection):
    item, partner = a_referral()
    Referral.objects.filter(pk=item.pk).update(access_until=timezone.now() - timedelta(minutes=1))
    desk = protection.sign_in(partner)
    for name in ("item", "decline", "outcome"):
        page = desk.get(url(name, item.pk))
        assert page.status_code == 410
        assert "Your access to this item has ended" in text(page)
        assert item.case.alias not in text(page)
    assert item.reference not in text(desk.get(url("partner_inbox")))
    assert desk.post(url("accept", item.pk)).status_code == 302
    item.refresh_from_db()
    assert item.state == "sent"


def test_declining_without_a_reason_is_refused_in_words(protection):
    item, partner = a_referral()
    page = protection.sign_in(partner).post(url("decline", item.pk), {"reason": " "})
    assert page.status_code == 422
    assert "Say why you decline" in text(page)


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


def test_unanswered_referrals_stand_on_top_of_every_list(protection):
    item, _partner = a_referral(at=timezone.now() - timedelta(days=3))
    desk = protection.sign_in(item.case.caseworker)
    assert "1 referral was not answered in time" in text(desk.get(url("inbox"), {"tab": "mine"}))
    assert "2 days late" in text(desk.get(url("inbox"), {"tab": "unanswered"}))


def test_the_auditor_searches_the_log_and_is_in_it(protection):
    item, _partner = a_referral()
    auditor = a_user(Role.AUDITOR)
    desk = protection.sign_in(auditor)
    page = desk.get(url("audit_log"), {"action": "referral.disclosure", "subject": str(item.pk)})
    assert "referral.disclosure.send" in text(page)
    assert "referral.case.open" not in text(page)
    assert AuditEvent.objects.filter(action="audit.log.read", actor=auditor.pk).count() == 1
    assert "Nothing in the log fits" in text(desk.get(url("audit_log"), {"actor": "nobody@example.am"}))
    assert desk.get(url("audit_log"), {"subject": "x"}).status_code == 422
    by_person = desk.get(url("audit_log"), {"actor": item.case.caseworker.email})
    assert str(item.case.caseworker) in text(by_person)
    assert desk.post(url("audit_log")).status_code == 405


def test_the_log_names_no_person_of_a_case(protection):
    item, _partner = a_referral()
    page = protection.sign_in(a_user(Role.AUDITOR)).get(url("audit_log"))
    for secret in ("SHARMA", item.case.alias, "bakery", item.case.person["passport_number"]):
        assert secret not in page.content.decode()


def test_no_address_of_the_desk_says_what_it_is_about():
    from referral.urls import urlpatterns

    for pattern in urlpatterns:
        assert not re.search("traffick|victim|alert|risk|suspic", str(pattern.pattern))


def test_everybody_else_is_sent_to_sign_in(protection):
    assert resolve("/cases/", urlconf="wpis.urls_protection").url_name == "inbox"
    assert protection.get(url("inbox")).status_code == 302
