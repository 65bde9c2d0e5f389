"""What speaks against an approval, gathered from the file itself: each fact in words, and where it stands.

It refuses nothing. Whoever proposes or confirms a decision reads the same list as whoever opens the file.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from permits.agencies.directory import Meaning, agencies
from permits.assessment.legal_limits import LegalLimit, Limit, broken
from permits.assessment.passport import Comparison
from permits.checks.names import name_of
from permits.completeness.notices import Notice
from permits.models import Application, Check, Decision, Question, State
from permits.parts.catalogue import SUBMITTED
from permits.submissions.records import SubmissionRecord
from wpis.formatting.days import day
from wpis.languages.reader import translated


class Source(StrEnum):
    """Where an adverse fact comes from; in this order they are listed."""

    UNREADABLE = "unreadable"
    LIMIT = "limit"
    PASSPORT = "passport"
    CHECK = "check"
    NOTICE = "notice"
    RETURNED = "returned"
    QUESTION = "question"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class AdverseFact:
    """One fact: what it is about, what is to be known, and the place of the file page where it stands."""

    source: Source
    label: str
    text: str
    place: str


_SAYS_THE_SAME = {
    ("terms", "gross_wage"): Limit.WAGE,
    ("terms", "weekly_hours"): Limit.WEEKLY_HOURS,
    ("terms", "days_per_week"): Limit.DAILY_HOURS,
    ("terms", "ends_on"): Limit.TERM,
}
"""Notices that quote a limit: left out where that limit is listed as broken."""


def of_limits(limits: Iterable[LegalLimit]) -> Iterator[AdverseFact]:
    """The limits of the law that the contract does not keep."""
    for limit in broken(limits):
        text = _("%(stated)s; the law says %(limit)s") % {"stated": limit.stated, "limit": limit.limit}
        yield AdverseFact(Source.LIMIT, limit.label, text, "limits")


def of_passport(record: SubmissionRecord, comparison: Comparison) -> Iterator[AdverseFact]:
    """The answers that the passport lines contradict; a number is not written out, as it is masked everywhere."""
    for name, part in SUBMITTED.items():
        marks = comparison.marks.get(name, {})
        for field in part.rows:
            mark = marks.get(field.name)
            if mark is None or mark.kind != "warn":
                continue
            say = field.kind.covered if field.masked else field.kind.words
            text = _("filed as %(value)s; %(passport)s") % {
                "value": say(field.value(getattr(record, name))) or _("nothing"),
                "passport": mark.text,
            }
            yield AdverseFact(Source.PASSPORT, str(capfirst(str(field.noun))), text, f"part-{name}")


def of_checks(held: Sequence[str], checks: Iterable[Check]) -> Iterator[AdverseFact]:
    """What the checks still hold, agencies that object, and checks that two supervisors have overridden."""
    for sentence in held:
        yield AdverseFact(Source.CHECK, _("Check"), sentence, "checks")
    for check in checks:
        agency = agencies().get(check.agency)
        outcome = agency.outcomes.get(check.outcome) if agency else None
        advisory = agency is not None and not any(translated(agency.name) in said for said in held)
        if advisory and outcome is not None and outcome.means is Meaning.OBJECTION:
            yield AdverseFact(Source.CHECK, name_of(check), translated(outcome.title), "checks")
        if check.overridden_at is not None:
            said = {"check": name_of(check), "reason": check.override_reason}
            text = _("%(check)s: overridden, not completed. Reason: %(reason)s") % said
            yield AdverseFact(Source.CHECK, _("Overridden check"), text, "checks")


def of_notices(notices: Iterable[Notice], limits: Iterable[LegalLimit]) -> Iterator[AdverseFact]:
    """What the applicant was asked to look at again and filed all the same."""
    named = {limit.name for limit in broken(limits)}
    for notice in notices:
        if _SAYS_THE_SAME.get((notice.part, notice.field)) in named:
            continue
        field = next(field for field in SUBMITTED[notice.part].fields if field.name == notice.field)
        yield AdverseFact(Source.NOTICE, str(capfirst(str(field.noun))), notice.text, f"part-{notice.part}")


def of_talk(questions: list[Question], decisions: Iterable[Decision]) -> Iterator[AdverseFact]:
    """The last question with its answer, and the last proposal that was sent back; give both newest first."""
    returned = next((each for each in decisions if each.settled_at and not each.confirmed), None)
    if returned is not None:
        said = {
            "outcome": returned.get_outcome_display(),
            "who": returned.settled_by,
            "reason": returned.return_reason,
        }
        text = _("%(outcome)s, sent back by %(who)s: %(reason)s") % said
        yield AdverseFact(Source.RETURNED, _("Proposal sent back"), text, "decisions")
    if questions:
        last = questions[0]
        answer = last.answer or _("no answer yet")
        text = _("%(question)s Answer: %(answer)s") % {"question": last.text, "answer": answer}
        yield AdverseFact(Source.QUESTION, _("Last question"), text, "questions")


def of_other_files(files: Iterable[Application]) -> Iterator[AdverseFact]:
    """Refusals of the same passport, by whichever employer it was filed."""
    for file in files:
        if file.state == State.REFUSED and file.decided_at:
            said = {"reference": file.reference, "day": day(file.decided_at), "employer": file.employer}
            text = _("%(reference)s of %(employer)s, refused on %(day)s") % said
            yield AdverseFact(Source.EARLIER, _("Earlier refusal, same passport"), text, "other-files")


def unreadable() -> AdverseFact:
    """What stands in the place of everything that could not be compared."""
    text = _("It cannot be read, so its terms were compared with nothing. Report it to the administrator.")
    return AdverseFact(Source.UNREADABLE, _("The file"), text, "")


def in_short(facts: Iterable[AdverseFact]) -> list[str]:
    """The facts counted by where they come from: "2 limits of the law broken", "1 difference from the passport"."""
    facts = list(facts)
    many = {source: sum(fact.source == source for fact in facts) for source in Source}
    said = []
    if many[Source.UNREADABLE]:
        said.append(_("the file cannot be read"))
    if number := many[Source.LIMIT]:
        said.append(
            ngettext("%(number)d limit of the law broken", "%(number)d limits of the law broken", number)
            % {"number": number}
        )
    if number := many[Source.PASSPORT]:
        said.append(
            ngettext(
                "%(number)d difference from the passport", "%(number)d differences from the passport", number
            )
            % {"number": number}
        )
    if number := many[Source.NOTICE]:
        said.append(
            ngettext("%(number)d note given at filing", "%(number)d notes given at filing", number)
            % {"number": number}
        )
    if number := many[Source.EARLIER]:
        said.append(
            ngettext("%(number)d earlier refusal", "%(number)d earlier refusals", number) % {"number": number}
        )
    if many[Source.RETURNED]:
        said.append(_("proposal sent back"))
    return said
