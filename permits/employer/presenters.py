"""Presents entered answers as rows; labels come from the declaration, so every question is included."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from permits.employer.pages import Page, pages_of, record_of
from permits.models import Application, ApplicationDocument
from permits.parts.catalogue import ASKED


@dataclass(frozen=True, slots=True)
class Group:
    """One part with its rows of (label, value), and the address where it can be changed, if it can."""

    part: str
    title: Any
    url: str
    rows: list[tuple[str, str]]
    documents: list[ApplicationDocument] = field(default_factory=list)

    @property
    def given(self) -> list[tuple[str, str]]:
        """The rows that hold an answer."""
        return [(label, value) for label, value in self.rows if value]

    @property
    def not_given(self) -> list[str]:
        """The labels of the others, which fold into one line: many empty rows hide what was answered."""
        return [label for label, value in self.rows if not value]


def groups(application: Application, changeable: Iterable[str], *, then: str = "") -> list[Group]:
    """All parts as rows; those in `changeable` carry the address of their page; `then` is the way back."""
    query = f"?then={then}" if then else ""
    return [
        _group(application, page, page.url(application) + query if page.part in changeable else "")
        for page in pages_of(application).values()
    ]


def _group(application: Application, page: Page, url: str) -> Group:
    if page.form is None:
        return Group(page.part, page.title, url, [], application.attached)
    record = record_of(application, page.part)
    fields = ASKED[page.part].fields
    return Group(
        page.part,
        page.title,
        url,
        [(str(asked.label), asked.kind.words_for_applicant(getattr(record, asked.name))) for asked in fields],
    )
