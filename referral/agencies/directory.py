"""The directory of receiving agencies: one YAML file of this folder each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.utils import timezone

from referral.shared_fields.catalogue import catalogue
from referral.states import CaseOutcome
from wpis.languages.translated import ArmenianEnglish, TranslatedText
from wpis.law.calendar import add_working_days
from wpis.law.confidence import Confidence
from wpis.strict_yaml import Count, Document, Entry, Many, Text, Word

FOLDER = Path(__file__).parent


class Channel(StrEnum):
    """How an agency is reached."""

    PORTAL = "portal"


class ConsentRule(StrEnum):
    """Whether a purpose needs the person's consent (CoE Convention art. 12(7): consensual and informed)."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"


class AnswerUnit(StrEnum):
    """How the time for an answer is counted."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Ground:
    """The provision that something rests on, and how sure we are of it."""

    reference: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Purpose:
    """What an agency may be asked to do, and the most it may be told for that."""

    slug: str
    title: TranslatedText
    consent: ConsentRule
    fields: tuple[str, ...]
    ground: Ground | None  # why no consent is needed
    overrides_refusal: bool
    later_outcomes: bool  # asked for after completion too, so the agency reads on until its date

    @property
    def needs_consent(self) -> bool:
        """Whether nothing may be sent without the person's yes."""
        return self.consent is ConsentRule.REQUIRED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may come of a referral at this agency; `means` is the case outcome, if more than "accepted"."""

    slug: str
    title: TranslatedText
    means: str


@dataclass(frozen=True, slots=True)
class Agency:
    """One receiving agency."""

    slug: str
    name: TranslatedText
    mandate: TranslatedText
    legal_ground: Ground
    channel: Channel
    answer_within: int
    answer_unit: AnswerUnit
    answer_ground: Ground
    access_days: int
    purposes: Mapping[str, Purpose]
    outcomes: Mapping[str, Outcome]

    def answer_due(self, sent: datetime) -> datetime:
        """The moment by which a referral sent at `sent` must be accepted or declined."""
        if self.answer_unit is AnswerUnit.HOURS:
            return sent + timedelta(hours=self.answer_within)
        day = add_working_days(timezone.localdate(sent), self.answer_within)
        return timezone.make_aware(datetime.combine(day, time(18)))

    def access_until(self, sent: datetime) -> datetime:
        """The moment from which the agency can no longer read a referral sent at `sent`."""
        return sent + timedelta(days=self.access_days)


class _GroundEntry(Entry):
    reference: Text
    confidence: Word[Confidence]


class _AnswerEntry(_GroundEntry):
    within: Count
    unit: Word[AnswerUnit]


class _PurposeEntry(Entry):
    slug: Text
    title: ArmenianEnglish
    consent: Word[ConsentRule]
    ground: Text | None = None
    confidence: Word[Confidence] | None = None
    overrides_refusal: bool | None = None
    later_outcomes: bool = False
    fields: Many[Text]


class _OutcomeEntry(Entry):
    slug: Text
    title: ArmenianEnglish
    means: Word[CaseOutcome] | None = None


class _AgencyFile(Entry):
    name: ArmenianEnglish
    mandate: ArmenianEnglish
    legal_ground: _GroundEntry
    channel: Word[Channel]
    answer: _AnswerEntry
    access_days: Count
    purposes: Many[_PurposeEntry]
    outcomes: Many[_OutcomeEntry]


@cache
def agencies() -> Mapping[str, Agency]:
    """All receiving agencies by slug; raises InvalidFile when a file is malformed."""
    return read_directory(FOLDER)


def find_agency(slug: str) -> Agency | None:
    """One agency, or None when there is no such file."""
    return agencies().get(slug)


def find_purpose(agency: str, purpose: str) -> Purpose | None:
    """One purpose of an agency, or None when the directory has no such agency or purpose."""
    found = find_agency(agency)
    return found.purposes.get(purpose) if found else None


def read_directory(folder: Path) -> Mapping[str, Agency]:
    """The agencies of a folder; raises InvalidFile for the first malformed file."""
    return MappingProxyType({file.stem: read_agency(file) for file in sorted(folder.glob("*.yaml"))})


def read_agency(file: Path) -> Agency:
    """One file, validated: an unknown entry, field or channel is refused. Raises InvalidFile."""
    document = Document(file)
    written = document.read_as(_AgencyFile)
    if not written.purposes or not written.outcomes:
        raise document.fault("an agency needs at least one purpose and one outcome")
    purposes = [_purpose(document, number, entry) for number, entry in enumerate(written.purposes)]
    return Agency(
        slug=file.stem,
        name=written.name,
        mandate=written.mandate,
        legal_ground=Ground(written.legal_ground.reference, written.legal_ground.confidence),
        channel=written.channel,
        answer_within=written.answer.within,
        answer_unit=written.answer.unit,
        answer_ground=Ground(written.answer.reference, written.answer.confidence),
        access_days=written.access_days,
        purposes=MappingProxyType({purpose.slug: purpose for purpose in purposes}),
        outcomes=MappingProxyType(
            {entry.slug: Outcome(entry.slug, entry.title, entry.means or "") for entry in written.outcomes}
        ),
    )


def _purpose(document: Document, number: int, entry: _PurposeEntry) -> Purpose:
    place = ("purposes", number)
    ground = None
    if entry.consent is ConsentRule.NOT_REQUIRED:
        if entry.ground is None or entry.confidence is None:
            missing = "confidence" if entry.ground else "ground"
            raise document.fault(f"'{missing}' is missing", *place)
        ground = Ground(entry.ground, entry.confidence)
    elif entry.ground is not None or entry.overrides_refusal is not None:
        raise document.fault("a purpose that needs consent has no ground for doing without it", *place)
    if unknown := [slug for slug in entry.fields if slug not in catalogue()]:
        problem = f"unknown fields: {', '.join(unknown)}; the catalogue is fields.yaml"
        raise document.fault(problem, *place)
    if len(set(entry.fields)) < len(entry.fields) or not entry.fields:
        raise document.fault("must name at least one field, each once", *place, "fields")
    return Purpose(
        slug=entry.slug,
        title=entry.title,
        consent=entry.consent,
        fields=tuple(slug for slug in catalogue() if slug in entry.fields),  # one order everywhere
        ground=ground,
        overrides_refusal=entry.overrides_refusal is True,
        later_outcomes=entry.later_outcomes,
    )
