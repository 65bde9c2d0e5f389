"""What a page of the form says at its fields beside errors: what to look at again, and what is missing."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from permits.completeness.missing import missing
from permits.completeness.notices import Notice, of_draft
from permits.employer.pages import PAGES
from permits.employer.sections import section_with
from permits.models import Application
from permits.parts.catalogue import ASKED
from wpis import clock
from wpis.editing.as_read import fingerprint
from wpis.ui.forms import target_of

Remarks = dict[str, list[tuple[str, str]]]


def notices_of(application: Application, part: str) -> list[Notice]:
    """The notices of one part, under the law of today."""
    return [notice for notice in of_draft(application, clock.today()) if notice.part == part]


def mark_of(notices: list[Notice]) -> str:
    """A mark by which a page tells that it showed exactly these."""
    return fingerprint([f"{notice.field} {notice.text}" for notice in notices])


def remarks(application: Application, part: str, notices: list[Notice], *, marked: bool) -> Remarks:
    """By field: the notices, and with `marked` also what is missing, for somebody who comes to complete the part."""
    found: Remarks = {}
    for notice in notices:
        found.setdefault(notice.field, []).append(("warn", notice.text))
    for item in missing(application) if marked else []:
        if item.part == part:
            found.setdefault(item.field, []).append(("bad", str(item)))
    return found


def linked(application: Application, items: Iterable[Any]) -> list[tuple[str, str, str]]:
    """(address of the field, what its page calls it, what is said of it) for notices and for what is missing."""
    return [
        (address_of(application, item.part, item.field), label(item.part, item.field), item.text)
        for item in items
    ]


def address_of(application: Application, part: str, field: str) -> str:
    """Where one field is: its page, at the field, with a way back to the check."""
    page = section_with(part, field) or PAGES[part]
    return f"{page.url(application)}?then=check{_target(part, field)}"


@cache
def _target(part: str, field: str) -> str:
    form = PAGES[part].form
    return f"#{target_of(form(), field)}" if form and field in form.base_fields else ""


def label(part: str, field: str) -> str:
    """What the page calls a field."""
    declared = ASKED[part].by_name.get(field)
    return str(declared.label) if declared else ""
