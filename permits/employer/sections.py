"""Splits a long part over several pages; what is filed of it and how programs send it does not change."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permits.models import Application
from permits.parts.catalogue import ASKED


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a part. The first has the address of the part, the others one of their own below it."""

    part: str
    name: str
    title: str | Promise
    fields: tuple[str, ...]
    is_first: bool

    @property
    def address(self) -> str:
        """The name of the page's address."""
        return f"employer:{self.part}" if self.is_first else f"employer:{self.part}_{self.name}"

    def url(self, application: Application) -> str:
        """Where this page of this application is."""
        return reverse(self.address, args=[application.pk])


def _split(
    part: str, first: str | Promise, name: str, title: str | Promise, *fields: str
) -> tuple[Section, ...]:
    before = tuple(field for field in ASKED[part].by_name if field not in fields)
    return Section(part, "first", first, before, True), Section(part, name, title, fields, False)


SECTIONS: dict[str, tuple[Section, ...]] = {
    "terms": _split(
        "terms",
        _("The job"),
        "contract",
        _("The contract"),
        *("starts_on", "ends_on", "contract_states", "contract_languages"),
        *("contract_explained", "penalty_clause"),
    ),
}
"""Parts of more than one page."""

FURTHER = tuple(section for sections in SECTIONS.values() for section in sections if not section.is_first)
"""The pages that have an address of their own."""


def section_of(part: str, name: str) -> Section | None:
    """The page of this name; None for a part of one page, and for a whole part that was sent at once."""
    return next((section for section in SECTIONS.get(part, ()) if section.name == name), None)


def section_with(part: str, field: str) -> Section | None:
    """The page on which a field is asked; None for a part of one page."""
    return next((section for section in SECTIONS.get(part, ()) if field in section.fields), None)


def following(section: Section) -> Section | None:
    """The next page of the same part."""
    pages = SECTIONS[section.part]
    rest = pages[pages.index(section) + 1 :]
    return rest[0] if rest else None
