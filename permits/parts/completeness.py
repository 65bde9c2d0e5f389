"""Lists what an application lacks before it can be submitted; the task list and the guard both use it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from permits.case_types.registry import case_type
from permits.document_kinds import DocumentKind
from permits.parts.catalogue import ASKED
from permits.parts.declaration import Part
from wpis.documents.models import State as UploadState
from wpis.fonts.coverage import unprintable


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there yet: in which part of the form, and what to do."""

    part: str
    field: str
    text: str | Promise

    def __str__(self) -> str:
        return str(self.text)


def missing(application: Any) -> list[Missing]:
    """Everything the application lacks, in the order of the form; empty when it can be submitted.

    Answers that contradict each other are among it: a draft may have been saved before their rule was there.
    """
    found = []
    for part in (ASKED[name] for name in case_type(application.kind).parts):
        found += missing_in(part, getattr(application, part.name, None)) if part.fields else []
    return found + _documents(application)


def missing_in(part: Part, row: Any) -> list[Missing]:
    """What one part lacks; a field is missing when it is None, '' or an empty list."""
    absent = [
        Missing(part.name, field.name, field.needed)
        for field in part.fields
        if field.needed and (row is None or getattr(row, field.name) in (None, "", []))
    ]
    absent += [
        Missing(part.name, field.name, problem)
        for field in part.fields
        if row is not None and (problem := field.kind.problem(getattr(row, field.name)))
    ]
    answers = {} if row is None else {name: getattr(row, name) for rule in part.rules for name in rule.needs}
    return absent + [Missing(part.name, rule.field, rule.text) for rule in part.broken(answers)]


def _documents(application: Any) -> list[Missing]:
    present = {item.kind for item in application.attached if item.upload.state != UploadState.REFUSED}
    return [
        Missing("documents", kind, _("Add: %(document)s") % {"document": DocumentKind(kind).label})
        for kind in case_type(application.kind).documents
        if kind not in present
    ]


def unprintable_in(filed: Any) -> list[str]:
    """Why the permit for what was filed could not be printed; filed before such signs were refused at the field.

    Of the employer's two names one is enough: the other side of the permit shows the same.
    """
    names = [filed.employer.name_hy, filed.employer.name_en]
    signs = (
        unprintable(filed.terms.workplace) or (all(map(unprintable, names)) and unprintable(names[0])) or ""
    )
    if not signs:
        return []
    text = gettext(
        "The permit cannot show “%(signs)s”, so it could not be printed. Ask the employer to write it in Latin or "
        "Armenian letters."
    )
    return [text % {"signs": signs}]
