"""Opinions of agencies: asked with the case type, given once by those whose work it is, and read by their readers."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from permits import guards, ownership
from permits.actions import applications, review, tokens
from permits.agencies.directory import agencies
from permits.case_types import registry
from permits.check_kinds import CheckKind, Weight
from permits.checks import actions
from permits.checks.opinions import record_opinion, request_opinions
from permits.models import Application, Check, OpinionText, State
from tests.conftest import standing_on
from tests.factories import permits as make
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db

NSS, POLICE, MINISTRY = "national-security-service", "police", "labour-ministry"
TEXT = "Կա տվյալ, որ 2019-ին վտարվել է։"
FOR_EMPLOYER = "Citizens with this trade are registered as looking for work."


@pytest.fixture
def weights(monkeypatch: Any) -> Any:
    """Lets the case type *new* ask agencies, as the case types of the next issue do."""

    def ask(**opinions: Weight) -> None:
        named = {slug.replace("_", "-"): weight for slug, weight in opinions.items()}
        declared = replace(registry.case_type("new"), opinions=named)
        monkeypatch.setitem(registry.CASE_TYPES, "new", declared)

    return ask


@pytest.fixture
def supervisor() -> User:
    """Who records what an agency wrote."""
    return make.a_user(Role.SUPERVISOR)


@pytest.fixture
def taken(officer: User) -> Application:
    """A file in review, the checks of the service complete."""
    file = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    make.complete_checks(file)
    return file


@pytest.fixture
def officer() -> User:
    """The officer of the file."""
    return make.a_user(Role.OFFICER)


@pytest.fixture
def asked(taken: Application, officer: User) -> Check:
    """An opinion that is awaited."""
    return request_opinions(taken, [NSS], by=officer, at=timezone.now())[0]


def give(check: Check, outcome: str, by: User, text: str = TEXT, **more: str) -> Check:
    return record_opinion(check, outcome, text, by=by, at=timezone.now(), **more)


# --- asking ---------------------------------------------------------------------------------------


def test_the_case_type_new_asks_no_agency_today(taken: Application) -> None:
    assert registry.case_type("new").opinions == {}
    assert not Check.objects.filter(kind=CheckKind.OPINION).exists()
    assert guards.checks_complete(taken, None) == []


def test_each_submission_asks_every_agency_of_its_case_type_once(weights: Any) -> None:
    weights(police=Weight.BINDING, national_security_service=Weight.ADVISORY)
    file, officer = make.a_submitted_application(), make.a_user(Role.OFFICER)
    rows = Check.objects.filter(submission__application=file, kind=CheckKind.OPINION)
    assert set(rows.values_list("agency", flat=True)) == {POLICE, NSS}
    day = timezone.localdate(file.submitted_at)
    assert {row.due_on for row in rows} == {agencies()[POLICE].due_on(day, submitted=day)}
    question = make.a_question(file, by=officer)
    by, at = file.created_by, timezone.now()
    applications.answer(file, "The third.", expected_question=question.pk, by=by, at=at)
    assert rows.all().count() == 4
    assert set(rows.filter(superseded_at=None).values_list("submission__number", "agency")) == {
        (2, POLICE),
        (2, NSS),
    }


def test_an_agency_that_the_law_of_the_file_does_not_know_is_neither_asked_nor_awaited(weights: Any) -> None:
    weights(labour_ministry=Weight.BINDING)
    file = make.a_submitted_application()
    assert not agencies()[MINISTRY].is_asked_on(timezone.localdate(file.submitted_at))
    assert not Check.objects.filter(kind=CheckKind.OPINION).exists()
    make.complete_checks(file)
    assert guards.checks_complete(file, None) == []


def test_an_officer_asks_more_agencies_about_an_own_file_in_review(taken: Application, officer: User) -> None:
    rows = request_opinions(taken, [POLICE, NSS, POLICE], by=officer, at=timezone.now())
    assert [(row.agency, row.completed_at, row.outcome) for row in rows] == [
        (POLICE, None, ""),
        (NSS, None, ""),
    ]
    assert AuditEvent.objects.filter(action="permits.opinion.request", actor=officer.pk).count() == 2
    held = guards.checks_complete(taken, officer)
    assert held == [
        "This opinion has not come yet: National Security Service.",
        "This opinion has not come yet: Police.",
    ]


@pytest.mark.parametrize("wanted", [[], ["weather-service"], [MINISTRY], [NSS, "weather-service"]])
def test_what_is_no_agency_for_this_file_is_not_asked(
    taken: Application, officer: User, wanted: list[str]
) -> None:
    with pytest.raises(Refused, match="Choose agencies"):
        request_opinions(taken, wanted, by=officer, at=timezone.now())
    assert not Check.objects.filter(kind=CheckKind.OPINION).exists()


def test_an_agency_is_not_asked_twice_about_one_submission(
    taken: Application, officer: User, asked: Check
) -> None:
    with pytest.raises(Refused, match="Choose agencies"):
        request_opinions(taken, [NSS], by=officer, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.create(
            submission=asked.submission, kind=CheckKind.OPINION, agency=NSS, requested_at=timezone.now()
        )


@pytest.mark.parametrize("role", Role)
def test_who_may_ask(taken: Application, role: str) -> None:
    person = make.a_user(role)
    expected = Refused if role in (Role.OFFICER, Role.SUPERVISOR) else PermissionDenied
    with pytest.raises(expected):  # officers and supervisors: another officer has this file
        request_opinions(taken, [NSS], by=person, at=timezone.now())


def test_nobody_asks_while_the_employer_is_asked(taken: Application, officer: User) -> None:
    review.ask(taken, "Which floor?", ["terms"], by=officer, at=timezone.now())
    with pytest.raises(ChangedMeanwhile):
        request_opinions(taken, [NSS], by=officer, at=timezone.now())


# --- recording ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_who_may_record(asked: Check, role: str) -> None:
    person = make.a_user(role)
    if role == Role.SUPERVISOR:
        assert give(asked, "no_objection", person).answered_by == person
    else:
        with pytest.raises(PermissionDenied):
            give(asked, "no_objection", person)
        assert not OpinionText.objects.exists()


def test_the_officer_of_the_file_does_not_record_its_opinions(supervisor: User) -> None:
    file = review.take(make.a_submitted_application(), by=supervisor, at=timezone.now())
    row = request_opinions(file, [NSS], by=supervisor, at=timezone.now())[0]
    with pytest.raises(Refused, match="Ask a colleague"):
        give(row, "no_objection", supervisor)


def test_an_opinion_is_on_record_with_who_when_and_what(asked: Check, supervisor: User) -> None:
    given = give(asked, "objection", supervisor)
    assert given.completed_at is not None
    assert (given.answered_by, given.outcome, given.employer_text) == (supervisor, "objection", "")
    assert OpinionText.objects.get(check_row=given).text == TEXT
    event = AuditEvent.objects.get(action="permits.opinion.record")
    assert (event.actor, event.subject) == (supervisor.pk, given.pk)
    assert event.detail == {"agency": NSS, "outcome": "objection"}


@pytest.mark.parametrize(
    ("outcome", "text", "more", "field"),
    [
        ("", TEXT, {}, "outcome"),
        ("nobody_available", TEXT, {}, "outcome"),
        ("objection", "  ", {}, "text"),
        ("more_information", "", {}, "text"),
        ("objection", TEXT, {"employer_text": "We object."}, "employer_text"),
    ],
)
def test_an_opinion_that_is_not_this_agencys_is_refused(
    asked: Check, supervisor: User, outcome: str, text: str, more: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        give(asked, outcome, supervisor, text, **more)
    assert refusal.value.field == field
    asked.refresh_from_db()
    assert asked.completed_at is None


@pytest.mark.parametrize("how", ["given", "overridden", "superseded", "another kind"])
def test_only_an_opinion_that_waits_is_recorded(
    taken: Application, officer: User, asked: Check, supervisor: User, how: str
) -> None:
    if how == "given":
        give(asked, "no_objection", supervisor)
    elif how == "overridden":
        actions.override(asked, "The register is down.", by=supervisor, at=timezone.now())
    elif how == "superseded":
        question = review.ask(taken, "Which floor?", ["terms"], by=officer, at=timezone.now())
        by, at = taken.created_by, timezone.now()
        applications.answer(taken, "The third.", expected_question=question.pk, by=by, at=at)
    else:
        asked = Check.objects.get(submission=asked.submission, kind=CheckKind.DOCUMENTS)
    before = OpinionText.objects.count()
    with pytest.raises(Refused, match="This check no longer waits"):
        give(asked, "objection", supervisor)
    assert OpinionText.objects.count() == before


# --- what it means for a decision -----------------------------------------------------------------

HELD = {
    # (weight, what came): words of what still holds the approval, empty when nothing does
    (Weight.BINDING, "nothing"): "has not come yet: Police",
    (Weight.ADVISORY, "nothing"): "has not come yet: Police",
    (Weight.BINDING, "never asked"): "has not come yet: Police",
    (Weight.ADVISORY, "never asked"): "has not come yet: Police",
    (Weight.BINDING, "no_objection"): "",
    (Weight.ADVISORY, "no_objection"): "",
    (Weight.BINDING, "objection"): "This agency objects: Police",
    (Weight.ADVISORY, "objection"): "",
    (Weight.BINDING, "more_information"): "needs more information for its opinion: Police",
    (Weight.ADVISORY, "more_information"): "needs more information for its opinion: Police",
    (Weight.BINDING, "overridden"): "",
    (Weight.ADVISORY, "overridden"): "",
}


@pytest.mark.parametrize(("weight", "came"), HELD)
def test_what_an_opinion_means_for_an_approval(
    weights: Any, supervisor: User, officer: User, weight: Weight, came: str
) -> None:
    if came != "never asked":
        weights(police=weight)
    file = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    make.complete_checks(file)
    weights(police=weight)
    row = Check.objects.filter(kind=CheckKind.OPINION).first()
    if came == "overridden":
        assert row
        actions.override(row, "The register is down.", by=supervisor, at=timezone.now())
    elif came not in ("nothing", "never asked"):
        assert row
        give(row, came, supervisor)
    held, expected = guards.own_file_with_checks(file, officer), HELD[weight, came]
    assert (expected in " ".join(held)) if expected else held == []
    assert ownership.own_file(file, officer) == [], "a refusal does not wait for opinions"
    assert file.state == State.IN_REVIEW


# --- the database's own rules ---------------------------------------------------------------------

WRITES = {
    "portal asks": ("portal", "insert", True),
    "office asks": ("office", "insert", True),
    "protection asks": ("protection", "insert", False),
    "portal records": ("portal", "record", False),
    "office records": ("office", "record", True),
    "protection records": ("protection", "record", False),
    "portal overrides": ("portal", "override", False),
    "office overrides": ("office", "override", True),
    "protection overrides": ("protection", "override", False),
    "office writes an automatic check": ("office", "automatic", False),
    "office writes a check of the files": ("office", "documents", False),
    "protection completes the check of the files": ("protection", "files", False),
    "office completes the check of the files": ("office", "files", True),
}


@pytest.mark.parametrize("write", WRITES)
def test_which_database_role_may_write_what_of_a_check(asked: Check, supervisor: User, write: str) -> None:
    surface, what, allowed = WRITES[write]
    now, files = timezone.now(), Check.objects.filter(submission=asked.submission, kind=CheckKind.DOCUMENTS)
    make.open_again(files)
    # Another submission of the file, whose checks are not written yet.
    bare = type(asked.submission).objects.create(
        application=asked.submission.application, number=9, snapshot={}, digest="", by=supervisor, at=now
    )
    row = Check.objects.filter(pk=asked.pk)

    def act() -> None:
        match what:
            case "insert":
                Check.objects.create(submission=bare, kind="opinion", agency=POLICE, requested_at=now)
            case "record":
                assert row.update(completed_at=now, answered_by=supervisor, outcome="no_objection") == 1
            case "override":
                assert row.update(overridden_at=now, overridden_by=supervisor, override_reason="please") == 1
            case "files":
                assert files.update(completed_at=now) == 1
            case kind:
                Check.objects.create(submission=bare, kind=kind, requested_at=now)

    with standing_on(surface):
        if allowed:
            act()
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


DONE: dict[str, dict[str, Any]] = {
    "answered": {"completed_at": timezone.now(), "outcome": "no_objection"},
    "overridden": {"overridden_at": timezone.now(), "override_reason": "please"},
    "with an override's reason": {"override_reason": "please"},
    "superseded": {"superseded_at": timezone.now()},
}


@pytest.mark.parametrize("done", DONE)
@pytest.mark.parametrize("surface", ["portal", "office"])
def test_a_check_is_added_as_a_request_and_never_as_one_that_is_done(
    asked: Check, supervisor: User, surface: str, done: str
) -> None:
    row = Check(submission=asked.submission, kind="opinion", agency=POLICE, requested_at=timezone.now())
    for name, value in DONE[done].items():
        setattr(row, name, value)
    row.answered_by = supervisor if row.completed_at else None
    with standing_on(surface):
        with pytest.raises(DatabaseError, match=r"wait only|record opinions"), transaction.atomic():
            row.save(force_insert=True)
        Check(
            submission=asked.submission, kind="opinion", agency=POLICE, requested_at=asked.requested_at
        ).save()


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "no_objection"},
        {"completed_at": None, "answered_by": None, "outcome": ""},
        {"employer_text": "All is well."},
        {"completed_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_an_opinion_that_was_given_never_changes(
    asked: Check, supervisor: User, change: dict[str, Any]
) -> None:
    give(asked, "objection", supervisor)
    with pytest.raises(DatabaseError), transaction.atomic():
        Check.objects.filter(pk=asked.pk).update(**change)
    text = OpinionText.objects.get(check_row=asked)
    text.text = "Nothing is known."
    for write in (text.save, text.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": CheckKind.DOCUMENTS, "agency": ""},
        {"agency": POLICE},
        {"agency": ""},
        {"due_on": None},
        {"requested_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_was_asked_never_changes(asked: Check, change: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Check.objects.filter(pk=asked.pk).update(**change)


@pytest.mark.parametrize(
    "row",
    [
        {"kind": CheckKind.OPINION},
        {"kind": CheckKind.DOCUMENTS, "agency": POLICE},
        {"kind": CheckKind.OPINION, "agency": POLICE, "completed_at": timezone.now()},
        {"kind": CheckKind.OPINION, "agency": POLICE, "outcome": "objection"},
    ],
)
def test_a_row_is_an_opinion_with_its_agency_answered_whole_or_neither(
    asked: Check, row: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.create(submission=asked.submission, requested_at=timezone.now(), **row)


# --- who reads it ---------------------------------------------------------------------------------


def test_the_text_for_the_office_is_sealed_and_out_of_the_portals_reach(
    asked: Check, supervisor: User
) -> None:
    give(asked, "objection", supervisor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM permits_opiniontext")
        assert TEXT.encode() not in bytes(cursor.fetchone()[0])
    for surface in ("portal", "protection"):
        with standing_on(surface), pytest.raises(DatabaseError), transaction.atomic():
            OpinionText.objects.count()
    with standing_on("office"):
        assert OpinionText.objects.get(check_row=asked).text == TEXT


@pytest.mark.parametrize(
    ("outcome", "shown", "held"),
    [
        ("no_objection", "No objection", ""),
        ("objection", "Objection", "This agency objects: Police."),
        ("more_information", "More information needed", "This agency needs more information"),
    ],
)
def test_the_file_shows_whose_opinion_it_is_its_outcome_and_what_holds_the_approval(
    weights: Any, client_on: Any, supervisor: User, officer: User, outcome: str, shown: str, held: str
) -> None:
    weights(police=Weight.BINDING)
    file = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    make.complete_checks(file)
    row = Check.objects.get(kind=CheckKind.OPINION)
    office, page = client_on("office").sign_in(supervisor), f"/files/{file.reference}/"

    def checks() -> str:
        words = " ".join(office.get(page).content.decode().split())
        return words[words.index("<h2>Checks</h2>") : words.index('<h2 id="limits">')]

    assert "Opinion of an agency: Police" in checks()
    assert checks().count("Not completed yet") == 1
    override = next(iter(re.findall(r'href="([^"]*/override/[^"]*)"', checks())))
    assert "Opinion of an agency: Police: asked for on" in office.get(override).content.decode()
    give(row, outcome, supervisor)
    assert f">{shown}</span>" in checks()
    assert checks().count(">Completed<") == 2, "the checks of the service alone"
    assert "when every check has completed" not in checks()
    assert (held in checks()) if held else 'class="hint"' not in checks()


def test_no_page_or_program_of_the_employer_says_what_an_agency_wrote(
    client_on: Any, supervisor: User, officer: User
) -> None:
    old = timezone.now().replace(year=2025, month=6, day=2)
    file = make.a_submitted_application(at=old)
    taken = review.take(file, by=officer, at=old)
    rows = request_opinions(taken, [NSS, MINISTRY], by=officer, at=old)
    give(rows[0], "objection", supervisor)
    give(rows[1], "candidate_available", supervisor, employer_text=FOR_EMPLOYER)
    portal = client_on("portal").sign_in(file.created_by)
    for path in ("/", "/applications/", f"/applications/{file.pk}/", f"/applications/{file.pk}/withdraw/"):
        page = portal.get(path).content.decode()
        for word in (TEXT, NSS, "National Security", "objection", "candidate_available"):
            assert word not in page, (path, word)
    _token, secret = tokens.issue(file.employer, "books", by=file.created_by, at=old)
    for path in ("/api/v1/applications", f"/api/v1/applications/{file.pk}"):
        answer = portal.get(path, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 200
        for word in (TEXT, NSS, "objection", "candidate_available", "checks", "opinion"):
            assert word not in answer.content.decode(), (path, word)
