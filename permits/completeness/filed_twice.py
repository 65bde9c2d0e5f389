"""Finds the application that an employer has filed already for the same passport and the same contract."""

from dataclasses import dataclass

from django.db.models import Subquery
from django.utils.translation import gettext as _

from permits.models import Application
from permits.models.parties import Worker
from permits.states import OPEN, State


@dataclass(frozen=True, slots=True)
class Alike:
    """What an application was compared with: whether it is locked itself, and the reference of one filed already."""

    locked: bool
    filed: str | None


def lock_alike(application: Application) -> Alike:
    """Find an undecided application of the same employer, passport and contract dates.

    Locks every draft and undecided application of that employer and passport, in one order, so that of two that are
    filed at the same moment the second sees the first. Call inside `atomic`, before anything else is locked.
    """
    own = Worker.objects.filter(application=application.pk)
    rows = (
        Application.objects.filter(
            employer=application.employer_id,
            state__in=[State.DRAFT, *OPEN],
            worker__passport_index=Subquery(own.values("passport_index")),
            worker__passport_issuer=Subquery(own.values("passport_issuer")),
        )
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
        .values_list("pk", "state", "reference", "terms__starts_on", "terms__ends_on")
    )
    alike = {pk: (state, reference, contract) for pk, state, reference, *contract in rows}
    if application.pk not in alike:
        return Alike(locked=False, filed=None)
    _state, _reference, contract = alike.pop(application.pk)
    filed = next(
        (reference for state, reference, other in alike.values() if state in OPEN and other == contract), None
    )
    return Alike(locked=True, filed=filed)


def said(reference: str) -> str:
    """What to tell the person who files it again."""
    return _(
        "You have filed this application already: %(reference)s, for the same passport and the same contract. "
        "It is still in review."
    ) % {"reference": reference}
