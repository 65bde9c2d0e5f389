"""Steps of the office on a company that an account claims, and the claimant's answer."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from permits.companies.reasons import Basis, ReconsiderReason, RefusalReason
from permits.companies.workflow import COMPANY
from permits.models import Employer
from permits.queries import LEAD, leads
from wpis.accounts.models import User
from wpis.errors import ChangedMeanwhile, Refused


def newest_step(company: Employer) -> UUID:
    """The key of what happened last, so that nobody settles what they have not read."""
    last = company.changes.order_by("-at", "-id").values_list("pk", flat=True).first()
    return last or company.pk


@transaction.atomic
def verify(company: Employer, basis: str, *, expected_step: UUID, by: User, at: datetime) -> Employer:
    """The account acts for the company, as this basis shows. Raises Refused while another one is verified."""
    if basis not in Basis.values:
        raise Refused(_("Choose what shows that the account acts for the company"), field="basis")
    # All claims of the number in one order: two officers who verify two of them wait for each other.
    list(
        Employer.objects.select_for_update(no_key=True)
        .filter(tax_number=company.tax_number)
        .order_by("pk")
        .values_list("pk")
    )
    return COMPANY.perform_locked(_locked(company, expected_step), "verify", by=by, at=at, reason=basis)


@transaction.atomic
def refuse(company: Employer, reason: str, *, expected_step: UUID, by: User, at: datetime) -> Employer:
    """The account has not shown that it acts for the company; the claimant reads the reason."""
    if reason not in RefusalReason.values:
        raise Refused(_("Choose the reason; the claimant will read it"), field="reason")
    return COMPANY.perform_locked(_locked(company, expected_step), "refuse", by=by, at=at, reason=reason)


@transaction.atomic
def ask(company: Employer, text: str, *, expected_step: UUID, by: User, at: datetime) -> Employer:
    """Ask the claimant for more. Filing goes on meanwhile."""
    if not text.strip():
        raise Refused(_("Enter the question"), field="text")
    return COMPANY.perform_locked(_locked(company, expected_step), "ask", by=by, at=at, reason=text.strip())


@transaction.atomic
def reconsider(company: Employer, reason: str, *, expected_step: UUID, by: User, at: datetime) -> Employer:
    """Open a settled company again, as a supervisor; somebody else settles it."""
    if reason not in ReconsiderReason.values:
        raise Refused(_("Choose the reason"), field="reason")
    return COMPANY.perform_locked(_locked(company, expected_step), "reconsider", by=by, at=at, reason=reason)


@transaction.atomic
def answer(company: Employer, text: str, *, expected_step: UUID, by: User, at: datetime) -> Employer:
    """What the claimant says to a question or to a refusal. Raises PermissionDenied unless `by` leads the company."""
    if not text.strip():
        raise Refused(_("Enter your answer"), field="answer")
    if not leads(by, company):
        raise PermissionDenied(LEAD)
    return COMPANY.perform_locked(
        _locked(company, expected_step), "answer", by=by, at=at, reason=text.strip()
    )


def _locked(company: Employer, expected_step: UUID) -> Employer:
    current = Employer.objects.select_for_update(no_key=True).get(pk=company.pk)
    if newest_step(current) != expected_step:
        raise ChangedMeanwhile
    return current
