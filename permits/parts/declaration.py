"""How a part of the form and its fields are declared: one line each, for everything that asks, shows or files them.

A field that is filed stands in the record of its part, name and type included:

    own_room: bool | None = declared(YesNo(), label=_("Does the worker have a room alone?"))

A field that the form asks but the record does not hold under its own name is `Part.asked_only`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import cached_property

from permits.parts.kinds import Kind, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The answer to another question of the same part under which a question applies."""

    field: str
    among: tuple[Any, ...]

    def applies(self, answers: Mapping[str, Any]) -> bool:
        """Whether it was given."""
        return answers.get(self.field) in self.among


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One answer.

    label: the question, as the employer reads it; help: the hint below it; program_help: the same for programs.
    noun: what staff call it; left out, the words of the model's column.
    needed: what to do while it is missing; left out, a submission does not need it.
    when: the question applies, and is needed, only then; left out, always.
    masked: covered on staff pages until somebody says why it must be seen; the words name it on that page.
    passport: the attribute of the machine-readable zone that prints it; compared: set beside what was typed.
    weighed: false for what must never move a decision, such as sex; analysts are not shown it.
    since: the version of the snapshot that first held it; older ones read as None.
    before: of a field that is only asked, the field in front of which it stands.
    filed: how its value is found in the record when it is not an attribute of the same name.
    staff: whether it is a row of the file that staff read.
    """

    kind: Kind
    name: str = ""
    label: Words = ""
    help: Words = ""
    program_help: str = ""
    noun: Words = ""
    needed: Words = ""
    when: When | None = None
    masked: Words = ""
    passport: str = ""
    compared: bool = False
    weighed: bool = True
    since: int = 1
    before: str = ""
    filed: Callable[[Any], Any] | None = None
    staff: bool = True

    def value(self, record: Any) -> Any:
        """The value in a filed record of its part."""
        return self.filed(record) if self.filed else getattr(record, self.name)


def declared(kind: Kind, **about: Any) -> Any:
    """An attribute of a record that is a field of the form; the arguments are those of `Field`."""
    return dataclass_field(metadata={"field": Field(kind=kind, **about)})


def derived(how: Callable[[Any, date], Any] | None = None, *, since: int = 1) -> Any:
    """An attribute of a record that nobody is asked for: an attribute of the row, or made of row and day of filing."""
    return dataclass_field(metadata={"derived": how, "since": since})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What must hold between answers of one part, asked once all of them are given; `field` carries the message.

    `of_any`: asked as soon as one is given; the others are None. Nought is an answer like any other there.
    `dated`: what must hold depends on the day, which comes last.
    """

    field: str
    needs: tuple[str, ...]
    holds: Callable[..., bool]
    text: Words
    of_any: bool = False
    dated: bool = False

    def broken(self, answers: Mapping[str, Any], on: date) -> bool:
        """Whether the answers are there and contradict each other, or cannot be on this day."""
        given = [answers.get(name) for name in self.needs]
        asked = any(answer is not None for answer in given) if self.of_any else all(given)
        return asked and not self.holds(*given, *([on] if self.dated else []))


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of an application.

    title: to the employer; heading: to staff; about: to programs. model: the row it is kept in while the employer
    works on it. record: what is filed of it. reading: fields that staff read first, in this order; others follow.
    asked: whether an application asks it; the employer is asked at registration and filed with every application.
    """

    name: str
    title: Words
    heading: Words
    about: str = ""
    model: type[models.Model] | None = None
    record: type[Any] | None = None
    asked_only: tuple[Field, ...] = ()
    reading: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    asked: bool = True

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in the order in which they are asked."""
        return tuple(self._worded(field) for field in self._declared())

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The fields that the row of the part keeps in a column of their own name."""
        kept = {column.name for column in self.model._meta.concrete_fields} if self.model else set()
        return tuple(field.name for field in self.fields if field.name in kept)

    @cached_property
    def rows(self) -> tuple[Field, ...]:
        """The fields that staff read, in the order of reading."""
        first = [self.by_name[name] for name in self.reading]
        return tuple(field for field in (*first, *(f for f in self.fields if f not in first)) if field.staff)

    def broken(self, answers: Mapping[str, Any], on: date) -> list[Rule]:
        """The rules that these answers break on this day."""
        return [rule for rule in self.rules if rule.broken(answers, on)]

    def stored(self, name: str, answer: Any) -> Any:
        """An answer as its column stores it: "nothing" is NULL where the column can tell unknown from empty."""
        if answer not in ("", [], None):
            return answer
        if self.model is None:
            return None
        column = self.model._meta.get_field(name)
        assert isinstance(column, models.Field)
        return None if column.null else column.get_default()

    def _declared(self) -> Iterator[Field]:
        waiting = list(self.asked_only)
        for attribute in fields(self.record) if self.record else ():
            for field in [field for field in waiting if field.before == attribute.name]:
                waiting.remove(field)
                yield field
            if declaration := attribute.metadata.get("field"):
                yield replace(declaration, name=attribute.name)
        yield from waiting

    def _worded(self, field: Field) -> Field:
        if field.noun or not field.staff or self.model is None:
            return field
        column = self.model._meta.get_field(field.name)
        assert isinstance(column, models.Field)
        return replace(field, noun=column.verbose_name)
