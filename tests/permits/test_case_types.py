"""A case type is one file, and what it declares is what every step, page and guard goes by."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import get_template
from django.utils import timezone

from permits import case_types, guards
from permits.actions import applications, decisions, review
from permits.case_types import registry
from permits.case_types.declaration import ApprovalWords, CaseType
from permits.check_kinds import CheckKind, Weight
from permits.completeness.missing import missing
from permits.document_kinds import DocumentKind
from permits.employer.pages import PAGES, pages_of
from permits.employer.tasklist import tasks
from permits.models import Application, Check, Outcome, Permit, State
from permits.submissions.draft import Draft
from permits.workflow import APPLICATION
from tests.factories import permits as make
from wpis import law
from wpis.accounts.roles import Role
from wpis.errors import Refused
from wpis.formatting.days import day
from wpis.models import BackgroundJob

pytestmark = pytest.mark.django_db

FOLDER = Path(case_types.__file__).parent


def certificate_due(submitted: date, pauses: Iterable[tuple[date, date]] = ()) -> date:
    """Five days, and two more for every answer."""
    return submitted + timedelta(days=5 + 2 * len(list(pauses)))


def codes(find: Any, *wanted: str) -> Any:
    return lambda on: tuple(ground for ground in find(on) if ground.code in wanted)


CERTIFICATE = CaseType(
    slug="certificate",
    title="Certificate",
    parts=("terms", "worker", "documents"),
    documents=(DocumentKind.PHOTO,),
    checks=(CheckKind.DOCUMENTS,),
    decision_due=certificate_due,
    answer_due=lambda asked, *, submitted: asked + timedelta(days=1),
    appeal_due=lambda notified: notified + timedelta(days=9),
    approval_grounds=codes(law.approval_grounds, "exempt_category"),
    refusal_grounds=codes(law.refusal_grounds, "falsified_documents"),
    letters={**registry.case_type("new").letters, "received": "answered"},
    longest_term=None,
    approval=ApprovalWords(
        state="Certificate given",
        heading="The certificate is given",
        letter="Yes to %(reference)s: the certificate is given.",
        confirming="The certificate is given; no permit comes of it.",
    ),
)
"""A second case type, unlike the first in everything that a case type says."""


@pytest.fixture
def certificate(monkeypatch: Any) -> CaseType:
    """The second case type is there, as if its file were."""
    monkeypatch.setitem(registry.CASE_TYPES, CERTIFICATE.slug, CERTIFICATE)
    return CERTIFICATE


@pytest.fixture
def draft(certificate: CaseType) -> Application:
    """An application of it in which nothing is missing."""
    by, now = make.a_user(), timezone.now()
    application = applications.start(make.an_employer(by), kind="certificate", by=by, at=now, language="en")
    filled = make.answers(timezone.localdate(now))
    for part in ("worker", "terms"):
        applications.save_part(application, part, filled[part], by=by, at=now)
    make.attach(application, DocumentKind.PHOTO, by=by, at=now)
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def filed(draft: Application) -> Application:
    """The same, submitted."""
    return applications.submit(
        draft, by=draft.created_by, at=timezone.now(), declared=True, expected_draft=Draft.AS_SAVED
    )


# --- the files ------------------------------------------------------------------------------------


def test_every_file_is_a_case_type_and_every_case_type_is_a_file() -> None:
    files = {file.stem for file in FOLDER.glob("*.py")} - registry.NOT_CASE_TYPES - {"__init__"}
    assert files == set(registry.CASE_TYPES) == {slug for slug, _title in registry.choices()}
    assert all(declared.slug == slug for slug, declared in registry.CASE_TYPES.items())


def test_the_column_offers_what_the_files_declare_without_a_migration(certificate: CaseType) -> None:
    column = Application._meta.get_field("kind")
    assert ("certificate", "Certificate") in column.flatchoices
    assert column.deconstruct()[3]["choices"] is registry.choices, "the migration names the callable"


@pytest.mark.parametrize("slug", registry.CASE_TYPES)
def test_what_a_case_type_names_is_there(slug: str) -> None:
    declared = registry.case_type(slug)
    assert set(declared.parts) <= set(PAGES)
    assert len(set(declared.parts)) == len(declared.parts)
    assert set(declared.documents) <= set(DocumentKind)
    notices = {bound.notice for bound in APPLICATION.bindings.values()} - {None}
    assert set(declared.letters) == notices, "one letter for each step that the employer is told of"
    for letter in declared.letters.values():
        get_template(f"permits/letters/{letter}.txt")
    for on in (date(2025, 6, 2), date(2026, 12, 1)):
        assert declared.approval_grounds(on)
        assert declared.refusal_grounds(on)
        assert declared.decision_due(on) > on
        assert declared.answer_due(on, submitted=on) > on
        assert declared.appeal_due(on) > on


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("x = 1", "declares no CASE_TYPE"),
        ("from permits.case_types.new import CASE_TYPE", "its slug is 'new'"),
    ],
)
def test_a_file_that_is_no_case_type_of_its_own_fails_at_import(
    tmp_path: Path, monkeypatch: Any, source: str, complaint: str
) -> None:
    package = tmp_path / "planted_case_types"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "planted.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        with pytest.raises(ImproperlyConfigured, match=complaint):
            registry.read(import_module("planted_case_types"))
    finally:
        for name in [name for name in sys.modules if name.startswith("planted_case_types")]:
            del sys.modules[name]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"parts": ("worker", "documents")}, "must ask the part terms"),
        ({"parts": ("worker", "terms")}, "requires documents but does not ask for them"),
        ({"checks": (CheckKind.OPINION,)}, "name the agencies"),
        ({"opinions": {"weather-service": Weight.BINDING}}, "no agency is called weather-service"),
        ({"longest_term": "no_such_months"}, "the law book has no no_such_months"),
    ],
)
def test_a_case_type_that_contradicts_itself_fails_at_import(changes: dict[str, Any], complaint: str) -> None:
    fields = {name: getattr(CERTIFICATE, name) for name in CaseType.__dataclass_fields__}
    with pytest.raises(ImproperlyConfigured, match=complaint):
        CaseType(**(fields | changes))


def test_an_approval_letter_that_names_no_application_fails_at_import() -> None:
    with pytest.raises(ImproperlyConfigured, match="reference"):
        replace(CERTIFICATE.approval, letter="The certificate is given.")


def test_a_case_type_that_nobody_declared_cannot_be_started() -> None:
    by = make.a_user()
    with pytest.raises(KeyError):
        applications.start(make.an_employer(by), kind="holiday", by=by, at=timezone.now())


# --- a second one, honoured everywhere ------------------------------------------------------------


def test_only_what_it_asks_is_missing_listed_and_open(draft: Application, client_on: Any) -> None:
    assert missing(draft) == []
    assert list(pages_of(draft)) == ["terms", "worker", "documents"]
    assert [task.page.part for task in tasks(draft)] == ["terms", "worker", "documents"]
    by, now = draft.created_by, timezone.now()
    with pytest.raises(Refused):
        applications.save_part(draft, "housing", {"provider": "employer"}, by=by, at=now)
    portal, address = client_on("portal").sign_in(by), f"/applications/{draft.pk}/"
    assert "Housing" not in portal.get(address).content.decode()
    assert portal.get(f"{address}housing/").status_code == 404
    assert portal.post(f"{address}housing/", {"provider": "employer"}).status_code == 404
    assert "Part 1 of 3" in portal.get(f"{address}terms/").content.decode()
    assert portal.get(f"{address}check/").status_code == 200


def test_the_document_it_requires_is_missed_and_no_other(certificate: CaseType) -> None:
    by, now = make.a_user(), timezone.now()
    empty = applications.start(make.an_employer(by), kind="certificate", by=by, at=now)
    lacking = missing(empty)
    assert {item.part for item in lacking} == {"worker", "terms", "documents"}
    assert [item.field for item in lacking if item.part == "documents"] == [DocumentKind.PHOTO]


def test_filing_starts_its_clock_asks_its_checks_and_sends_its_letter(filed: Application) -> None:
    received = timezone.localdate(filed.submitted_at)
    assert (filed.state, filed.due_on) == (State.SUBMITTED, received + timedelta(days=5))
    checks = Check.objects.filter(submission__application=filed)
    assert list(checks.values_list("kind", flat=True)) == [CheckKind.DOCUMENTS]
    job = BackgroundJob.objects.get(kind="notice", payload__application=str(filed.pk))
    assert job.payload["letter"] == "answered", "its own letter for the step"


def test_its_questions_have_its_clock_and_open_its_parts_only(filed: Application, client_on: Any) -> None:
    officer, now = make.a_user(Role.OFFICER), timezone.now()
    review.take(filed, by=officer, at=now)
    desk = client_on("office").sign_in(officer)
    page = desk.get(f"/files/{filed.reference}/ask/").content.decode()
    assert 'value="worker"' in page
    assert 'value="housing"' not in page
    assert "Address of the housing" not in page, "no ready sentence opens a part that is not asked"
    assert desk.get(f"/files/{filed.reference}/").status_code == 200
    question = review.ask(
        filed,
        "Which floor?",
        ["housing", "terms"],
        expected_submission=make.newest(filed),
        by=officer,
        at=now,
    )
    assert question.sections == ["terms"]
    assert question.answer_by == timezone.localdate(now) + timedelta(days=1)
    answered = applications.answer(
        filed, "The third.", expected_question=question.pk, by=filed.created_by, at=now
    )
    assert answered.due_on == timezone.localdate(filed.submitted_at) + timedelta(days=7)


def test_an_approval_waits_for_its_checks_alone_on_its_grounds_and_issues_what_it_says(
    filed: Application,
) -> None:
    officer, now = make.a_user(Role.OFFICER), timezone.now()
    taken = review.take(filed, by=officer, at=now)
    assert guards.checks_complete(taken, officer) == []
    assert [ground.code for ground in decisions.grounds(taken, Outcome.APPROVAL)] == ["exempt_category"]
    propose = partial(
        decisions.propose,
        taken,
        Outcome.APPROVAL,
        reason="",
        expected_submission=make.newest(taken),
        by=officer,
        at=now,
    )
    with pytest.raises(Refused):
        propose(ground="appeal_upheld")
    proposed = propose(ground="exempt_category")
    approved = decisions.confirm(taken, expected_decision=proposed.pk, by=make.a_user(Role.OFFICER), at=now)
    assert approved.state == State.APPROVED
    assert not Permit.objects.exists(), "this case type issues no permit"


def test_an_open_check_of_its_own_holds_its_approval(filed: Application) -> None:
    make.open_again(Check.objects.filter(submission__application=filed))
    assert guards.checks_complete(filed, None) == [
        "Not all checks have completed yet: Check of the uploaded files."
    ]


# --- and on every page, from the start to the decision --------------------------------------------


def read(client: Any, address: str) -> str:
    """The words of a page, on one line."""
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def test_the_employer_chooses_the_case_type_where_there_are_several(
    certificate: CaseType, client_on: Any
) -> None:
    owner = make.a_user()
    make.an_employer(owner)
    portal = client_on("portal").sign_in(owner)
    page = read(portal, "/applications/start/")
    assert "New work permit" in page
    assert "Certificate" in page
    assert "five pages" not in page, "how many pages is for the case type to say"
    assert 'method="get" action="/applications/start/"' in read(portal, "/"), "the button leads to the choice"
    for sent in ({}, {"kind": "holiday"}):
        assert portal.post("/applications/start/", sent).status_code == 422
    assert not Application.objects.exists()
    address = portal.post("/applications/start/", {"kind": "certificate"}).url
    portal.post(f"{address}worker/", {"surname": "Sharma"})
    assert Application.objects.get().kind == "certificate"


def test_with_one_case_type_nobody_is_asked(client_on: Any) -> None:
    owner = make.a_user()
    make.an_employer(owner)
    portal = client_on("portal").sign_in(owner)
    assert 'name="kind"' not in read(portal, "/applications/start/")
    address = portal.post("/applications/start/").url
    portal.post(f"{address}worker/", {"surname": "Sharma"})
    assert Application.objects.get().kind == "new"


def test_it_walks_to_its_approval_in_its_own_words(filed: Application, client_on: Any) -> None:
    first, second = make.a_user(Role.OFFICER), make.a_user(Role.OFFICER)
    portal, desk = client_on("portal").sign_in(filed.created_by), client_on("office").sign_in(first)
    status, page = f"/applications/{filed.pk}/", f"/files/{filed.reference}/"
    due = timezone.localdate(filed.submitted_at) + timedelta(days=5)
    assert f"We decide by {day(due)}" in read(portal, status)
    assert desk.post(f"{page}take/").status_code == 302
    assert "Housing" not in read(desk, page)
    assert "Every check has completed." in read(desk, f"{page}decide/")
    propose = f"{page}decide/approval/"
    assert "exempt_category" in read(desk, propose)
    assert "permit_within_quota" not in read(desk, propose)
    sent = {"ground": "exempt_category", "reason": "", "submission": make.newest(filed)}
    preview = desk.post(propose, sent | {"preview": "1"}).content.decode()
    assert f"Yes to {filed.reference}: the certificate is given." in preview
    assert desk.post(propose, sent).status_code == 302
    desk = client_on("office").sign_in(second)
    confirm = read(desk, f"{page}confirm/")
    assert "The certificate is given; no permit comes of it." in confirm
    assert f"Yes to {filed.reference}: the certificate is given." in confirm
    assert "permit is issued" not in preview + confirm
    assert desk.post(f"{page}confirm/", {"decision": make.proposal(filed)}).status_code == 302
    told = read(portal, status)
    assert "The certificate is given" in told
    assert "Certificate given" in told
    for words in ("The permit is issued", "Permit issued", "Download the permit", "Valid from"):
        assert words not in told
    assert "Certificate given" in read(portal, "/applications/")
    assert "<h2>Permits</h2>" not in read(portal, "/"), "it has no permit to list"


def test_a_refusal_of_it_is_appealed_by_its_own_clock(filed: Application, client_on: Any) -> None:
    officer, now = make.a_user(Role.OFFICER), timezone.now()
    taken = review.take(filed, by=officer, at=now)
    make.propose(taken, Outcome.REFUSAL, reason="Drawn by hand.", by=officer)
    last = timezone.localdate(now) + timedelta(days=9)
    desk = client_on("office").sign_in(make.a_user(Role.OFFICER))
    page = f"/files/{filed.reference}/confirm/"
    assert f"You can appeal until {day(last)}: in writing" in read(desk, page)
    assert desk.post(page, {"decision": make.proposal(filed)}).status_code == 302
    assert filed.decisions.get().appeal_until == last
    portal = client_on("portal").sign_in(filed.created_by)
    assert f"You can appeal until {day(last)}:" in read(portal, f"/applications/{filed.pk}/")


def test_its_page_about_the_job_promises_no_permit(draft: Application, client_on: Any) -> None:
    portal = client_on("portal").sign_in(draft.created_by)
    assert "A permit is issued for at most" not in read(portal, f"/applications/{draft.pk}/terms/")
