"""Compares the contract's terms with the limits of the law book: the same lines for every file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from permits.assessment.citations import cited
from permits.case_types.declaration import CaseType
from permits.completeness.permit_term import EndsWith, filed_term, obstacle
from permits.completeness.working_terms import hours_a_day, longest_week, lowest_wage
from permits.submissions.records import SubmissionRecord, TermsRecord
from wpis import law
from wpis.formatting.days import day
from wpis.formatting.numbers import decimal, drams
from wpis.formatting.values import Kind, write
from wpis.law.deadline import TermUnit, add_term


class Limit(StrEnum):
    """The limits that a contract is held against; the names are stored with a decision, and none is renamed."""

    WAGE = "wage"
    WEEKLY_HOURS = "weekly_hours"
    DAILY_HOURS = "daily_hours"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class LegalLimit:
    """One limit: what the contract says, what the law says and where; `kept` is None if not stated."""

    name: Limit
    label: str
    stated: str
    limit: str
    reference: str
    kept: bool | None


def limits(filed: SubmissionRecord, on: date, case: CaseType) -> list[LegalLimit]:
    """Wage, hours and, where a permit is issued, the contract's term against the law of the day of submission."""
    terms, book = filed.terms, law.in_force(on)
    term = [_term(terms, book, case.longest_term)] if case.longest_term else []
    return [_wage(terms, book), _weekly_hours(filed, book), _daily_hours(terms, book), *term]


def broken(limits: Iterable[LegalLimit]) -> list[LegalLimit]:
    """Those that the contract does not keep; what it does not state breaks none."""
    return [limit for limit in limits if limit.kept is False]


ENDS_WITH = {
    EndsWith.CONTRACT: gettext_lazy("ends with the contract"),
    EndsWith.PASSPORT: gettext_lazy("ends with the passport"),
    EndsWith.LONGEST_TERM: gettext_lazy("ends with the longest term of the law"),
}


@dataclass(frozen=True, slots=True)
class PermitToday:
    """The permit that would be issued today: its days, and what they end with or what leaves none."""

    stated: str
    limit: str
    possible: bool


def permit_today(filed: SubmissionRecord, on: date, case: CaseType) -> PermitToday | None:
    """From when until when a permit would run that is issued on this day; None where an approval issues none."""
    term = filed_term(case, filed, on=on)
    if term is None:
        return None
    dates = {"first": day(term.first), "last": day(term.last)}
    reason = obstacle(term)
    return PermitToday(
        stated=_("no day is left for it") if reason else _("%(first)s to %(last)s") % dates,
        limit=reason[2] if reason else str(ENDS_WITH[term.ends_with]),
        possible=reason is None,
    )


def _wage(terms: TermsRecord, book: law.Law) -> LegalLimit:
    minimum, lowest = book.minimum_wage, lowest_wage(terms.weekly_hours, book)
    text = _("at least %(amount)s a month") % {"amount": drams(lowest)}
    if lowest < minimum:
        text = _("at least %(amount)s a month for these hours (full week: %(full)s)") % {
            "amount": drams(lowest),
            "full": drams(minimum),
        }
    return LegalLimit(
        name=Limit.WAGE,
        label=_("Gross wage"),
        stated=write(terms.gross_wage, Kind.MONEY),
        limit=text,
        reference=_source(book, "minimum_wage"),
        kept=None if terms.gross_wage is None else terms.gross_wage >= lowest,
    )


def _source(book: law.Law, name: str) -> str:
    citation = book.citation(name)
    return cited(citation.reference, citation.confidence)


def _weekly_hours(filed: SubmissionRecord, book: law.Law) -> LegalLimit:
    terms = filed.terms
    longest, parameter = longest_week(filed.worker.birth_date, terms.starts_on, book)
    return LegalLimit(
        name=Limit.WEEKLY_HOURS,
        label=_("Hours a week"),
        stated=write(terms.weekly_hours),
        limit=ngettext("at most %(hours)d hour", "at most %(hours)d hours", longest) % {"hours": longest},
        reference=_source(book, parameter),
        kept=None if terms.weekly_hours is None else terms.weekly_hours <= longest,
    )


def _daily_hours(terms: TermsRecord, book: law.Law) -> LegalLimit:
    longest, each = book.daily_hours_maximum, hours_a_day(terms)
    return LegalLimit(
        name=Limit.DAILY_HOURS,
        label=_("Hours a day"),
        stated="" if each is None else decimal(round(each, 1)),
        limit=ngettext("at most %(hours)d hour", "at most %(hours)d hours", longest) % {"hours": longest},
        reference=_source(book, "daily_hours_maximum"),
        kept=None if each is None else each <= longest,
    )


def _term(terms: TermsRecord, book: law.Law, parameter: str) -> LegalLimit:
    months: int = getattr(book, parameter)
    last = add_term(terms.starts_on, months, TermUnit.MONTHS) - timedelta(days=1)
    return LegalLimit(
        name=Limit.TERM,
        label=_("Term of the contract"),
        stated=_("%(first)s to %(last)s") % {"first": day(terms.starts_on), "last": day(terms.ends_on)},
        limit=ngettext("at most %(months)d month", "at most %(months)d months", months) % {"months": months},
        reference=_source(book, parameter),
        kept=terms.ends_on <= last,
    )
