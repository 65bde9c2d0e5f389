"""What an application still lacks before it can be submitted, part by part: the task list and the guard agree."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permits.case_types.registry import case_type
from permits.document_kinds import DocumentKind
from wpis.documents.models import State as UploadState


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there yet: in which part of the form, and what to do."""

    part: str
    field: str
    text: str | Promise

    def __str__(self) -> str:
        return str(self.text)


# part -> field -> what to do. A field is missing when it is None, '' or an empty list.
REQUIRED: dict[str, dict[str, str | Promise]] = {
    "worker": {
        "given_names": _("Enter the worker's given names"),
        "surname": _("Enter the worker's surname"),
        "given_names_hy": _("Enter the given names in Armenian letters"),
        "surname_hy": _("Enter the surname in Armenian letters"),
        "birth_date": _("Enter the worker's date of birth"),
        "sex": _("Choose the sex printed in the passport"),
        "nationality": _("Choose the worker's citizenship"),
        "passport_number": _("Enter the passport number"),
        "passport_issuer": _("Choose the country that issued the passport"),
        "passport_expires_on": _("Enter until when the passport is valid"),
        "languages": _("Choose at least one language that the worker reads"),
    },
    "terms": {
        "occupation": _("Choose the occupation"),
        "job_title": _("Enter the job title"),
        "province": _("Choose the province of the workplace"),
        "workplace": _("Enter the address of the workplace"),
        "weekly_hours": _("Enter the hours a week"),
        "days_per_week": _("Enter the working days a week"),
        "gross_wage": _("Enter the gross wage a month"),
        "starts_on": _("Enter the day on which the contract starts"),
        "ends_on": _("Enter the day on which the contract ends"),
    },
    "housing": {
        "provider": _("Choose who arranges housing"),
    },
    "recruitment": {
        "used_recruiter": _("Say whether a recruiter or agent found the worker"),
        "permit_cost_payer": _("Choose who pays the state duty"),
    },
}


def missing(application: Any) -> list[Missing]:
    """Everything the application lacks, in the order of the form; empty when it can be submitted."""
    found = []
    for part in case_type(application.kind).parts:
        record = getattr(application, part, None)
        for field, text in REQUIRED.get(part, {}).items():
            if record is None or getattr(record, field) in (None, "", []):
                found.append(Missing(part, field, text))
    return found + _documents(application)


def _documents(application: Any) -> list[Missing]:
    present = {item.kind for item in application.attached if item.upload.state != UploadState.REFUSED}
    return [
        Missing("documents", kind, _("Add: %(document)s") % {"document": DocumentKind(kind).label})
        for kind in case_type(application.kind).documents
        if kind not in present
    ]
