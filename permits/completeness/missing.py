"""Lists what an application lacks before it can be submitted; the task list and the guard both use it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permits.case_types.registry import case_type
from permits.completeness.permit_term import filed_term, obstacle
from permits.document_kinds import DocumentKind
from permits.parts.catalogue import ASKED
from permits.parts.declaration import Part
from wpis import clock
from wpis.documents.models import CANNOT_BE_USED


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there yet: in which part of the form, and what to do."""

    part: str
    field: str
    text: str | Promise

    def __str__(self) -> str:
        return str(self.text)


def missing(application: Any, on: date | None = None) -> list[Missing]:
    """Everything the application lacks, in the order of the form; empty when it can be submitted.

    What cannot be on that day, today where none is given, is among it, such as answers that contradict each other or a
    contract that has ended: a draft may have been saved before their rule was there, or long ago.
    """
    today = on or clock.today()
    found = []
    for part in (ASKED[name] for name in case_type(application.kind).parts):
        found += missing_in(part, getattr(application, part.name, None), today) if part.fields else []
    return (found or _no_term(application, today)) + _documents(application)


def missing_in(part: Part, row: Any, on: date) -> list[Missing]:
    """What one part lacks; a field is missing when it is None, '' or an empty list, and asked for."""
    answers = {} if row is None else {name: getattr(row, name) for name in part.by_name}
    absent = [
        Missing(part.name, field.name, field.needed) for field in part.fields if field.is_missing(answers)
    ]
    absent += [
        Missing(part.name, field.name, problem)
        for field in part.fields
        if (problem := field.kind.problem(answers.get(field.name)))
    ]
    return absent + [Missing(part.name, rule.field, rule.text) for rule in part.broken(answers, on)]


def _no_term(application: Any, on: date) -> list[Missing]:
    """Why no permit could be issued for any day; asked once nothing else is missing."""
    terms, worker = getattr(application, "terms", None), getattr(application, "worker", None)
    if not (terms and worker and terms.starts_on and terms.ends_on):
        return []
    found = obstacle(filed_term(case_type(application.kind), application, on=on))
    return [Missing(*found)] if found else []


def _documents(application: Any) -> list[Missing]:
    present = {item.kind for item in application.attached if item.upload.state not in CANNOT_BE_USED}
    return [
        Missing("documents", kind, _("Add: %(document)s") % {"document": DocumentKind(kind).label})
        for kind in case_type(application.kind).documents
        if kind not in present
    ]
