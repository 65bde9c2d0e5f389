"""Everything that changes a case: open, prepare, note, hold, close, take over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts import handover
from referral import powers
from referral.cases import guards, person
from referral.cases.clocks.pre_identification import pre_identification_due
from referral.cases.closing import actions as closing
from referral.cases.closing.reading import end_reading
from referral.cases.closing.rules import needs_second_person
from referral.cases.team import keep_former
from referral.cases.workflow import CASE
from referral.models import Case, Note
from referral.states import CaseState, NoteKind
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.editing.as_read import overtaken
from wpis.errors import Refused


@transaction.atomic
def open_case(alert_id: UUID, *, by: User, at: datetime) -> Case:
    """Open the case of a confirmed alert for `by`; a second click gives the same case.

    Raises handover.NotConfirmed for any other alert, Refused when another caseworker was first,
    PermissionDenied without the power.
    """
    authorize(by, powers.WORK)
    if existing := Case.objects.filter(alert=alert_id).first():
        return _own_or_refused(existing, by)
    packets = person.packets(alert_id)
    packet = next(iter(packets.values()))
    try:
        with transaction.atomic():
            case = Case.objects.create(
                alert=packet.alert,
                level=packet.level,
                child=packet.child,
                person=person.summary(packets),
                why=person.why(packets),
                caseworker=by,
                opened_at=at,
                pre_identification_due=pre_identification_due(timezone.localdate(at)),
            )
    except IntegrityError:  # a colleague opened it at the same moment
        return _own_or_refused(Case.objects.get(alert=alert_id), by)
    trail.record("referral.case.open", by=by, subject=case, reference=case.reference)
    handover.record_opened(alert_id, case.reference, by=by, at=at)
    return case


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContact:
    """How to reach a person without harm: never the telephone that the employer gave."""

    how: str
    when: str
    say: str
    language: str
    interviewer_wish: str

    @property
    def columns(self) -> dict[str, str]:
        """The values, by the column that keeps each."""
        return {column: getattr(self, name) for name, column in CONTACT_COLUMNS.items()}


CONTACT_COLUMNS = {
    "how": "contact_how",
    "when": "contact_when",
    "say": "contact_say",
    "language": "language",
    "interviewer_wish": "interviewer_wish",
}
"""What a page asks about the safe contact -> the column of the case."""


@dataclass(frozen=True, slots=True)
class SavedContact:
    """The case, the columns that only somebody else changed, and those that both changed and that were left."""

    case: Case
    changed_by_others: list[str]
    conflicts: list[str]


@transaction.atomic
def set_safe_contact(
    case: Case, contact: SafeContact, *, by: User, at: datetime, as_read: Mapping[str, str] | None = None
) -> SavedContact:
    """Record how, when and in which language to reach the person. Raises Refused on another's case.

    With `as_read`, the marks of what the page showed (`wpis.editing.as_read`), only what was changed on it is saved,
    and what was changed elsewhere meanwhile too is left as it is and named as a conflict.
    """
    case = _lock_own(case, by)
    theirs, conflicts = overtaken(case, contact.columns, as_read or {})
    left = {*theirs, *conflicts}
    changed = [
        name for name, value in contact.columns.items() if name not in left and getattr(case, name) != value
    ]
    for name in changed:
        setattr(case, name, contact.columns[name])
    if changed:
        case.save(update_fields=changed)
        trail.record("referral.case.set_safe_contact", by=by, subject=case)
    return SavedContact(case, theirs, conflicts)


@transaction.atomic
def add_note(case: Case, kind: str, text: str, *, by: User, at: datetime) -> Note:
    """Write a note or a contact; the first talk with the person moves an open case to "in contact".

    Raises Refused for an empty text, on another's case, or when a talk is noted before the safe way and the
    language were recorded (E10).
    """
    if not text.strip():
        raise Refused(_("Write what you want to note."), field="text")
    case = _lock_own(case, by)
    if kind == NoteKind.REACHED:
        if reasons := guards.ready_for_contact(case, by):
            raise Refused(reasons)
        if case.state == CaseState.OPEN:
            CASE.perform_locked(case, "reach", by=by, at=at)
    note = Note.objects.create(case=case, kind=kind, text=text.strip(), by=by, at=at)
    trail.record("referral.note.add", by=by, subject=case, kind=str(kind))
    return note


@transaction.atomic
def hold(case: Case, reason: str, *, by: User, at: datetime) -> Case:
    """Put the case on hold for a reason. Raises Refused."""
    return _step(case, "hold", reason, by=by, at=at)


@transaction.atomic
def resume(case: Case, reason: str, *, by: User, at: datetime) -> Case:
    """Take a case on hold up again, for a reason. Raises Refused."""
    return _step(case, "resume", reason, by=by, at=at)


@transaction.atomic
def close(case: Case, outcome: str, reason: str, *, by: User, at: datetime) -> Case:
    """Close the case with an outcome and report it to the analysts; open referrals block (Refused).

    "No concern", and a case that lately was a colleague's, is proposed instead: the case stays open until a second
    person confirms it (`cases.closing`).
    """
    if needs_second_person(case, outcome, at=at):
        return closing.propose(case, outcome, reason, by=by, at=at).case
    case = _step(case, "close", reason, by=by, at=at, closed_at=at, outcome=outcome)
    end_reading(case, outcome, by=by, at=at)
    handover.record_outcome(case.alert, outcome, at=at, by=by)
    return case


@transaction.atomic
def reopen(case: Case, reason: str, *, by: User, at: datetime) -> Case:
    """Open a closed case again, for a reason; it becomes the case of `by`, and its caseworker stays in the team."""
    authorize(by, powers.WORK)
    closed = _lock(case)
    former = closed.caseworker
    end_reading(closed, closed.outcome, by=by, at=at)  # also where an earlier release closed it
    case = _step(case, "reopen", reason, by=by, at=at, closed_at=None, outcome="", caseworker=by)
    if former != by:
        keep_former(case, former, by=by, at=at)
    return case


@transaction.atomic
def take_over(case: Case, reason: str, *, by: User, at: datetime, expected_caseworker: UUID) -> Case:
    """Make an open case of a colleague one's own, for a reason; a second click changes nothing.

    The colleague stays in the team, and what they proposed for the closing lapses.
    Raises Refused when it is closed, or when it is no longer with the colleague whom `by` saw on the page.
    """
    authorize(by, powers.WORK)
    case = _lock(case)
    if case.caseworker_id == by.pk:
        return case
    if case.state == CaseState.CLOSED:
        raise Refused(_("The case is closed. Reopen it instead."))
    if case.caseworker_id != expected_caseworker:
        raise Refused(_("%(name)s has this case meanwhile. Look at it again.") % {"name": case.caseworker})
    former = case.caseworker
    case = _step(case, "take_over", reason, by=by, at=at, caseworker=by)
    keep_former(case, former, by=by, at=at)
    closing.lapse(case, by=by, at=at)
    return case


def _step(case: Case, step: str, reason: str, *, by: User, at: datetime, **changes: Any) -> Case:
    """Take a step that needs a reason; it is kept as an encrypted note, the history of states holds no words."""
    if not reason.strip():
        raise Refused(_("Give a reason."), field="reason")
    Note.objects.create(case=case, kind=NoteKind.REASON, text=reason.strip(), by=by, at=at)
    return CASE.perform(case, step, by=by, at=at, **changes)


def _lock(case: Case) -> Case:
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _lock_own(case: Case, by: User) -> Case:
    """The case, locked and read again. Raises PermissionDenied, and Refused on another's case."""
    authorize(by, powers.WORK)
    case = _lock(case)
    if reasons := guards.own_case(case, by):
        raise Refused(reasons)
    return case


def _own_or_refused(case: Case, by: User) -> Case:
    if case.caseworker_id == by.pk:
        return case
    raise Refused(_("%(name)s has already opened this case.") % {"name": case.caseworker})
