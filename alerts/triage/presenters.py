"""How an alert and its submission are written for the analyst: what is needed to decide, the rest covered.

Nationality and sex are not shown: they must not move the decision, and a caseworker sees them when they matter.
"""

from datetime import datetime, timedelta
from typing import Any

from babel import Locale
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alerts.models import IdentifierKind
from permits.feed import SubmissionRecord
from wpis.classifications.provinces import province_name
from wpis.formatting.numbers import drams

Rows = list[tuple[str, Any]]


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
    return _("due %(day)s") % {"day": localtime(until).strftime("%d.%m.%Y")}, False


def covered(text: str | None, keep: int = 2) -> str:
    """A value with all but its last signs covered: it tells two apart, and calls nobody."""
    return f"••••{text[-keep:]}" if text else ""


def worker(record: SubmissionRecord) -> Rows:
    """The person, without what must not count."""
    person = record.worker
    return [
        (_("Name"), f"{person.given_names} {person.surname}".strip()),
        (_("Name in Armenian"), f"{person.given_names_hy} {person.surname_hy}".strip()),
        (_("Date of birth"), _day(person.birth_date)),
        (_("Passport number"), covered(person.passport_number, 3)),
        (_("Telephone"), covered(person.phone)),
        (_("E-mail"), covered(person.email, 6)),
        (_("The worker alone uses this contact"), _yes_no(person.contact_is_own)),
        (_("Languages the worker reads"), languages(person.languages)),
    ]


def job(record: SubmissionRecord) -> Rows:
    """The contract."""
    terms = record.terms
    return [
        (_("Job title"), terms.job_title),
        (_("Workplace"), _place(terms.workplace, terms.province)),
        (_("Contract"), f"{_day(terms.starts_on)} – {_day(terms.ends_on)}"),
        (_("Hours a week"), "" if terms.weekly_hours is None else f"{terms.weekly_hours:g}"),
        (_("Working days a week"), terms.days_per_week),
        (_("Gross wage a month"), _money(terms.gross_wage)),
        (_("Deductions a month"), _money(terms.deductions)),
        (_("Wage account"), covered(terms.wage_account, 4)),
        (_("Languages of the contract"), languages(terms.contract_languages or ())),
        (_("The worker confirmed understanding it"), _yes_no(terms.contract_explained)),
        (_("Penalty for leaving early"), _yes_no(terms.penalty_clause)),
    ]


def employer(record: SubmissionRecord) -> Rows:
    """The company."""
    company = record.employer
    return [
        (_("Name"), company.name_en),
        (_("Name in Armenian"), company.name_hy),
        (_("Tax number"), company.tax_number),
        (_("Registered on"), _day(company.registered_on)),
        (_("Registered address"), _place(company.address, company.province)),
        (_("Activity (NACE)"), company.nace),
    ]


def arrangements(record: SubmissionRecord) -> Rows:
    """Housing, recruitment and who pays."""
    housing, recruitment = record.housing, record.recruitment
    parties = {"employer": _("the employer"), "worker": _("the worker"), "recruiter": _("a recruiter")}
    return [
        (_("Housing arranged by"), parties.get(housing.provider, "")),
        (_("Housing address"), _place(housing.address, housing.province)),
        (_("Persons in one room"), housing.persons_per_room),
        (_("Beds in the house"), housing.capacity),
        (_("On the grounds of the workplace"), _yes_no(housing.at_workplace)),
        (_("Recruiter"), recruitment.recruiter_name),
        (_("Paid by the worker for the job"), _money(recruitment.worker_fee)),
        (_("Advance to pay back"), _money(recruitment.advance)),
        (_("The employer drives the worker to work"), _yes_no(recruitment.transport_by_employer)),
        (_("State duty paid by"), parties.get(recruitment.permit_cost_payer, "")),
    ]


def shared_labels(record: SubmissionRecord) -> dict[IdentifierKind, str]:
    """What to call each shared thing in the picture."""
    return {
        IdentifierKind.ADDRESS: record.housing.address,
        IdentifierKind.PHONE: _("Telephone %(end)s") % {"end": covered(record.worker.phone)},
        IdentifierKind.EMAIL: _("E-mail %(end)s") % {"end": covered(record.worker.email, 6)},
        IdentifierKind.ACCOUNT: _("Account %(end)s") % {"end": covered(record.terms.wage_account, 4)},
        IdentifierKind.RECRUITER: record.recruitment.recruiter_name or _("Recruiter"),
    }


def languages(codes: tuple[str, ...]) -> str:
    """Names of languages in the reader's language."""
    known = Locale.parse((get_language() or "en").replace("-", "_")).languages
    return ", ".join(known.get(code, code) for code in codes)


def _place(address: str, province: str) -> str:
    name = province_name(province)
    return address if name in address else f"{address}, {name}".strip(", ")


def _day(day: Any) -> str:
    return str(day.strftime("%d.%m.%Y"))


def _money(amount: int | None) -> str:
    return "" if amount is None else drams(amount)


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else (_("Yes") if answer else _("No"))
