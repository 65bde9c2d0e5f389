"""Access ends where the person, the agency or the case ends it; afterwards nothing of the person is shown anywhere."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from referral.access.rule import readable_now
from referral.agencies.directory import agencies
from referral.cases import actions as cases
from referral.cases.closing import actions as closing
from referral.cases.closing.rules import open_proposal
from referral.cases.consents import latest_answer
from referral.consent import actions as consents
from referral.models import Case, Consent, Referral, Reminder
from referral.referrals import actions as referrals
from referral.referrals import reminders
from referral.states import Answer, CaseOutcome, ReferralState
from referral.tasks import work_reminders
from tests.factories.referral import a_case, a_caseworker, a_consent, a_partner, a_referral, send
from tests.referral.pages import text, url
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

COMMISSION = ("victim-identification-commission", "identification")


def two_under_two_consents():
    """A completed referral under one consent and an open one under a later consent."""
    first, partner = a_referral(agency=COMMISSION[0], purpose=COMMISSION[1])
    first = referrals.accept(first, by=partner, at=timezone.now())
    first = referrals.record_outcome(first, "recognised", "", by=partner, at=timezone.now())
    case = Case.objects.get()
    newest = a_consent(case, *COMMISSION)
    return first, send(case, *COMMISSION), newest, partner


def test_withdrawing_the_newest_consent_ends_every_referral_for_the_purpose(protection, system_of):
    first, second, newest, partner = two_under_two_consents()
    desk, system = protection.sign_in(partner), system_of(partner)
    for sent in (first, second):
        assert first.case.person["passport_number"] in text(desk.get(url("item", sent.pk)))
    consents.withdraw(newest, by=newest.case.caseworker, at=timezone.now())
    for sent in (first, second):
        page, item = desk.get(url("item", sent.pk)), system.get(f"/{sent.pk}")
        assert (page.status_code, item.status_code) == (410, 410)
        for value in (*first.packet.values(), first.case.alias):
            if isinstance(value, str) and len(value) > 3:
                assert value not in page.content.decode() + item.content.decode()
    assert (system.get().json()["count"], readable_now(second, at=timezone.now())) == (0, ())
    late = AuditEvent.objects.filter(action="referral.disclosure.read_after_end")
    assert {event.subject for event in late} == {first.pk, second.pk}
    assert late.count() == 4


def test_withdrawing_an_earlier_consent_from_an_old_page_withdraws_the_later_one_too():
    first, second, newest, _partner = two_under_two_consents()
    assert first.consent
    consents.withdraw(first.consent, by=first.case.caseworker, at=timezone.now())
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert [readable_now(sent, at=timezone.now()) for sent in Referral.objects.all()] == [(), ()]
    assert (first.pk, newest.pk) != (second.pk, first.consent_id)


def test_a_yes_recorded_at_the_moment_of_a_withdrawal_does_not_outlive_it():
    """Two windows: the withdrawal did not see the yes that was recorded just before it."""
    case = a_case()
    first, now = a_consent(case), timezone.now()
    later = a_consent(case, at=now)
    Consent.objects.filter(pk=first.pk).update(withdrawn_at=now + timedelta(seconds=1))
    assert latest_answer(case, "ngo-shelter", "shelter") == first
    assert later.withdrawn_at is None
    a_partner()
    with pytest.raises(Refused, match="took the consent back"):
        send(case)


def test_a_narrower_yes_narrows_what_is_read_and_a_wider_one_gives_back_what_was_sent(protection, system_of):
    sent, partner = a_referral(agency=COMMISSION[0], purpose=COMMISSION[1])
    desk, system = protection.sign_in(partner), system_of(partner)
    a_consent(sent.case, *COMMISSION, fields=("alias", "languages"))
    page, item = text(desk.get(url("item", sent.pk))), system.get(f"/{sent.pk}").json()
    assert [field["name"] for field in item["shared"]] == ["alias", "languages"]
    assert sent.case.alias in page
    for hidden in ("Passport number", "SHARMA", sent.packet["passport_number"], "bakery"):
        assert hidden not in page + str(item)
    assert AuditEvent.objects.filter(action="referral.disclosure.read").latest("at").detail["fields"] == [
        *("alias", "languages")
    ]
    a_consent(sent.case, *COMMISSION)
    assert readable_now(Referral.objects.get(), at=timezone.now()) == tuple(sent.fields)


def test_a_banner_says_nothing_that_may_no_longer_be_known(protection):
    case = a_case(child=True)
    sent, partner = a_referral(case)
    desk = protection.sign_in(partner)
    assert "Child procedure" in text(desk.get(url("item", sent.pk)))
    a_consent(case, fields=("alias",))
    assert "Child procedure" not in text(desk.get(url("item", sent.pk)))


@pytest.mark.parametrize("said", ["no", "withdrawn"])
def test_a_refusal_ends_what_was_sent_without_consent_unless_there_is_a_danger_to_life(protection, said):
    case = a_case()
    rows = {}
    for question in (("labour-inspectorate", "inspection"), ("police-anti-trafficking", "danger")):
        a_partner(question[0])
        if said == "withdrawn":
            a_consent(case, *question)
        rows[question] = send(case, *question, reason="Now.")
    for question in rows:
        if said == "no":
            a_consent(case, *question, answer=Answer.NO)
        else:
            consents.withdraw(case.consents.get(agency=question[0]), by=case.caseworker, at=timezone.now())
    inspection, danger = (Referral.objects.get(pk=sent.pk) for sent in rows.values())
    assert inspection.state == ReferralState.WITHDRAWN
    assert readable_now(inspection, at=timezone.now()) == ()
    assert danger.state == ReferralState.SENT
    assert readable_now(danger, at=timezone.now()) == tuple(danger.fields)


def test_the_page_that_withdraws_says_where_the_agency_reads_on_and_lists_all_that_was_sent(protection):
    first, second, newest, _partner = two_under_two_consents()
    case = first.case
    desk = protection.sign_in(case.caseworker)
    page = text(desk.get(url("take_back", case.pk, newest.pk)))
    assert first.reference in page
    assert second.reference in page
    assert "can no longer be opened" in page
    danger = a_consent(case, "police-anti-trafficking", "danger")
    page = text(desk.get(url("take_back", case.pk, danger.pk)))
    assert "It can still open what was sent" in page
    assert "can no longer be opened" not in page
    no = a_consent(case, "ombudsman", "complaint", answer=Answer.NO)
    assert desk.get(url("take_back", case.pk, no.pk)).status_code == 404
    with pytest.raises(Refused):
        consents.withdraw(no, by=case.caseworker, at=timezone.now())


def test_a_yes_for_a_shorter_time_ends_what_was_sent_sooner():
    sent, _partner = a_referral()
    a_consent(sent.case, valid_until=timezone.localdate())
    sent.refresh_from_db()
    assert sent.access_until - timezone.now() <= timedelta(days=1)
    assert readable_now(sent, at=timezone.now())
    assert not readable_now(sent, at=timezone.now() + timedelta(days=1))


def test_a_consent_that_runs_out_ends_reading_whatever_date_is_stored():
    sent, _partner = a_referral()
    Referral.objects.filter(pk=sent.pk).update(access_until=timezone.now() + timedelta(days=900))
    sent.refresh_from_db()
    assert readable_now(sent, at=timezone.now() + timedelta(days=90))
    assert not readable_now(sent, at=timezone.now() + timedelta(days=92))


def test_an_agency_that_declined_reads_no_more(protection, system_of):
    sent, partner = a_referral()
    desk, system = protection.sign_in(partner), system_of(partner)
    answer = system.post(f"/{sent.pk}/decline", {"reason": "Full."}, key="a")
    assert datetime.fromisoformat(answer.json()["access_until"]) <= timezone.now()
    for page in (desk.get(url("item", sent.pk)), system.get(f"/{sent.pk}")):
        assert page.status_code == 410
        assert sent.case.alias not in page.content.decode()
    assert sent.reference not in text(desk.get(url("partner_inbox")))
    assert AuditEvent.objects.filter(action="referral.disclosure.read_after_end").count() == 2
    again = system.post(f"/{sent.pk}/decline", {"reason": "Full."}, key="a")
    assert (again.status_code, again.json()) == (200, answer.json()), "a lost answer can be asked for again"
    assert system.post(f"/{sent.pk}/decline", {"reason": "Full."}, key="b").status_code == 409


def test_what_an_earlier_release_left_open_after_declining_is_closed():
    sent, partner = a_referral()
    referrals.decline(sent, "Full.", by=partner, at=timezone.now())
    Referral.objects.filter(pk=sent.pk).update(access_until=timezone.now() + timedelta(days=90))
    assert readable_now(Referral.objects.get(), at=timezone.now()) == ()


def test_what_an_earlier_release_left_open_after_completing_is_closed_where_nothing_later_is_asked_for():
    sent, partner = a_referral(agency="ombudsman", purpose="complaint")
    sent = referrals.accept(sent, by=partner, at=timezone.now())
    referrals.record_outcome(sent, "taken_up", "", by=partner, at=timezone.now())
    Referral.objects.filter(pk=sent.pk).update(access_until=timezone.now() + timedelta(days=60))
    assert readable_now(Referral.objects.get(), at=timezone.now()) == ()


@pytest.mark.parametrize(
    ("agency", "purpose", "reads_on"),
    [
        ("ngo-shelter", "shelter", True),
        ("victim-identification-commission", "identification", True),
        ("police-anti-trafficking", "investigation", False),
        ("ombudsman", "complaint", False),
    ],
)
def test_after_completing_it_is_read_until_its_date_only_where_later_outcomes_are_asked_for(
    protection, agency, purpose, reads_on
):
    sent, partner = a_referral(agency=agency, purpose=purpose)
    desk = protection.sign_in(partner)
    desk.post(url("accept", sent.pk))
    outcome = {"outcome": next(iter(agencies()[agency].outcomes)), "note": ""}
    done = desk.post(url("outcome", sent.pk), outcome, follow=True)
    assert done.status_code == 200
    assert "Outcome recorded" in text(done)
    page = desk.get(url("item", sent.pk))
    assert page.status_code == (200 if reads_on else 410)
    assert "<form" not in page.content.decode().split("<main", 1)[1].split("</main")[0]
    sent.refresh_from_db()
    assert readable_now(sent, at=sent.access_until) == ()
    for name in ("decline", "outcome"):
        assert desk.post(url(name, sent.pk), {"reason": "x", **outcome}).status_code in (410, 422)
    sent.refresh_from_db()
    assert sent.state == ReferralState.COMPLETED


@pytest.mark.parametrize("outcome", [CaseOutcome.PERSON_DECLINED, CaseOutcome.IDENTIFIED])
def test_a_case_closed_because_nothing_is_left_to_do_ends_reading(outcome):
    sent, partner = a_referral()
    referrals.accept(sent, by=partner, at=timezone.now())
    referrals.record_outcome(sent, "support_given", "", by=partner, at=timezone.now())
    cases.close(Case.objects.get(), outcome, "Over.", by=sent.case.caseworker, at=timezone.now())
    reads_on = outcome == CaseOutcome.IDENTIFIED
    assert bool(readable_now(Referral.objects.get(), at=timezone.now())) is reads_on


def test_an_agency_or_purpose_that_left_the_directory_reads_nothing(monkeypatch):
    sent, partner = a_referral()
    monkeypatch.setattr("referral.access.rule.find_purpose", lambda agency, purpose: None)
    assert readable_now(sent, at=timezone.now()) == ()
    with pytest.raises(Refused):
        referrals.accept(sent, by=partner, at=timezone.now())


def test_nobody_is_called_by_letter_to_what_was_withdrawn_meanwhile(settings):
    sent, partner = a_referral()
    row = Reminder.objects.get(kind=reminders.REFERRAL_MAIL, payload__to=str(partner.pk))
    assert set(row.payload) == {"to", "referral"}
    assert sent.consent
    consents.withdraw(sent.consent, by=sent.case.caseworker, at=timezone.now())
    work_reminders()
    assert partner.email not in [address for letter in mail.outbox for address in letter.to]


@pytest.mark.parametrize("how", ["here", "by an earlier release"])
@pytest.mark.parametrize("outcome", [CaseOutcome.PERSON_DECLINED, CaseOutcome.NO_CONCERN])
def test_a_case_that_is_opened_again_gives_no_agency_back_what_its_closing_took(protection, outcome, how):
    """The person did not want help: whoever opens the case again has not asked them yet."""
    first, _second, _newest, partner = two_under_two_consents()
    case = Case.objects.get()
    for row in case.referrals.filter(state=ReferralState.SENT):
        referrals.withdraw(row, by=case.caseworker, at=timezone.now())
    until = Referral.objects.get(pk=first.pk).access_until
    case = cases.close(case, outcome, "Done.", by=case.caseworker, at=timezone.now())
    if outcome == CaseOutcome.NO_CONCERN:
        waiting = open_proposal(case)
        assert waiting
        case = closing.confirm(waiting, by=a_caseworker(), at=timezone.now())
    written = Referral.objects.get(pk=first.pk)
    assert written.access_until == case.closed_at
    if how == "by an earlier release":  # nothing was written down
        Referral.objects.filter(pk=first.pk).update(access_until=until)
    cases.reopen(case, "A call.", by=case.caseworker, at=timezone.now())
    assert protection.sign_in(partner).get(url("item", first.pk)).status_code == 410
    assert not readable_now(Referral.objects.get(pk=first.pk), at=timezone.now())
    ended = AuditEvent.objects.filter(action="referral.disclosure.end_access", subject=first.pk)
    assert ended.count() == (1 if how == "here" else 2)
