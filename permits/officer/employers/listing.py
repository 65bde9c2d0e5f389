"""The queue of companies to verify: those whose files are due first, then the oldest claims."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from permits.audit_actions import ACTIONS
from permits.companies.changes import in_words
from permits.companies.guards import CHANGES
from permits.companies.reasons import Basis, ReconsiderReason, RefusalReason
from permits.companies.workflow import COMPANY
from permits.models import Employer, EmployerChange
from permits.states import CARRIED_OVER, OPEN, UNSETTLED, CompanyState

KIND_OF_TAG: dict[str, str] = {
    CompanyState.CLAIMED: "info",
    CompanyState.WAITING: "warn",
    CompanyState.VERIFIED: "ok",
}


def unsettled() -> QuerySet[Employer]:
    """Companies that nobody has verified or refused, with `files`, `due_on` and `claims` of their tax number."""
    same = (
        Employer.objects.filter(tax_number=OuterRef("tax_number"))
        .order_by()
        .values("tax_number")
        .annotate(count=Count("pk"))
        .values("count")
    )
    waiting = Q(applications__state__in=sorted(OPEN))
    return (
        Employer.objects.filter(state__in=UNSETTLED)
        .select_related("created_by")
        .annotate(
            files=Count("applications", filter=waiting),
            due_on=Min("applications__due_on", filter=waiting),
            claims=Subquery(same),
        )
        .order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a company's history, with its reason in words."""

    change: EmployerChange
    word: str
    said: str


def steps_of(company: Employer) -> list[Step]:
    """What happened to a company, newest first."""
    rows = company.changes.select_related("by").order_by("-at", "-id")
    return [Step(row, _word(row), _said(row)) for row in rows]


def claims_of(tax_number: str) -> QuerySet[Employer]:
    """What accounts have claimed under a tax number, the verified one first."""
    return (
        Employer.objects.filter(tax_number=tax_number)
        .select_related("created_by")
        .order_by(Case(When(state=CompanyState.VERIFIED, then=0), default=1), "created_at", "pk")
    )


def other_claims(company: Employer) -> QuerySet[Employer]:
    """The other ones of the same tax number."""
    return claims_of(company.tax_number).exclude(pk=company.pk)


def _word(row: EmployerChange) -> str:
    if row.step == CARRIED_OVER:
        return _("Registered under an earlier release")
    return str(ACTIONS[f"{COMPANY.name}.{row.step}"])


def _said(row: EmployerChange) -> str:
    if row.step in CHANGES:
        return in_words(row.reason)
    words = {"verify": Basis, "refuse": RefusalReason, "reconsider": ReconsiderReason}.get(row.step)
    if words is None or row.reason not in words.values:
        return str(row.reason)
    return str(words(row.reason).label)
