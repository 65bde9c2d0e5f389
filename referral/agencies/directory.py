"""The directory of receiving agencies: one YAML file of this folder each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.utils import timezone

from referral.disclosure.catalogue import catalogue
from referral.states import CaseOutcome
from wpis.law.calendar import add_working_days
from wpis.law.reading import Confidence, Section, Words, read_mapping

FOLDER = Path(__file__).parent
CHANNELS = ("portal",)


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
    title: Words
    consent: ConsentRule
    fields: tuple[str, ...]
    ground: Ground | None  # why no consent is needed
    overrides_refusal: bool

    @property
    def needs_consent(self) -> bool:
        """Whether nothing may be sent without the person's yes."""
        return self.consent is ConsentRule.REQUIRED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may come of a referral at this agency; `means` is the case outcome, if more than "accepted"."""

    slug: str
    title: Words
    means: str


@dataclass(frozen=True, slots=True)
class Agency:
    """One receiving agency."""

    slug: str
    name: Words
    mandate: Words
    legal_ground: Ground
    channel: str
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


@cache
def agencies() -> Mapping[str, Agency]:
    """All receiving agencies by slug; raises InvalidLaw when a file is malformed."""
    return read_directory(FOLDER)


def find_agency(slug: str) -> Agency | None:
    """One agency, or None when there is no such file."""
    return agencies().get(slug)


def read_directory(folder: Path) -> Mapping[str, Agency]:
    """The agencies of a folder; raises InvalidLaw for the first malformed file."""
    return MappingProxyType({file.stem: read_agency(file) for file in sorted(folder.glob("*.yaml"))})


def read_agency(file: Path) -> Agency:
    """One file, checked: an unknown entry, field or channel is refused. Raises InvalidLaw."""
    content = read_mapping(file)
    content.only(
        ("name", "mandate", "legal_ground", "channel", "answer", "access_days", "purposes", "outcomes")
    )
    channel = content.text("channel")
    if channel not in CHANNELS:
        raise content.fault(f"unknown channel '{channel}'; known are {', '.join(CHANNELS)}")
    legal = content.section("legal_ground")
    legal.only(("reference", "confidence"))
    answer = content.section("answer")
    answer.only(("within", "unit", "reference", "confidence"))
    unit = answer.text("unit")
    if unit not in list(AnswerUnit):
        raise answer.fault(f"unknown unit '{unit}'; known are {', '.join(AnswerUnit)}")
    purposes = [_purpose(entry) for entry in content.sections("purposes")]
    outcomes = [_outcome(entry) for entry in content.sections("outcomes")]
    if not purposes or not outcomes:
        raise content.fault("an agency needs at least one purpose and one outcome")
    return Agency(
        slug=file.stem,
        name=content.words("name"),
        mandate=content.words("mandate"),
        legal_ground=Ground(legal.text("reference"), legal.confidence()),
        channel=channel,
        answer_within=_count(answer, "within"),
        answer_unit=AnswerUnit(unit),
        answer_ground=Ground(answer.text("reference"), answer.confidence()),
        access_days=_count(content, "access_days"),
        purposes=MappingProxyType({purpose.slug: purpose for purpose in purposes}),
        outcomes=MappingProxyType({outcome.slug: outcome for outcome in outcomes}),
    )


def _purpose(entry: Section) -> Purpose:
    entry.only(("slug", "title", "consent", "ground", "confidence", "overrides_refusal", "fields"))
    rule = entry.text("consent")
    if rule not in list(ConsentRule):
        raise entry.fault(f"'consent' must be one of {', '.join(ConsentRule)}, found '{rule}'")
    ground = None
    if rule == ConsentRule.NOT_REQUIRED:
        ground = Ground(entry.text("ground"), entry.confidence())
    elif entry.has("ground") or entry.has("overrides_refusal"):
        raise entry.fault("a purpose that needs consent has no ground for doing without it")
    fields = tuple(str(slug) for slug in entry.entries("fields"))
    if unknown := [slug for slug in fields if slug not in catalogue()]:
        raise entry.fault(f"unknown fields: {', '.join(unknown)}; the catalogue is fields.yaml")
    if len(set(fields)) < len(fields) or not fields:
        raise entry.fault("'fields' must name at least one field, each once")
    return Purpose(
        slug=entry.text("slug"),
        title=entry.words("title"),
        consent=ConsentRule(rule),
        fields=tuple(slug for slug in catalogue() if slug in fields),  # one order everywhere
        ground=ground,
        overrides_refusal=entry.has("overrides_refusal") and entry.raw("overrides_refusal") is True,
    )


def _outcome(entry: Section) -> Outcome:
    entry.only(("slug", "title", "means"))
    means = entry.text("means", default="")
    if means and means not in CaseOutcome:
        raise entry.fault(f"unknown meaning '{means}'; known are {', '.join(CaseOutcome.values)}")
    return Outcome(entry.text("slug"), entry.words("title"), means)


def _count(entry: Section, key: str) -> int:
    value = entry.raw(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise entry.fault(f"'{key}' must be a whole number of at least 1")
    return value
