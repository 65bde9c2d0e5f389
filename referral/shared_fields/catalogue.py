"""The closed catalogue of what may be shared: one entry of `fields.yaml` for each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from wpis.languages.translated import ArmenianEnglish, TranslatedText
from wpis.strict_yaml import Document, Entry, Many, Text, Word

FILE = Path(__file__).with_name("fields.yaml")


class Kind(StrEnum):
    """How a value is written: kinds of `wpis.formatting`, and those that `referral.disclosure.presenters` adds."""

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
    INTERVIEWER = "interviewer"
    SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class SharedField:
    """One field that may be shared. A masked one is covered on the case page until a reason is given."""

    slug: str
    title: TranslatedText
    kind: Kind
    masked: bool


class _FieldEntry(Entry):
    slug: Text
    title: ArmenianEnglish
    kind: Word[Kind]
    masked: bool = False


class _FieldsFile(Entry):
    fields: Many[_FieldEntry]


@cache
def catalogue() -> Mapping[str, SharedField]:
    """All fields by slug, in the order of the file; raises InvalidFile when the file is malformed."""
    return read_catalogue(FILE)


def read_catalogue(file: Path) -> Mapping[str, SharedField]:
    """The catalogue of a file, validated; raises InvalidFile."""
    document = Document(file)
    fields: dict[str, SharedField] = {}
    for number, entry in enumerate(document.read_as(_FieldsFile).fields):
        if entry.slug in fields:
            raise document.fault(f"the field '{entry.slug}' is listed twice", "fields", number)
        fields[entry.slug] = SharedField(entry.slug, entry.title, entry.kind, entry.masked)
    return MappingProxyType(fields)
