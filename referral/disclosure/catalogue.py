"""The closed catalogue of what may be shared: one entry of `fields.yaml` for each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from wpis.law.reading import Section, Words, read_mapping

FILE = Path(__file__).with_name("fields.yaml")


class Kind(StrEnum):
    """How a value is written on a page; see `referral.disclosure.presenters`."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    DAYS = "days"
    YES_NO = "yes_no"
    SEX = "sex"
    COUNTRY = "country"
    PROVINCE = "province"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    INTERVIEWER = "interviewer"
    SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class SharedField:
    """One field that may be shared. A masked one is covered on the case page until a reason is given."""

    slug: str
    title: Words
    kind: Kind
    masked: bool


@cache
def catalogue() -> Mapping[str, SharedField]:
    """All fields by slug, in the order of the file; raises InvalidLaw when the file is malformed."""
    return read_catalogue(FILE)


def read_catalogue(file: Path) -> Mapping[str, SharedField]:
    """The catalogue of a file, checked; raises InvalidLaw."""
    content = read_mapping(file)
    content.only(("fields",))
    fields = [_field(entry) for entry in content.sections("fields")]
    if len({field.slug for field in fields}) < len(fields):
        raise content.fault("a field is listed twice")
    return MappingProxyType({field.slug: field for field in fields})


def _field(entry: Section) -> SharedField:
    entry.only(("slug", "title", "kind", "masked"))
    kind = entry.text("kind")
    if kind not in list(Kind):
        raise entry.fault(f"unknown kind '{kind}'; known are {', '.join(Kind)}")
    masked = entry.raw("masked") if entry.has("masked") else False
    if not isinstance(masked, bool):
        raise entry.fault("'masked' must be true or false")
    return SharedField(entry.text("slug"), entry.words("title"), Kind(kind), masked)
