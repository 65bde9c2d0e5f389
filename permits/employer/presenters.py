"""Presents entered answers as rows; labels come from the forms, so every question is included."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms

from permits.employer.forms.occupation import OccupationField
from permits.employer.pages import Page, pages_of, record_of
from permits.models import Application, ApplicationDocument
from wpis.formatting.isolated import isolated_lines
from wpis.formatting.values import Kind, write
from wpis.ui.fields import MoneyField, PhoneField


@dataclass(frozen=True, slots=True)
class Group:
    """One part with its rows of (label, value), and the address where it can be changed, if it can."""

    title: Any
    url: str
    rows: list[tuple[str, Any]]
    documents: list[ApplicationDocument] = field(default_factory=list)


def groups(application: Application, changeable: Iterable[str], *, then: str = "") -> list[Group]:
    """All parts as rows; those in `changeable` carry the address of their page; `then` is the way back."""
    query = f"?then={then}" if then else ""
    return [
        _group(application, page, page.url(application) + query if page.part in changeable else "")
        for page in pages_of(application).values()
    ]


def _group(application: Application, page: Page, url: str) -> Group:
    if page.form is None:
        return Group(page.title, url, [], application.attached)
    record = record_of(application, page.part)
    rows = [
        (str(asked.label), _words(asked, getattr(record, name))) for name, asked in page.form().fields.items()
    ]
    return Group(page.title, url, rows)


def _words(asked: forms.Field, value: Any) -> Any:
    """A stored answer as a person reads it."""
    if isinstance(asked.widget, forms.Textarea):
        return isolated_lines((value or "").split())
    if isinstance(asked, PhoneField):
        return write(value, Kind.PHONE)
    if isinstance(asked, OccupationField):
        return write(value, Kind.OCCUPATION)
    return write(value, Kind.MONEY if isinstance(asked, MoneyField) else None, _choices(asked))


def _choices(asked: forms.Field) -> list[tuple[Any, Any]]:
    choices: Any = asked.choices if isinstance(asked, forms.ChoiceField) else []
    return list(choices)
