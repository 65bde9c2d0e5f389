"""What the file itself shows to be unlawful is approved only when two persons write why; both read the same list."""

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from permits.actions import decisions
from permits.assessment.assess import assess
from permits.assessment.legal_limits import Limit
from permits.models import Application, Decision, LimitJustification, Outcome, Permit, State, Submission
from tests.conftest import standing_on
from tests.factories import permits as make
from tests.factories.permits import a_user
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

UNLAWFUL = {"gross_wage": 65_000, "weekly_hours": 60, "days_per_week": 6}
WHY, WHY_TOO = "The contract was corrected; see the supplement.", "I have read the supplement."
ASKED = "Why approve although a limit of the law is broken?"


@pytest.fixture
def unlawful():
    return make.a_submitted_application(terms=UNLAWFUL)


def plain(response) -> str:
    return " ".join(response.content.decode().split())


def test_each_of_two_persons_writes_why_and_both_reasons_are_kept(unlawful, client_on):
    officer, second = a_user(Role.OFFICER), a_user(Role.OFFICER)
    make.propose(unlawful, Outcome.APPROVAL, by=officer, justification=WHY)
    desk = client_on("office").sign_in(second)
    address = f"/files/{unlawful.reference}/confirm/"
    page = plain(desk.get(address))
    assert WHY in page, "the second person reads what the first one wrote"
    assert ASKED in page
    decision = str(make.proposal(unlawful))
    refused = desk.post(address, {"decision": decision})
    assert refused.status_code == 422
    assert "Say why the application is to be approved" in plain(refused)
    assert not Permit.objects.exists()
    assert desk.post(address, {"decision": decision, "justification": WHY_TOO}).status_code == 302
    assert Permit.objects.get(application=unlawful)
    kept = LimitJustification.objects.filter(decision__pk=decision)
    assert [(row.by, row.reason, row.limits) for row in kept] == [
        (officer, WHY, ["wage", "weekly_hours"]),
        (second, WHY_TOO, ["wage", "weekly_hours"]),
    ]
    assert AuditEvent.objects.filter(action="permits.decision.justify").count() == 2


@pytest.mark.parametrize("said", ["", "   \n"], ids=["nothing", "blanks"])
def test_nobody_proposes_it_without_a_reason(unlawful, said):
    with pytest.raises(Refused) as refused:
        make.propose(unlawful, Outcome.APPROVAL, justification=said)
    assert refused.value.field == "justification"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("said", ["", "   \n"], ids=["nothing", "blanks"])
def test_nobody_confirms_it_without_a_reason(unlawful, said):
    make.propose(unlawful, Outcome.APPROVAL, justification=WHY)
    with pytest.raises(Refused) as refused, transaction.atomic():
        decisions.confirm(
            unlawful,
            expected_decision=make.proposal(unlawful),
            by=a_user(Role.OFFICER),
            at=timezone.now(),
            justification=said,
        )
    assert refused.value.field == "justification"
    assert Application.objects.get(pk=unlawful.pk).state == State.APPROVAL_PROPOSED


def test_who_proposed_it_is_refused_as_the_second_person_whatever_they_write(unlawful, client_on):
    officer = a_user(Role.OFFICER)
    make.propose(unlawful, Outcome.APPROVAL, by=officer, justification=WHY)
    desk = client_on("office").sign_in(officer)
    sent = {"decision": str(make.proposal(unlawful)), "justification": WHY_TOO}
    assert desk.post(f"/files/{unlawful.reference}/confirm/", sent).status_code == 409
    assert Application.objects.get(pk=unlawful.pk).state == State.APPROVAL_PROPOSED
    assert LimitJustification.objects.count() == 1


def test_a_refusal_needs_no_such_reason(unlawful, client_on):
    make.propose(unlawful, Outcome.REFUSAL, reason="The wage is below the minimum.")
    desk = client_on("office").sign_in(a_user(Role.OFFICER))
    address = f"/files/{unlawful.reference}/confirm/"
    page = plain(desk.get(address))
    assert ASKED not in page
    assert "What speaks against an approval" in page
    assert desk.post(address, {"decision": str(make.proposal(unlawful))}).status_code == 302
    assert Application.objects.get(pk=unlawful.pk).state == State.REFUSED
    assert not LimitJustification.objects.exists()


def test_a_lawful_contract_asks_for_no_reason_and_keeps_none(client_on):
    file = make.a_submitted_application()
    make.propose(file, Outcome.APPROVAL, justification="Said for nothing.")
    desk = client_on("office").sign_in(a_user(Role.OFFICER))
    assert ASKED not in plain(desk.get(f"/files/{file.reference}/confirm/"))
    desk.post(f"/files/{file.reference}/confirm/", {"decision": str(make.proposal(file))})
    assert Permit.objects.filter(application=file).exists()
    assert not LimitJustification.objects.exists()


@pytest.mark.parametrize("page", ["", "decide/", "decide/approval/", "decide/refusal/"])
def test_every_page_on_the_way_to_a_decision_shows_what_speaks_against_it(unlawful, desk, officer, page):
    make.complete_checks(unlawful)
    desk.post(f"/files/{unlawful.reference}/take/")
    text = plain(desk.get(f"/files/{unlawful.reference}/{page}"))
    assert "What speaks against an approval" in text
    assert "<strong>Gross wage</strong>" in text
    assert "<strong>Hours a week</strong>" in text
    assert "2 limits of the law broken" in text
    assert "RAJESH KUMAR SHARMA" in text
    assert "1991" in text
    assert "India" in text


def test_the_page_to_confirm_names_the_job_the_pay_and_the_days_of_the_permit(client_on):
    file = make.a_submitted_application()
    make.propose(file, Outcome.APPROVAL)
    text = plain(client_on("office").sign_in(a_user(Role.OFFICER)).get(f"/files/{file.reference}/confirm/"))
    permit = assess(Application.objects.get(pk=file.pk), at=timezone.now()).permit_today
    assert permit
    assert permit.possible
    for said in ("RAJESH KUMAR SHARMA", "Bricklayer", "320 000", permit.stated):
        assert said in text.replace("\xa0", " "), said


TERMS: list[tuple[dict[str, object], dict[str, object], list[Limit]]] = [
    ({}, {}, []),
    ({"gross_wage": 74_999}, {}, [Limit.WAGE]),
    ({"gross_wage": 75_000}, {}, []),
    ({"weekly_hours": 48, "days_per_week": 6}, {}, []),
    ({"weekly_hours": 49, "days_per_week": 6}, {}, [Limit.WEEKLY_HOURS]),
    ({"weekly_hours": 48, "days_per_week": 3}, {}, [Limit.DAILY_HOURS]),
    (
        {"weekly_hours": 40},
        {"birth_date": date.today().replace(day=1) - timedelta(days=16 * 366)},
        [Limit.WEEKLY_HOURS],
    ),  # a minor's week is shorter
]


@pytest.mark.parametrize(("terms", "worker", "broken"), TERMS, ids=str)
def test_the_limits_of_a_contract(terms, worker, broken):
    file = make.a_submitted_application(terms=terms, worker=worker)
    found = assess(file, at=timezone.now())
    assert [limit.name for limit in found.broken_limits] == broken


def test_a_difference_from_the_passport_lines_is_counted_and_says_who_typed_them(desk):
    file = make.a_submitted_application(
        worker={"mrz": make.MRZ, "passport_number": "N1234567", "passport_expires_on": date(2031, 8, 15)}
    )
    text = plain(desk.get(f"/files/{file.reference}/"))
    assert "as in the typed passport lines" in text
    assert "The employer typed these passport lines." in text


def test_an_earlier_refusal_of_the_same_passport_is_named_with_its_employer(desk):
    earlier = make.a_submitted_application(worker={"passport_number": "K7654321"})
    make.settle(earlier, Outcome.REFUSAL, reason="No signature.")
    file = make.a_submitted_application(worker={"passport_number": "K7654321"})
    text = plain(desk.get(f"/files/{file.reference}/"))
    assert "1 earlier refusal" in text
    assert text.count(str(earlier.reference)) >= 2, "among what speaks against it, and among the other files"
    assert str(file.reference) in plain(desk.get(f"/files/{earlier.reference}/"))


def test_a_draft_with_the_same_passport_is_nobody_s_business(desk):
    file = make.a_submitted_application(worker={"passport_number": "K7654321"})
    make.a_complete_application(worker={"passport_number": "K7654321"})
    assert assess(file, at=timezone.now()).same_passport == []


def test_the_last_question_its_answer_and_a_proposal_sent_back_are_on_the_list(client_on):
    file = make.a_submitted_application()
    make.propose(file, Outcome.APPROVAL)
    decisions.send_back(
        file,
        "Look at the term again.",
        expected_decision=make.proposal(file),
        by=a_user(Role.OFFICER),
        at=timezone.now(),
    )
    facts = assess(Application.objects.get(pk=file.pk), at=timezone.now()).facts
    assert ["Look at the term again." in fact.text for fact in facts if fact.source == "returned"] == [True]


def test_a_file_that_cannot_be_read_is_not_approved(unlawful):
    make.complete_checks(unlawful)
    with pgtrigger.ignore("permits.Submission:immutable"):
        Submission.objects.filter(application=unlawful).update(digest="0" * 64)
    with pytest.raises(Refused, match="cannot be read"):
        make.propose(unlawful, Outcome.APPROVAL, justification=WHY)


def test_the_portal_can_neither_read_nor_write_the_reasons(unlawful):
    make.propose(unlawful, Outcome.APPROVAL, justification=WHY)
    with standing_on("portal"), pytest.raises(DatabaseError), transaction.atomic():
        LimitJustification.objects.count()


def test_a_reason_is_written_once(unlawful):
    make.propose(unlawful, Outcome.APPROVAL, justification=WHY)
    row = LimitJustification.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        LimitJustification.objects.filter(pk=row.pk).update(at=row.at + timedelta(days=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_the_office_s_role_cannot_settle_it_in_sql_without_the_second_reason(unlawful):
    decision = make.propose(unlawful, Outcome.APPROVAL, justification=WHY)
    second, now = a_user(Role.OFFICER), timezone.now()
    with standing_on("office"):
        Application.objects.filter(pk=unlawful.pk).update(state=State.APPROVED, decided_at=now)
        with pytest.raises(DatabaseError, match="the second person too"), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(settled_by=second, settled_at=now, confirmed=True)
