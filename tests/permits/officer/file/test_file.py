"""The file page: what was filed, beside the documents, compared and held against the law; every look is logged."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permits.actions import applications, review
from permits.document_kinds import DocumentKind
from permits.models import Application, Worker
from permits.submissions.draft import Draft
from tests.factories import permits as make
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
ZONE = {"mrz": make.MRZ, "passport_number": "N1234567", "passport_expires_on": date(2031, 8, 15)}


def text_of(desk, file, query=""):
    response = desk.get(f"/files/{file.reference}/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def row(text, label):
    """The row of one value, as HTML."""
    return text.split(f"<dt>{label}</dt>")[1].split("</div>")[0]


@pytest.fixture
def answered(officer):
    """A file that was corrected: the second submission stands."""
    owner, at = make.a_user(), timezone.now() - timedelta(days=3)
    file = make.a_submitted_application(make.an_employer(owner), owner, at, terms={"gross_wage": 180_000})
    review.take(file, by=officer, at=at + timedelta(minutes=1))
    review.ask(
        file,
        "Is the wage right?",
        ["terms"],
        expected_submission=make.newest(file),
        by=officer,
        at=at + timedelta(minutes=2),
    )
    applications.save_part(file, "terms", {"gross_wage": 150_000}, by=owner, at=at + timedelta(days=1))
    return applications.answer(
        file,
        "It is lower, sorry.",
        expected_question=make.asked(file),
        by=owner,
        at=at + timedelta(days=1),
    )


def test_opening_a_file_is_logged_with_the_officer(desk, officer):
    file = make.a_submitted_application()
    text_of(desk, file)
    event = AuditEvent.objects.get(action="permits.file.read")
    assert (event.actor, event.subject, event.surface) == (officer.pk, file.pk, "office")


def test_a_draft_a_wrong_reference_and_a_strangers_page_are_one_and_the_same_404(desk, client_on):
    owner = make.a_user()
    draft = make.a_complete_application(make.an_employer(owner), owner)
    Application.objects.filter(pk=draft.pk).update(reference="WP-0000000000000")
    pages = [desk.get("/files/WP-0000000000000/"), desk.get("/files/nope/"), desk.get("/nope/")]
    for step in (
        "ask",
        "take-over",
        "release",
        "decide",
        "decide/approval",
        "confirm",
        "permit",
        "show/worker.phone",
    ):
        pages.append(desk.get(f"/files/WP-0000000000000/{step}/"))
    employer = client_on("office").sign_in(make.a_user("employer"))
    assert employer.get("/files/WP-0000000000000/").status_code == 302, "not an account of this surface"
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert not AuditEvent.objects.filter(action="permits.file.read").exists()


def test_changes_since_the_submission_before_are_marked_in_words(desk, answered):
    text = text_of(desk, answered)
    assert "1 value changed since the submission of" in text
    wage = row(text, "Gross monthly wage")
    assert '<del class="d"><span class="vh">was </span>180 000 ֏</del>' in wage
    assert '<ins class="d"><span class="vh">now </span>150 000 ֏</ins>' in wage
    assert "<del" not in row(text, "Job title in the contract")


def test_what_the_employer_is_still_changing_is_not_shown(desk, officer):
    owner = make.a_user()
    file = make.a_submitted_application(make.an_employer(owner), owner)
    make.a_question(file, by=officer, sections=("terms", "worker"))
    applications.save_part(file, "terms", {"job_title": "Halfway"}, by=owner, at=timezone.now())
    text = text_of(desk, file)
    assert "Halfway" not in text
    assert "Bricklayer" in text


def test_typed_values_are_compared_with_the_passport_zone(desk):
    changes = {**ZONE, "surname": "SHARMMA", "given_names": "PETER", "birth_date": date(1991, 3, 28)}
    text = text_of(desk, make.a_submitted_application(worker=changes))
    assert "close to the passport lines: SHARMA" in row(text, "Surname")
    assert "the passport lines say: RAJESH KUMAR" in row(text, "Given names")
    assert "the passport lines say: 27.03.1991" in row(text, "Date of birth")
    assert "as in the typed passport lines" in row(text, "Passport number")
    assert "as in the typed passport lines" in row(text, "Passport valid until")


def test_another_passport_number_is_said_without_showing_it(desk):
    text = text_of(desk, make.a_submitted_application(worker={**ZONE, "passport_number": "K7654321"}))
    assert "another number in the passport lines" in row(text, "Passport number")
    assert "N1234567" not in text
    assert "K7654321" not in text


def test_a_missing_zone_is_said_in_words(desk):
    assert "No passport lines were given" in text_of(desk, make.a_submitted_application())


def test_the_terms_are_held_against_the_law_and_nothing_else(desk):
    at = timezone.now()
    terms = {
        "gross_wage": 60_000,
        "weekly_hours": 52,
        "ends_on": timezone.localdate(at) + timedelta(days=60 + 400),
    }
    text = text_of(desk, make.a_submitted_application(at=at, terms=terms))
    assert text.count("Outside the limit") == 3
    assert "at least 75 000 ֏ a month" in text
    assert text_of(desk, make.a_submitted_application()).count("Within the limit") == 4


def test_half_a_week_needs_half_the_minimum_wage(desk):
    text = text_of(desk, make.a_submitted_application(terms={"weekly_hours": 20, "gross_wage": 37_500}))
    assert "at least 37 500 ֏ a month for these hours" in text
    assert "Outside the limit" not in text


def test_masked_values_are_not_on_the_page(desk):
    file = make.a_submitted_application()
    worker = Worker.objects.get(pk=file.pk)
    account = file.terms.wage_account
    text = text_of(desk, file)
    for secret in (worker.passport_number, worker.phone, worker.email, account):
        assert secret not in text
    assert f"N••••{worker.passport_number[-3:]}" in text


def test_a_masked_value_is_shown_once_against_a_reason_and_logged(desk, officer):
    file = make.a_submitted_application()
    secret, url = (
        Worker.objects.get(pk=file.pk).passport_number,
        f"/files/{file.reference}/show/worker.passport_number/",
    )
    assert secret not in desk.get(url).content.decode()
    refused = desk.post(url, {"why": "other"})
    assert refused.status_code == 422
    assert secret not in refused.content.decode()
    assert not AuditEvent.objects.filter(action="permits.worker.reveal").exists()
    assert secret in desk.post(url, {"why": "identity"}).content.decode()
    event = AuditEvent.objects.get(action="permits.worker.reveal")
    assert (event.actor, event.subject) == (officer.pk, file.pk)
    assert event.detail == {"field": "worker.passport_number", "why": "identity"}
    assert secret not in desk.get(url).content.decode(), "asked again"


def test_only_masked_fields_can_be_revealed(desk):
    file = make.a_submitted_application()
    for field in ("worker.mrz", "terms.gross_wage", "worker.__class__", "passport_number"):
        assert desk.get(f"/files/{file.reference}/show/{field}/").status_code == 404


def test_a_page_of_a_document_is_a_picture_and_looking_at_it_is_logged(desk, officer):
    file = make.a_submitted_application()
    paper = file.documents.first()
    assert paper
    url = f"/files/{file.reference}/documents/{paper.pk}/1.png"
    assert f'<img src="{url}"' in text_of(desk, file)
    picture = desk.get(url)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert picture.content.startswith(b"\x89PNG")
    event = AuditEvent.objects.get(action="permits.document.read")
    assert (event.actor, event.subject, event.detail["page"]) == (officer.pk, paper.pk, 1)
    assert desk.get(url.replace("1.png", "2.png")).status_code == 404
    other = make.a_submitted_application()
    assert desk.get(f"/files/{other.reference}/documents/{paper.pk}/1.png").status_code == 404


def test_a_document_that_is_still_being_checked_is_not_shown(desk):
    at, owner = timezone.now(), make.a_user()
    draft = make.a_complete_application(make.an_employer(owner), owner, at)
    paper = make.attach(draft, DocumentKind.OTHER, by=owner, at=at, checked=False)
    file = applications.submit(draft, by=owner, at=at, declared=True, expected_draft=Draft.AS_SAVED)
    text = text_of(desk, file, f"?document={paper.pk}")
    assert "This file is still being checked" in text
    assert "Check of the uploaded files" in text
    assert desk.get(f"/files/{file.reference}/documents/{paper.pk}/1.png").status_code == 404


def test_documents_that_came_or_went_after_filing_are_not_shown(desk, officer):
    from permits.actions import documents

    owner = make.a_user()
    file = make.a_submitted_application(make.an_employer(owner), owner)
    passport = file.documents.get(kind="passport")
    make.a_question(file, by=officer, sections=("documents",))
    documents.remove(passport, by=owner, at=timezone.now())
    make.attach(file, DocumentKind.HOUSING, by=owner, at=timezone.now(), checked=False)
    text = text_of(desk, file)
    assert "Copy of the passport page with the photo" in text
    assert "Housing agreement" not in text


def test_history_says_who_did_what_when_and_why(desk, answered, officer):
    review.release(answered, "Waiting for the bank statement.", by=officer, at=timezone.now())
    text = text_of(desk, answered)
    steps = ("Put back into the queue", "Employer answered", "Question sent", "Taken for review", "Submitted")
    places = [text.index(f"<strong>{step}") for step in steps]
    assert places == sorted(places), "newest first"
    assert "Waiting for the bank statement." in text
    assert officer.name in text


def test_a_file_costs_a_fixed_number_of_queries(desk, answered):
    short = make.a_submitted_application()
    counts = []
    for file in (short, answered, short):
        with CaptureQueriesContext(connection) as queries:
            text_of(desk, file)
        counts.append(len(queries))
    assert max(counts) - min(counts) <= 5, counts  # of one's own file also who may take the next step
    assert max(counts) <= 27, [query["sql"][:80] for query in queries]


def test_the_permit_page_leads_to_the_same_pdf_for_everybody(desk, second_desk):
    permit = make.a_permit()
    text = text_of(desk, permit.application, "permit/")
    assert permit.number in text
    assert "RAJESH KUMAR SHARMA" in text
    pdf = desk.get(f"/files/{permit.application.reference}/permit.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content == second_desk.get(f"/files/{permit.application.reference}/permit.pdf").content
    assert AuditEvent.objects.filter(action="permits.permit.read", subject=permit.pk).count() == 2


def test_an_open_file_has_no_permit_page(desk):
    file = make.a_submitted_application()
    assert desk.get(f"/files/{file.reference}/permit/").status_code == 404
    assert desk.get(f"/files/{file.reference}/permit.pdf").status_code == 404
