"""How an alert and its submission are written for the analyst: what is needed to decide, the rest covered.

Nationality and sex are not shown: they must not move the decision, and a caseworker sees them when they matter.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts.models import IdentifierKind
from permits.feed import SubmissionRecord, described
from wpis.classifications.provinces import province_name
from wpis.formatting import masks
from wpis.formatting.days import day, span
from wpis.formatting.values import Kind, write

Rows = list[tuple[str, Any]]

LAID_OUT = frozenset(
    {
        *(
            "worker.surname",
            "worker.given_names",
            "worker.surname_hy",
            "worker.given_names_hy",
            "worker.one_name",
            "worker.birth_date",
        ),
        *("worker.passport_number", "worker.passport_expires_on", "worker.phone", "worker.email"),
        *("worker.contact_is_own", "worker.languages"),
        *("terms.occupation", "terms.job_title", "terms.province", "terms.workplace", "terms.weekly_hours"),
        *("terms.days_per_week", "terms.gross_wage", "terms.deduction_housing", "terms.deduction_food"),
        *("terms.deduction_transport", "terms.deduction_fees", "terms.deduction_other", "terms.wage_account"),
        *("terms.starts_on", "terms.ends_on", "terms.contract_states", "terms.contract_languages"),
        *("terms.contract_explained", "terms.penalty_clause"),
        *("housing.provider", "housing.province", "housing.address", "housing.persons_per_room"),
        *("housing.capacity", "housing.at_workplace"),
        *("recruitment.used_recruiter", "recruitment.recruiter_name", "recruitment.recruiter_country"),
        *("recruitment.recruiter_phone", "recruitment.recruiter_email", "recruitment.worker_fee"),
        *("recruitment.advance", "recruitment.transport_by_employer", "recruitment.permit_cost_payer"),
        *("employer.name_en", "employer.name_hy", "employer.tax_number", "employer.province"),
        *("employer.address", "employer.nace", "employer.registered_on", "employer.phone", "employer.email"),
    }
)
"""Fields that the functions below lay out or leave out on purpose; one that is declared later follows by itself."""


def due(until: datetime, now: datetime) -> tuple[str, bool]:
    """(words, late): hours for what is due within two days, else the day."""
    left = until - now
    if left < timedelta(0):
        hours = int(-left.total_seconds() // 3600)
        if hours < 48:
            return ngettext("%(hours)d hour late", "%(hours)d hours late", hours) % {"hours": hours}, True
        return ngettext("%(days)d day late", "%(days)d days late", hours // 24) % {"days": hours // 24}, True
    if left < timedelta(hours=48):
        minutes = int(left.total_seconds() // 60)
        return _("%(hours)d h %(minutes)d min left") % {
            "hours": minutes // 60,
            "minutes": minutes % 60,
        }, False
    return _("due %(day)s") % {"day": day(until)}, False


def worker(record: SubmissionRecord) -> Rows:
    """The person, without what must not count."""
    person = record.worker
    return [
        (_("Name"), f"{person.given_names} {person.surname}".strip()),
        (_("Name in Armenian"), f"{person.given_names_hy} {person.surname_hy}".strip()),
        (_("Date of birth"), write(person.birth_date)),
        (_("Passport number"), masks.PASSPORT.end_only(person.passport_number)),
        (_("Telephone"), masks.PHONE.end_only(person.phone)),
        (_("E-mail"), masks.EMAIL.end_only(person.email)),
        (_("The worker alone uses this contact"), write(person.contact_is_own)),
        (_("Languages the worker reads"), write(person.languages, Kind.LANGUAGE)),
        *_declared_later(record, "worker"),
    ]


def job(record: SubmissionRecord) -> Rows:
    """The contract."""
    terms = record.terms
    return [
        (_("Job title"), terms.job_title),
        (_("Workplace"), _place(terms.workplace, terms.province)),
        (_("Contract"), span(terms.starts_on, terms.ends_on)),
        (_("Hours a week"), write(terms.weekly_hours)),
        (_("Working days a week"), terms.days_per_week),
        (_("Gross monthly wage"), write(terms.gross_wage, Kind.MONEY)),
        (_("Deductions a month"), write(terms.deductions, Kind.MONEY)),
        (_("Wage account"), masks.ACCOUNT.end_only(terms.wage_account)),
        (_("Languages of the contract"), write(terms.contract_languages, Kind.LANGUAGE)),
        (_("The worker confirmed understanding it"), write(terms.contract_explained)),
        (_("Penalty for leaving early"), write(terms.penalty_clause)),
        *_declared_later(record, "terms"),
    ]


def employer(record: SubmissionRecord) -> Rows:
    """The company."""
    company = record.employer
    return [
        (_("Company name in English"), company.name_en),
        (_("Company name in Armenian"), company.name_hy),
        (_("Tax number"), company.tax_number),
        (_("Registered on"), write(company.registered_on)),
        (_("Registered address"), _place(company.address, company.province)),
        (_("Activity (NACE)"), company.nace),
        *_declared_later(record, "employer"),
    ]


def arrangements(record: SubmissionRecord) -> Rows:
    """Housing, recruitment and who pays."""
    housing, recruitment = record.housing, record.recruitment
    parties = {"employer": _("the employer"), "worker": _("the worker"), "recruiter": _("a recruiter")}
    return [
        (_("Housing arranged by"), parties.get(housing.provider, "")),
        (_("Housing address"), _place(housing.address, housing.province)),
        (_("People sharing a room"), housing.persons_per_room),
        (_("Beds in the house"), housing.capacity),
        (_("On the grounds of the workplace"), write(housing.at_workplace)),
        (_("Recruiter"), recruitment.recruiter_name),
        (_("Paid by the worker for the job"), write(recruitment.worker_fee, Kind.MONEY)),
        (_("Advance to pay back"), write(recruitment.advance, Kind.MONEY)),
        (_("The employer drives the worker to work"), write(recruitment.transport_by_employer)),
        (_("State duty paid by"), parties.get(recruitment.permit_cost_payer, "")),
        *_declared_later(record, "housing", "recruitment"),
    ]


def shared_labels(record: SubmissionRecord) -> dict[IdentifierKind, str]:
    """What to call each shared thing in the picture."""
    return {
        IdentifierKind.ADDRESS: record.housing.address,
        IdentifierKind.PHONE: _("Telephone %(end)s") % {"end": masks.PHONE.end_only(record.worker.phone)},
        IdentifierKind.EMAIL: _("E-mail %(end)s") % {"end": masks.EMAIL.end_only(record.worker.email)},
        IdentifierKind.ACCOUNT: _("Account %(end)s")
        % {"end": masks.ACCOUNT.end_only(record.terms.wage_account)},
        IdentifierKind.RECRUITER: record.recruitment.recruiter_name or _("Recruiter"),
    }


def _declared_later(record: SubmissionRecord, *parts: str) -> Rows:
    """Fields of these parts that no function here names, as they were declared; covered where staff see them so."""
    return [
        (row.label, masks.OTHER.end_only(row.words) if row.covered else row.words)
        for part in described(record)
        if part.name in parts
        for row in part.rows
        if f"{part.name}.{row.name}" not in LAID_OUT
    ]


def _place(address: str, province: str) -> str:
    name = province_name(province)
    return address if name in address else f"{address}, {name}".strip(", ")
