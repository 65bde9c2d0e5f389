"""The accounts of a surface as an administrator sees them, and the requests about them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wpis.accounts.factors import factors_of
from wpis.accounts.models import User
from wpis.accounts.staff import RequestState, StaffRequest
from wpis.languages.signs import clean_address
from wpis.search.words import matches, search_text
from wpis.staff.addresses import with_addresses
from wpis.staff.agencies import agency_choices


@dataclass(frozen=True, slots=True)
class Line:
    """One account, with its state in a word and the kind of tag that shows it."""

    account: User
    agency: str
    state: str | Promise
    kind: str


def accounts_on(surface: str, text: str = "") -> QuerySet[Any, Any]:
    """The accounts of this surface that fit, open ones first, each with `has_factor` and `address`."""
    staff = with_addresses(User.objects.filter(surface=surface))
    found = staff.annotate(has_factor=Exists(factors_of(OuterRef("pk"))))
    if text:
        found = found.filter(pk__in=_named(staff, text))
    return found.order_by("-is_active", "name", "address")


def _named(staff: QuerySet[Any, Any], text: str) -> list[UUID]:
    """The staff of a surface that a text names; they are few, so their names are compared here, in every spelling."""
    address = clean_address(text).lower()
    return [
        pk
        for pk, name, email in staff.values_list("pk", "name", "address")
        if (address and address in email) or matches(search_text([name]), text)
    ]


def lines(accounts: list[User], on: date) -> list[Line]:
    """The accounts as rows of a table."""
    names = dict(agency_choices())
    return [
        Line(account, names.get(account.agency, account.agency), *state_of(account, on))
        for account in accounts
    ]


def state_of(account: User, on: date) -> tuple[str | Promise, str]:
    """The state of an account of `accounts_on`, in a word."""
    if not account.is_open(on):
        return _("Closed"), "plain"
    if not account.has_usable_password():
        return _("Invited, no password yet"), "warn"
    if not account.has_factor:  # type: ignore[attr-defined]  # annotated
        return _("No second step yet"), "warn"
    return _("Open"), "ok"


def requests_on(surface: str) -> QuerySet[StaffRequest]:
    """Everything that was asked for here, newest first."""
    return StaffRequest.objects.filter(surface=surface).select_related("account", "asked_by", "decided_by")


def waiting_on(surface: str) -> QuerySet[StaffRequest]:
    """What waits for a second person."""
    return requests_on(surface).filter(state=RequestState.WAITING)
