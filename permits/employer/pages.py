"""The pages on which the employer fills in an application: one for each part, in the order of the form."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise

from permits.case_types.registry import case_type
from permits.employer.forms import PartForm, TermsForm, WorkerForm, form_of
from permits.models import Application
from permits.parts.catalogue import ASKED
from permits.states import State


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the application. `form` is None for the documents, which have a page of their own kind."""

    part: str
    title: str | Promise
    form: type[PartForm] | None

    @property
    def address(self) -> str:
        """The name of the page's address."""
        return f"employer:{self.part}"

    def url(self, application: Application) -> str:
        """Where this page of this application is."""
        return reverse(self.address, args=[application.pk])

    @property
    def template(self) -> str:
        """The page's own template, as `rendering.show` names it."""
        return f"parts/{self.part}"


FORMS: dict[str, type[PartForm]] = {"worker": WorkerForm, "terms": TermsForm}
"""Parts whose form does more than its declaration says."""

PAGES: dict[str, Page] = {
    part.name: Page(part.name, part.title, (FORMS.get(part.name) or form_of(part)) if part.fields else None)
    for part in ASKED.values()
}
"""Every part there is -> its page."""


def pages_of(application: Application) -> dict[str, Page]:
    """part -> page, for the parts that the application's case type asks, in their order."""
    return {part: PAGES[part] for part in case_type(application.kind).parts}


def page_or_404(application: Application, part: str) -> Page:
    """The page of one part. Raises Http404 when the application's case type does not ask it."""
    pages = pages_of(application)
    if part not in pages:
        raise Http404
    return pages[part]


def record_of(application: Application, part: str) -> Any:
    """The record that a part fills; for the documents there is none."""
    return getattr(application, part)


def after(application: Application, part: str, *, asked: str) -> str:
    """Where "save and continue" leads: back to where the change was asked for, else to the next page."""
    if application.state != State.DRAFT:
        return reverse("employer:answer", args=[application.pk])
    if asked == "check":
        return reverse("employer:review", args=[application.pk])
    if asked == "list":
        return reverse("employer:application", args=[application.pk])
    order = list(pages_of(application))
    rest = order[order.index(part) + 1 :]
    return PAGES[rest[0]].url(application) if rest else reverse("employer:review", args=[application.pk])
