"""The complete journey of an employer on the portal, as the portal's database role."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from permits.actions import applications
from permits.document_kinds import DocumentKind
from permits.models import Application, Employer, FeedItem, Outcome, Submission
from permits.states import State
from permits.submissions.draft import content_id
from tests.factories import permits as make
from tests.permits.employer import typed

pytestmark = pytest.mark.django_db


def page(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    text: str = response.content.decode()
    return text


def saved(application: Application) -> Application:
    """The application as the database has it, its parts not read yet."""
    return Application.objects.get(pk=application.pk)


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_an_employer_registers_fills_in_submits_answers_and_gets_the_permit(portal):
    portal.sign_in(make.a_user(name="Anahit"))
    assert "/companies/register/" in page(portal, "/")
    assert portal.post("/companies/register/", typed.COMPANY).url == "/"
    employer = Employer.objects.get()
    assert (employer.tax_number, employer.phone) == ("01234567", "+37410123456")
    make.verify_company(employer)

    address = portal.post("/applications/start/").url
    assert page(portal, address).count("Not started") == 5
    assert not Application.objects.exists(), "nothing is saved yet"

    follow = f"{address}worker/"
    for part, answers in typed.parts(timezone.localdate()).items():
        assert follow == f"{address}{part}/"
        response = portal.post(follow, answers)
        assert response.status_code == 302, response.content.decode()
        follow = response.url
    assert follow == f"{address}documents/"
    application = Application.objects.get()
    assert address == f"/applications/{application.pk}/"
    for kind in (DocumentKind.PASSPORT, DocumentKind.CONTRACT):
        sent = portal.post(follow, {"kind": kind, "file": make.a_file(f"{kind}.pdf")})
        assert sent.status_code == 302, sent.content.decode()
    assert page(portal, follow).count("Being checked") == 2

    to_check = page(portal, f"{address}check/")
    for shown in ("Rajesh Kumar", "+91 98765 43210", "N1234567", "37.5", "210\u00a0000", "Cooks (5120)"):
        assert shown in to_check
    submitted = portal.post(f"{address}check/", {"declared": "on", "draft": content_id(saved(application))})
    assert submitted.url == f"{address}submitted/"
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    confirmation = page(portal, submitted.url)
    assert application.reference
    assert application.reference in confirmation
    assert application.due_on
    assert application.due_on.strftime("%d.%m.%Y") in confirmation
    assert FeedItem.objects.filter(key=Submission.objects.get().pk).count() == 1

    question = make.a_question(application, text="Which floor?", sections=("terms",))
    assert "Answer a question" in page(portal, "/")
    assert "Which floor?" in page(portal, address)
    assert portal.get(f"{address}housing/").url == address
    assert (
        portal.post(f"{address}terms/", {"workplace": "2 Shore Street, floor 3"}).url == f"{address}answer/"
    )
    lacking = portal.post(f"{address}answer/", {"answer": "The third", "question": question.pk})
    assert lacking.status_code == 422
    assert "The third" in lacking.content.decode()
    portal.post(f"{address}terms/", typed.parts(timezone.localdate())["terms"])
    assert portal.post(f"{address}answer/", {"answer": "The third", "question": question.pk}).url == address
    question.refresh_from_db()
    assert question.answer == "The third"
    assert Submission.objects.count() == 2
    assert "You answered on" in page(portal, address)

    application.refresh_from_db()
    officer = application.officer
    make.check_documents(application)
    make.settle(application, Outcome.APPROVAL, by=officer)
    shown = page(portal, address)
    assert "The permit is issued" in shown
    permit = Application.objects.get().permit
    assert permit.number in shown
    pdf = portal.get(f"{address}permit.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert permit.number in pdf["Content-Disposition"]


def test_a_second_press_of_submit_shows_the_same_confirmation_and_files_once(portal):
    by = make.a_user()
    application = make.a_complete_application(by=by)
    portal.sign_in(by)
    address = f"/applications/{application.pk}/check/"
    sent = {"declared": "on", "draft": content_id(application)}
    first = portal.post(address, sent)
    second = portal.post(address, sent)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert portal.get(address).url == first.url
    assert Submission.objects.filter(application=application).count() == 1


def test_without_the_declaration_nothing_is_submitted(portal):
    by = make.a_user()
    application = make.a_complete_application(by=by)
    portal.sign_in(by)
    response = portal.post(f"/applications/{application.pk}/check/")
    assert response.status_code == 422
    assert "Confirm the declaration" in response.content.decode()
    assert Application.objects.get().state == State.DRAFT


CHANGES = {
    "a part": lambda draft, by: applications.save_part(
        draft, "terms", {"gross_wage": 90_000}, by=by, at=timezone.now()
    ),
    "a document": lambda draft, by: make.attach(draft, DocumentKind.CONTRACT, by=by, at=timezone.now()),
    "the company": lambda draft, by: Employer.objects.update(address="1 Other Street"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_colleague_changed_after_the_page_was_read_is_not_filed_unread(portal, change):
    by = make.a_user()
    application = make.a_complete_application(by=by)
    portal.sign_in(by)
    address = f"/applications/{application.pk}/check/"

    def shown(response: Any) -> str:
        found = re.search('name="draft" value="([^"]*)"', response.content.decode())
        assert found is not None
        return found[1]

    read = shown(portal.get(address))
    CHANGES[change](saved(application), by)
    for _press in range(2):
        late = portal.post(address, {"declared": "on", "draft": read})
        assert late.status_code == 422
        assert "This was changed meanwhile" in late.content.decode()
        assert shown(late) == read, "a second press does not pass for having read it"
    for unread in ({}, {"draft": "x"}, {"draft": str(uuid4())}, {"draft": "AS_SAVED"}, {"draft": "as saved"}):
        assert portal.post(address, {"declared": "on", **unread}).status_code == 422
    assert Application.objects.get().state == State.DRAFT
    assert not Submission.objects.exists()
    assert portal.post(address, {"declared": "on", "draft": shown(portal.get(address))}).status_code == 302
    assert Submission.objects.count() == 1


def test_an_incomplete_draft_is_not_submitted_and_the_page_says_what_is_missing(portal):
    by = make.a_user()
    application = make.a_draft(make.an_employer(by), by)
    portal.sign_in(by)
    shown = page(portal, f"/applications/{application.pk}/check/")
    assert "Enter the passport number" in shown
    assert "Submit the application" not in shown
    response = portal.post(
        f"/applications/{application.pk}/check/", {"declared": "on", "draft": content_id(application)}
    )
    assert response.status_code == 422
    assert Application.objects.get().state == State.DRAFT


def test_an_application_is_withdrawn_after_a_question_whether_it_is_meant(portal):
    by = make.a_user()
    application = make.a_submitted_application(by=by)
    portal.sign_in(by)
    address = f"/applications/{application.pk}/"
    assert "Withdraw this application?" in page(portal, f"{address}withdraw/")
    assert portal.post(f"{address}withdraw/", {"reason": "The worker changed plans"}).url == address
    assert "You withdrew this application" in page(portal, address)
    assert Application.objects.get().state == State.WITHDRAWN
    assert portal.post(f"{address}withdraw/").url == address


def test_a_refusal_shows_ground_reasons_and_the_appeal(portal):
    by = make.a_user()
    application = make.a_refusal(make.a_submitted_application(by=by))
    portal.sign_in(by)
    shown = page(portal, f"/applications/{application.pk}/")
    assert "The contract lacks a signature." in shown
    until = application.decisions.get().appeal_until
    assert until
    assert until.strftime("%d.%m.%Y") in shown


def test_a_proposed_decision_looks_to_the_employer_like_any_other_wait(portal):
    by = make.a_user()
    application = make.a_submitted_application(by=by)
    portal.sign_in(by)
    address = f"/applications/{application.pk}/"
    before = without_tokens(page(portal, address))
    make.propose(application, Outcome.REFUSAL, reason="No")
    assert without_tokens(page(portal, address)) == before


def test_a_delegate_without_a_company_is_told_whom_to_ask(portal):
    portal.sign_in(make.a_user("delegate"))
    assert "/companies/register/" not in page(portal, "/")
    assert portal.get("/companies/register/").status_code == 404
