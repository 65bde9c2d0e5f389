"""A case type is one file, and what it declares is what every step, page and guard goes by."""

import sys
from collections.abc import Iterable
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
from permits.case_types.declaration import CaseType
from permits.check_kinds import CheckKind, Weight
from permits.document_kinds import DocumentKind
from permits.employer.pages import PAGES, pages_of
from permits.employer.tasklist import tasks
from permits.models import Application, Check, Outcome, Permit, State
from permits.parts.completeness import missing
from permits.submissions.draft import Draft
from permits.workflow import APPLICATION
from tests.factories import permits as make
from wpis import law
from wpis.accounts.roles import Role
from wpis.errors import Refused
from wpis.models import BackgroundJob

pytestmark = pytest.mark.django_db

FOLDER = Path(case_types.__file__).parent


def certificate_due(submitted: date, pauses: Iterable[tuple[date, date]] = ()) -> date:
    """Five days, and two more for every answer."""
    return submitted + timedelta(days=5 + 2 * len(list(pauses)))


def codes(find: Any, *wanted: str) -> Any:
    return lambda day: tuple(ground for ground in find(day) if ground.code in wanted)


CERTIFICATE = CaseType(
    slug="certificate",
    title="Certificate",
    parts=("terms", "worker", "documents"),
    documents=(DocumentKind.PHOTO,),
    checks=(CheckKind.DOCUMENTS,),
    decision_due=certificate_due,
    answer_due=lambda asked, *, submitted: asked + timedelta(days=1),
    approval_grounds=codes(law.approval_grounds, "exempt_category"),
    refusal_grounds=codes(law.refusal_grounds, "falsified_documents"),
    letters={**registry.case_type("new").letters, "received": "answered"},
    longest_term=None,
    same_as_last=("worker",),
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
    application = applications.start(make.an_employer(by), by=by, at=now, language="en", kind="certificate")
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
    for day in (date(2025, 6, 2), date(2026, 12, 1)):
        assert declared.approval_grounds(day)
        assert declared.refusal_grounds(day)
        assert declared.decision_due(day) > day
        assert declared.answer_due(day, submitted=day) > day


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
        ({"same_as_last": ("housing",)}, "does not ask housing"),
    ],
)
def test_a_case_type_that_contradicts_itself_fails_at_import(changes: dict[str, Any], complaint: str) -> None:
    fields = {name: getattr(CERTIFICATE, name) for name in CaseType.__dataclass_fields__}
    with pytest.raises(ImproperlyConfigured, match=complaint):
        CaseType(**(fields | changes))


def test_a_case_type_that_nobody_declared_cannot_be_started() -> None:
    by = make.a_user()
    with pytest.raises(KeyError):
        applications.start(make.an_employer(by), by=by, at=timezone.now(), kind="holiday")


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
    empty = applications.start(make.an_employer(by), by=by, at=now, kind="certificate")
    lacking = missing(empty)
    assert {item.part for item in lacking} == {"worker", "terms", "documents"}
    assert [item.field for item in lacking if item.part == "documents"] == [DocumentKind.PHOTO]


def test_filing_starts_its_clock_asks_its_checks_and_sends_its_letter(filed: Application) -> None:
    day = timezone.localdate(filed.submitted_at)
    assert (filed.state, filed.due_on) == (State.SUBMITTED, day + timedelta(days=5))
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
    question = review.ask(filed, "Which floor?", ["housing", "terms"], by=officer, at=now)
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
