"""Reasons why a step on a company, or on a file because of its company, may not happen now."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from permits.models import Application, Employer, EmployerChange
from permits.states import UNSETTLED, CompanyState, State
from wpis.accounts.models import User

CHANGES = ("correct", "update", "rename")
CHANGES_A_DAY = 10
RENAMES, RENAMES_DAYS = 2, 90
"""So often the account changes a company, and so often what it was verified by within so many days."""

REFUSALS = 3
"""After so many refusals nothing more is answered on the page; a supervisor can reconsider."""


def verified(application: Application) -> list[str]:
    """Why the file cannot be approved: nobody has verified that the account acts for this company."""
    if application.employer.is_verified:
        return []
    if application.employer.state == CompanyState.REFUSED:
        return [_("The company was not verified, so this file cannot be approved.")]
    return [_("The company has not been verified yet. Verify it under Companies, then decide.")]


def settled(application: Application) -> list[str]:
    """Why the file cannot be refused: the company's verification is still open."""
    if application.employer.state in UNSETTLED:
        return verified(application)
    return []


def not_its_verifier(application: Application, by: User | None) -> list[str]:
    """Whoever verified the company does not confirm its first approval: two look at the file, and one of them at that.

    Later approvals may be theirs; a small office could not work otherwise.
    """
    company = application.employer
    if by is None or not _verified_by(company, by):
        return []
    if Application.objects.filter(employer=company, state=State.APPROVED).exists():
        return []
    return [_("You verified this company. Another person confirms its first approval.")]


def only_one(company: Employer, by: User | None) -> list[str]:
    """Verified is one account for a tax number; and whoever reconsidered a claim of the number verifies none of it."""
    same = Employer.objects.filter(tax_number=company.tax_number)
    if same.filter(state=CompanyState.VERIFIED).exclude(pk=company.pk).exists():
        return [
            _(
                "Another account was verified under this tax number. A supervisor has to reconsider that one "
                "first."
            )
        ]
    last = EmployerChange.objects.filter(subject__in=same, step__in=("reconsider", "verify")).order_by(
        "-at", "-id"
    )
    before = last.first()
    if before is not None and before.step == "reconsider" and before.by_id == getattr(by, "pk", None):
        return [_("You reconsidered this tax number. Another person verifies it.")]
    return []


def not_too_often(company: Employer, by: User | None) -> list[str]:
    """After several refusals the page takes no more; a question that an officer asks can always be answered."""
    if company.state != CompanyState.REFUSED or company.changes.filter(step="refuse").count() < REFUSALS:
        return []
    return [_("We have looked at this company several times. Write to the help desk.")]


def not_changed_too_often(company: Employer, on: date) -> list[str]:
    """An officer who reads a claim can settle it only as it was read, so it stands still most of the time."""
    today = company.changes.filter(step__in=CHANGES, at__date=on).count()
    if today < CHANGES_A_DAY:
        return []
    return [_("You have changed this company many times today. Try again tomorrow.")]


def not_renamed_too_often(company: Employer, on: date) -> list[str]:
    """While a company is verified again its files are not decided, which must not be had at will."""
    since = on - timedelta(days=RENAMES_DAYS)
    if company.changes.filter(step="rename", at__date__gt=since).count() < RENAMES:
        return not_changed_too_often(company, on)
    return [
        _(
            "The name or registration of this company has changed several times lately. Write to the help desk."
        )
    ]


def _verified_by(company: Employer, by: User) -> bool:
    last = company.changes.filter(step="verify").order_by("-at", "-id").first()
    return last is not None and last.by_id == by.pk
