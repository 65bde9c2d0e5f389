"""The declared rows of a submission, for the downstream app: what each answer is called, its value, its mask."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from permits.parts import catalogue
from permits.parts.declaration import Field


@dataclass(frozen=True, slots=True)
class Described:
    """One answer of a filed record.

    value: as the record holds it, None or empty when it was not given; words: the same in the reader's language,
    never to be shown as it is when `covered` says that the answer identifies or reaches a person.
    """

    part: str
    name: str
    label: str
    value: Any
    words: str
    covered: bool


@dataclass(frozen=True, slots=True)
class DescribedPart:
    """One part, under the heading that staff read."""

    name: str
    heading: str
    rows: tuple[Described, ...]


def described(record: Any) -> tuple[DescribedPart, ...]:
    """Everything that was filed, part by part, in the order and words in which staff read it.

    Sex, citizenship and issuing country are left out: they must not move a decision. A field that is declared
    later appears by itself; in a submission filed before, it is not given.
    """
    return tuple(
        DescribedPart(
            name,
            str(part.heading),
            tuple(_described(name, field, getattr(record, name)) for field in part.rows if field.weighed),
        )
        for name, part in catalogue.SUBMITTED.items()
    )


def _described(part: str, field: Field, record: Any) -> Described:
    value = field.value(record)
    return Described(
        part, field.name, str(capfirst(str(field.noun))), value, field.kind.words(value), bool(field.masked)
    )
