"""Simulates officers at a realistic pace: take, ask, propose, confirm; and employers who answer or withdraw."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from permits.actions import applications, decisions, documents, review
from permits.development.simulation import background_jobs
from permits.development.simulation.filing import UnderWay, under_way
from permits.development.simulation.specimens import specimen
from permits.development.simulation.texts import (
    ANSWERS,
    BACK,
    FIRST_JUSTIFICATION,
    NOTE,
    QUESTIONS,
    REASONS,
    SECOND_JUSTIFICATION,
    WITHDRAWN,
)
from permits.models import Application, DocumentKind, EmployerChange, Outcome, State
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.development.simulation.course import Fate, Step
from wpis.development.simulation.playing.days import Today
from wpis.errors import Refused
from wpis.law.calendar import is_working_day

EMPLOYERS = frozenset({Step.ANSWER, Step.WITHDRAW})
"""Steps that an employer takes; those of the office wait for a working day."""


def work(today: Today) -> None:
    """Take every step that is due, file by file; what the service refuses now is tried again tomorrow."""
    office_is_open = is_working_day(today.on)
    for each in list(under_way(today)):
        at = _morning(today)
        while each["steps"]:
            on, step = each["steps"][0]
            if date.fromisoformat(on) > today.on or not (office_is_open or step in EMPLOYERS):
                break
            try:
                with transaction.atomic():
                    _take(today, each, Step(step), at)
            except Refused:
                break  # an automatic check is not complete yet, as it can be in life
            del each["steps"][0]
            today.is_busy = True
            at = min(at + timedelta(minutes=today.chance.randint(4, 40)), today.now)
        if not each["steps"]:
            under_way(today).remove(each)
    if today.on == today.country.until:
        _ask_the_demo_employer(today)


def officers(today: Today) -> list[User]:
    """Everybody who decides on files."""
    return [*today.actors.of(Role.OFFICER), *today.actors.of(Role.SUPERVISOR)]


def _take(today: Today, each: UnderWay, step: Step, at: datetime) -> None:
    application, chance = _application(each), today.chance
    match step:
        case Step.TAKE:
            officer = chance.choice(officers(today))
            review.take(application, by=officer, at=at)
            each["officer"] = officer.email
        case Step.RELEASE:
            review.release(application, NOTE, by=_officer(today, each), at=at)
        case Step.ASK:
            text, sections = chance.choice(QUESTIONS)
            _ask(application, text, sections, by=_officer(today, each), at=at)
        case Step.ANSWER:
            _answer(today, application, at)
        case Step.WITHDRAW:
            reason = today.country.filing(each["filing"]).said or chance.choice(WITHDRAWN)
            applications.withdraw(application, reason, by=application.created_by, at=at)
        case Step.PROPOSE:
            _propose(today, each, application, at)
        case Step.SEND_BACK:
            decisions.send_back(
                application, BACK, expected_decision=_open(application), by=_second(today, each), at=at
            )
        case Step.CONFIRM:
            decisions.confirm(
                application,
                expected_decision=_open(application),
                justification=SECOND_JUSTIFICATION,
                by=_second(today, each),
                at=at,
            )


def _answer(today: Today, application: Application, at: datetime) -> None:
    by = application.created_by
    question = application.questions.filter(answered_at=None).get()
    if "documents" in question.sections:
        scan = specimen(DocumentKind.CONTRACT)
        document = documents.attach(application, scan, DocumentKind.CONTRACT, by=by, at=at)
        background_jobs.check_uploads([document.upload_id])
    applications.answer(
        application, today.chance.choice(ANSWERS), expected_question=question.pk, by=by, at=at
    )


def _propose(today: Today, each: UnderWay, application: Application, at: datetime) -> None:
    refused = each["fate"] == Fate.REFUSED
    outcome = Outcome.REFUSAL if refused else Outcome.APPROVAL
    possible = [ground.code for ground in decisions.grounds(application, outcome)]
    fitting = [code for code in possible if code in REASONS] if refused else possible
    ground = today.chance.choice(fitting) if refused else fitting[0]
    decisions.propose(
        application,
        outcome,
        ground=ground,
        reason=REASONS.get(ground, ""),
        justification="" if refused else FIRST_JUSTIFICATION,
        expected_submission=application.submissions.latest("number").pk,
        by=_officer(today, each),
        at=at,
    )


def _open(application: Application) -> UUID:
    """The proposal that waits for a second person."""
    return application.decisions.get(settled_at=None).pk


def _application(each: UnderWay) -> Application:
    """The row as it is now, with the account that filed it."""
    return Application.objects.select_related("created_by").get(pk=each["application"])


def _officer(today: Today, each: UnderWay) -> User:
    return today.actors[each["officer"]]


def _second(today: Today, each: UnderWay) -> User:
    """Somebody other than the officer of the file and whoever verified the company."""
    first = _officer(today, each)
    verified = EmployerChange.objects.filter(subject__applications=UUID(each["application"]), step="verify")
    apart = {first.pk, *verified.values_list("by", flat=True)}
    return today.chance.choice([user for user in officers(today) if user.pk not in apart])


def _morning(today: Today) -> datetime:
    return today.moment(9, today.chance.randint(0, 59))


def _ask(application: Application, text: str, part: str, *, by: User, at: datetime) -> None:
    """Ask about what was filed last."""
    read = application.submissions.latest("number").pk
    review.ask(application, text, [part], expected_submission=read, by=by, at=at)


def _ask_the_demo_employer(today: Today) -> None:
    """The demo's employer finds a question to answer, if one of the company's files is still open."""
    demo = today.actors["employer@example.am"]
    for each in reversed(under_way(today)):
        application = _application(each)
        if application.created_by == demo and application.state in (State.SUBMITTED, State.IN_REVIEW):
            if application.state == State.SUBMITTED:
                each["officer"] = officers(today)[0].email
                application = review.take(application, by=_officer(today, each), at=today.now)
            text, sections = QUESTIONS[0]
            _ask(application, text, sections, by=_officer(today, each), at=today.now)
            return
