"""Simulates a caseworker and the agencies in a synthetic country, from the opened case to the outcome."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

from django.db import transaction

from alerts import handover
from referral.agencies.directory import Agency, Purpose, agencies
from referral.cases import actions as cases
from referral.cases.actions import SafeContact
from referral.consent import actions as consents
from referral.consent.actions import Reply
from referral.models import Case, Referral, Reminder
from referral.referrals import actions as referrals
from referral.referrals import reminders
from referral.states import Answer, CaseOutcome, Explained, HowGiven, Interviewer, NoteKind
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.development.simulation.country import Filing
from wpis.development.simulation.playing.accounts import Account
from wpis.development.simulation.playing.days import FiledApplication, Today
from wpis.development.simulation.randomness import Weighted
from wpis.law.calendar import add_working_days, is_working_day

ACCOUNTS = (
    Account(email="caseworker@example.am", name="Anahit Karapetyan", role=Role.CASEWORKER),
    Account(email="admin@example.am", name="Karen Danielyan", role=Role.PROTECTION_ADMINISTRATOR),
    Account(email="admin2@example.am", name="Nare Simonyan", role=Role.PROTECTION_ADMINISTRATOR),
    *(
        Account(
            email=f"{slug}@example.am",
            name=f"Desk of the {agency.name['en']}"[:150],
            role=Role.PARTNER,
            agency=slug,
        )
        for slug, agency in agencies().items()
    ),
)

ANSWERS = Weighted([(Answer.YES, 80), (Answer.NO, 12), (Answer.NOT_NOW, 8)])
ACCEPTS = 0.8
OPENED_WITHIN, REACHED_WITHIN, ASKED_WITHIN, ANSWERED_WITHIN = (1, 2), (1, 3), (1, 4), (1, 3)
"""Working days from step to step: least and most."""

OUTCOME_WITHIN = (4, 14)  # the police see an item for thirty days only
VALID_FOR = timedelta(days=180)


OVER = "over"


class Kept(TypedDict):
    """A case under way as it is kept from day to day."""

    case: str
    filing: int  # number of the filing
    on: str
    step: str
    item: str | None  # id of the referral, under the name in which it is stored


@dataclass(slots=True)
class Running:
    """A case and the day and name of its next step."""

    case: Case
    filing: Filing
    on: date
    step: str = "reach"
    referral: Referral | None = None

    def kept(self) -> Kept:
        """As it is kept."""
        return Kept(
            case=str(self.case.pk),
            filing=self.filing.number,
            on=self.on.isoformat(),
            step=self.step,
            item=str(self.referral.pk) if self.referral else None,
        )


def act(today: Today) -> None:
    """On working days: open cases, talk to people, ask, send, answer; every day: clocks and letters."""
    if is_working_day(today.on):
        _open(today)
        for kept in list(_running(today)):
            if date.fromisoformat(kept["on"]) <= today.on:
                running = _loaded(today, kept)
                with transaction.atomic():
                    _STEPS[running.step](today, running)
                if running.step == OVER:
                    _running(today).remove(kept)
                else:
                    kept.update(running.kept())
    if _running(today) or today.on == today.country.until:
        _settle(today)


def _running(today: Today) -> list[Kept]:
    """In the order in which they were opened."""
    found: list[Kept] = today.memory.setdefault("referral.running", [])
    return found


def _loaded(today: Today, kept: Kept) -> Running:
    """The rows as they are now."""
    return Running(
        case=Case.objects.get(pk=kept["case"]),
        filing=today.country.filing(kept["filing"]),
        on=date.fromisoformat(kept["on"]),
        step=kept["step"],
        referral=Referral.objects.get(pk=kept["item"]) if kept["item"] else None,
    )


def _open(today: Today) -> None:
    """Confirmed ones wait a day or two for a caseworker; the urgent ones do not."""
    due: dict[str, str] = today.memory.setdefault("referral.due", {})
    for known, confirmed in _confirmed(today):
        key = str(confirmed.alert)
        if key not in due:
            urgent = confirmed.level == handover.Level.URGENT
            due[key] = (today.on if urgent else _in(today, OPENED_WITHIN)).isoformat()
        if date.fromisoformat(due[key]) > today.on:
            continue
        at = min(max(today.moment(11), confirmed.confirmed_at), today.now)
        case = cases.open_case(confirmed.alert, by=_caseworker(today), at=at)
        _running(today).append(Running(case, known.filing, _in(today, REACHED_WITHIN)).kept())


def _confirmed(today: Today) -> list[tuple[FiledApplication, handover.Confirmed]]:
    """What waits for a case, in the order of filing: ids are random, and the same seed must give the same cases."""
    if not handover.count_confirmed():
        return []
    whose: dict[str, str] = today.memory.setdefault("referral.whose", {})  # application by alert
    found = []
    for confirmed in handover.confirmed():
        key = str(confirmed.alert)
        if key not in whose:
            whose[key] = str(handover.packet(confirmed.alert).record.application)
        if known := today.filed.get(uuid.UUID(whose[key])):  # else somebody else's, from before this country
            found.append((known, confirmed))
    return sorted(found, key=lambda pair: (pair[0].filing.number, pair[1].confirmed_at))


def _reach(today: Today, running: Running) -> None:
    """Record how it is safe, then speak with the person."""
    by, at = _caseworker(today), today.moment(13, today.chance.randint(0, 59))
    contact = SafeContact(
        how="A colleague who speaks the language meets the person at the language class.",
        when="Tuesday or Thursday after 19:00",
        say="It is about the language class.",
        language=running.filing.worker.languages[0],
        interviewer_wish=today.chance.choice(Interviewer.values),
    )
    running.case = cases.set_safe_contact(running.case, contact, by=by, at=at).case
    if today.chance.random() < 0.3:
        cases.add_note(running.case, NoteKind.TRIED, "Nobody came to the agreed place.", by=by, at=at)
        running.on = _in(today, REACHED_WITHIN)
        return
    cases.add_note(
        running.case, NoteKind.REACHED, "A first talk, without haste; the person is safe today.", by=by, at=at
    )
    _next(today, running, "ask", ASKED_WITHIN)


def _ask(today: Today, running: Running) -> None:
    """Ask for the consent; with a yes the referral is previewed and sent."""
    by, at = _caseworker(today), today.moment(14, today.chance.randint(0, 40))
    agency, purpose = _choose(today)
    answer = ANSWERS.pick(today.chance)
    reply = Reply(
        answer=answer,
        fields=purpose.fields if today.chance.random() < 0.6 else purpose.fields[:-1],
        explained=tuple(Explained.values),
        language=running.filing.worker.languages[0],
        interpreter="Interpreter of the register" if today.chance.random() < 0.5 else "",
        how_given=HowGiven.SPOKEN if today.chance.random() < 0.6 else HowGiven.SIGNED,
        valid_until=today.on + VALID_FOR if answer == Answer.YES else None,
    )
    consents.record(running.case, agency, purpose, reply, by=by, at=at)
    if answer == Answer.NO:
        cases.close(
            running.case,
            CaseOutcome.PERSON_DECLINED,
            "The person does not want help now and knows whom to call.",
            by=by,
            at=at,
        )
        running.step = OVER
    elif answer == Answer.NOT_NOW:
        running.on = _in(today, (5, 10))
    else:
        sent_at = min(at + timedelta(minutes=15), today.now)
        preview = referrals.preview(running.case, agency, purpose, at=sent_at)
        running.referral = referrals.send(
            running.case,
            agency,
            purpose,
            by=by,
            at=sent_at,
            token=uuid.uuid4(),
            expected_digest=preview.digest,
        )
        _next(today, running, "answer", ANSWERED_WITHIN)


def _answer(today: Today, running: Running) -> None:
    """The agency takes it on, or says why not; then another agency is asked."""
    assert running.referral is not None
    by, at = _partner(today, running.referral), today.moment(10, today.chance.randint(0, 59))
    if today.chance.random() < ACCEPTS:
        running.referral = referrals.accept(running.referral, by=by, at=at)
        _next(today, running, "outcome", OUTCOME_WITHIN)
    else:
        referrals.decline(running.referral, "No place and no interpreter this month.", by=by, at=at)
        running.case.refresh_from_db()
        _next(today, running, "ask", ASKED_WITHIN)


def _outcome(today: Today, running: Running) -> None:
    assert running.referral is not None
    agency = agencies()[running.referral.agency]
    by, at = _partner(today, running.referral), today.moment(16, today.chance.randint(0, 59))
    outcome = today.chance.choice(sorted(agency.outcomes))
    referrals.record_outcome(running.referral, outcome, "", by=by, at=at)
    running.case.refresh_from_db()
    _next(today, running, "close", (1, 3))


def _close(today: Today, running: Running) -> None:
    by, at = _caseworker(today), today.moment(12, today.chance.randint(0, 59))
    assert running.referral is not None
    running.referral.refresh_from_db()
    meaning = agencies()[running.referral.agency].outcomes[running.referral.outcome].means
    cases.close(
        running.case, meaning or CaseOutcome.ACCEPTED, "The agency looks after the person now.", by=by, at=at
    )
    running.step = OVER


_STEPS = {"reach": _reach, "ask": _ask, "answer": _answer, "outcome": _outcome, "close": _close}


def _settle(today: Today) -> None:
    """Let the clocks of this day run out; its letters are marked as done without sending, as in permits.

    Clocks that run out on a later day of the past are kept from the workers until the past is over: to them they are
    all due at once, and two who write the same rows in two orders block each other.
    """
    end = today.moment(23, 59, 59)
    open_now = Reminder.objects.filter(done_at=None)
    for row in open_now.filter(kind=reminders.ANSWER_DUE, due_at__lte=end):
        reminders.answer_due(row, row.due_at)
        row.done(row.due_at)
    is_over = today.on == today.country.until
    open_now.filter(kind=reminders.ANSWER_DUE).update(started_at=None if is_over else end)
    if not today.is_recent:
        open_now.filter(kind=reminders.REFERRAL_MAIL, due_at__lte=end).update(done_at=end)


def _choose(today: Today) -> tuple[Agency, Purpose]:
    """An agency and a purpose that needs the person's consent."""
    agency = today.chance.choice(list(agencies().values()))
    return agency, today.chance.choice([each for each in agency.purposes.values() if each.needs_consent])


def _next(today: Today, running: Running, step: str, within: tuple[int, int]) -> None:
    running.step, running.on = step, _in(today, within)


def _in(today: Today, within: tuple[int, int]) -> date:
    return add_working_days(today.on, today.chance.randint(*within))


def _caseworker(today: Today) -> User:
    return today.actors.of(Role.CASEWORKER)[0]


def _partner(today: Today, referral: Referral) -> User:
    return next(user for user in today.actors.of(Role.PARTNER) if user.agency == referral.agency)
