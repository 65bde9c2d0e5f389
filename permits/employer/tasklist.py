"""The task list: which parts are complete, begun or not begun, and what is missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permits.completeness.missing import Missing, missing
from permits.employer.pages import Page, pages_of, record_of
from permits.employer.remarks import linked
from permits.models import Application

COMPLETED, STARTED, NOT_STARTED = _("Completed"), _("In progress"), _("Not started")


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list; what is complete is plain text, what is open carries a tag.

    missing: (address of the field, its label, what to do).
    """

    page: Page
    url: str
    status: str | Promise
    kind: str
    missing: list[tuple[str, str, str]]


def tasks(application: Application) -> list[Task]:
    """Every part with its status, in the order of the form."""
    lacking = missing(application)
    return [
        _task(application, page, [item for item in lacking if item.part == page.part])
        for page in pages_of(application).values()
    ]


def _task(application: Application, page: Page, lacking: list[Missing]) -> Task:
    if not lacking:
        status, kind = COMPLETED, "plain"
    elif _begun(application, page):
        status, kind = STARTED, "warn"
    else:
        status, kind = NOT_STARTED, "info"
    return Task(page, page.url(application), status, kind, linked(application, lacking))


def _begun(application: Application, page: Page) -> bool:
    if page.form is None:
        return bool(application.attached)
    record: Any = record_of(application, page.part)
    return any(getattr(record, name) not in (None, "", []) for name in page.form.base_fields)
