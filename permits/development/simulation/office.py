"""Officers at a realistic pace: take, ask, propose, confirm by a second person; employers answer and withdraw."""

from datetime import datetime, timedelta
from uuid import UUID

from permits.actions import applications, decisions, documents, review
from permits.development.simulation import background_jobs
from permits.development.simulation.filing import Started, under_way
from permits.development.simulation.papers import paper
from permits.development.simulation.words import ANSWERS, BACK, NOTE, QUESTIONS, REASONS, WITHDRAWN
from permits.models import Application, DocumentKind, Outcome, State
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.development.simulation.course import Fate, Step
from wpis.development.simulation.speed import all_or_nothing
from wpis.development.simulation.stages import Today
from wpis.errors import Refused
from wpis.law.calendar import is_working_day

EMPLOYERS = frozenset({Step.ANSWER, Step.WITHDRAW})
"""Steps that an employer takes; those of the office wait for a working day."""


def work(today: Today) -> None:
    """Take every step that is due, file by file; what the service refuses now is tried again tomorrow."""
    office_is_open = is_working_day(today.on)
    for each in list(under_way(today)):
        at = _morning(today)
        while each.done < len(each.course.steps):
            planned = each.course.steps[each.done]
            if planned.on > today.on or not (office_is_open or planned.step in EMPLOYERS):
                break
            try:
                with all_or_nothing():
                    _take(today, each, planned.step, at)
            except Refused:
                break  # an automatic check is not complete yet, as it can be in life
            each.done += 1
            today.is_busy = True
            at = min(at + timedelta(minutes=today.chance.randint(4, 40)), today.now)
        if each.done == len(each.course.steps):
            under_way(today).remove(each)
    if today.on == today.country.until:
        _ask_the_demo_employer(today)


def officers(today: Today) -> list[User]:
    """Everybody who decides on files."""
    return [*today.actors.of(Role.OFFICER), *today.actors.of(Role.SUPERVISOR)]


def _take(today: Today, each: Started, step: Step, at: datetime) -> None:
    application, chance = each.application, today.chance
    match step:
        case Step.TAKE:
            each.officer = chance.choice(officers(today))
            each.application = review.take(application, by=each.officer, at=at)
        case Step.RELEASE:
            each.application = review.release(application, NOTE, by=_officer(each), at=at)
        case Step.ASK:
            text, sections = chance.choice(QUESTIONS)
            review.ask(application, text, [sections], by=_officer(each), at=at)
        case Step.ANSWER:
            _answer(today, each, at)
        case Step.WITHDRAW:
            reason = each.filing.said or chance.choice(WITHDRAWN)
            each.application = applications.withdraw(application, reason, by=each.by, at=at)
        case Step.PROPOSE:
            _propose(today, each, at)
        case Step.SEND_BACK:
            decisions.send_back(
                application, BACK, expected_decision=_open(application), by=_second(today, each), at=at
            )
        case Step.CONFIRM:
            each.application = decisions.confirm(
                application, expected_decision=_open(application), by=_second(today, each), at=at
            )


def _answer(today: Today, each: Started, at: datetime) -> None:
    question = each.application.questions.filter(answered_at=None).get()
    if "documents" in question.sections:
        scan = paper(DocumentKind.CONTRACT)
        document = documents.attach(each.application, scan, DocumentKind.CONTRACT, by=each.by, at=at)
        background_jobs.check_uploads([document.upload_id])
    each.application = applications.answer(
        each.application, today.chance.choice(ANSWERS), expected_question=question.pk, by=each.by, at=at
    )


def _propose(today: Today, each: Started, at: datetime) -> None:
    refused = each.course.fate is Fate.REFUSED
    outcome = Outcome.REFUSAL if refused else Outcome.APPROVAL
    possible = [ground.code for ground in decisions.grounds(each.application, outcome)]
    fitting = [code for code in possible if code in REASONS] if refused else possible
    ground = today.chance.choice(fitting) if refused else fitting[0]
    decisions.propose(
        each.application,
        outcome,
        ground=ground,
        reason=REASONS.get(ground, ""),
        expected_submission=each.application.submissions.latest("number").pk,
        by=_officer(each),
        at=at,
    )


def _open(application: Application) -> UUID:
    """The proposal that waits for a second person."""
    return application.decisions.get(settled_at=None).pk


def _officer(each: Started) -> User:
    assert each.officer is not None
    return each.officer


def _second(today: Today, each: Started) -> User:
    """Somebody other than the officer of the file."""
    first = _officer(each)
    return today.chance.choice([user for user in officers(today) if user != first])


def _morning(today: Today) -> datetime:
    return today.moment(9, today.chance.randint(0, 59))


def _ask_the_demo_employer(today: Today) -> None:
    """The demo's employer finds a question to answer, if one of the company's files is still open."""
    demo = today.actors["employer@example.am"]
    for each in reversed(under_way(today)):
        each.application.refresh_from_db()
        if each.by == demo and each.application.state in (State.SUBMITTED, State.IN_REVIEW):
            if each.application.state == State.SUBMITTED:
                each.officer = officers(today)[0]
                each.application = review.take(each.application, by=each.officer, at=today.now)
            text, sections = QUESTIONS[0]
            review.ask(each.application, text, [sections], by=_officer(each), at=today.now)
            return
