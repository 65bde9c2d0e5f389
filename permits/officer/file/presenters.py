"""What the employer filed, as rows a person reads, with what changed since the submission before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permits.models import Employer, EmploymentTerms, Housing, Recruitment, Worker
from permits.officer.file.comparisons import Comparison, Mark
from permits.officer.file.masks import MASKED, masked
from permits.submissions.records import SubmissionRecord
from wpis.classifications.countries import country_name
from wpis.classifications.occupations import occupation_title
from wpis.formatting.days import day
from wpis.formatting.numbers import drams

MONEY = frozenset(
    {
        *("gross_wage", "deductions", "deduction_housing", "deduction_food", "deduction_transport"),
        *("deduction_fees", "deduction_other", "worker_fee", "advance"),
    }
)
COUNTRIES = frozenset({"nationality", "passport_issuer", "recruiter_country"})

PARTS: tuple[tuple[str, Promise, type[models.Model], tuple[str, ...]], ...] = (
    (
        "worker",
        gettext_lazy("Worker"),
        Worker,
        (
            *("surname", "given_names", "surname_hy", "given_names_hy", "birth_date", "sex", "nationality"),
            *("passport_number", "passport_issuer", "passport_expires_on", "languages"),
            *("phone", "email", "contact_is_own"),
        ),
    ),
    (
        "terms",
        gettext_lazy("Job and pay"),
        EmploymentTerms,
        (
            *(
                "occupation",
                "job_title",
                "province",
                "workplace",
                "weekly_hours",
                "days_per_week",
                "gross_wage",
            ),
            *(
                "deduction_housing",
                "deduction_food",
                "deduction_transport",
                "deduction_fees",
                "deduction_other",
            ),
            *("wage_account", "starts_on", "ends_on", "contract_states", "contract_languages"),
            *("contract_explained", "penalty_clause"),
        ),
    ),
    (
        "housing",
        gettext_lazy("Housing"),
        Housing,
        ("provider", "province", "address", "persons_per_room", "capacity", "at_workplace"),
    ),
    (
        "recruitment",
        gettext_lazy("How the worker was found"),
        Recruitment,
        (
            *("used_recruiter", "recruiter_name", "recruiter_country", "recruiter_phone", "recruiter_email"),
            *("worker_fee", "advance", "transport_by_employer", "permit_cost_payer"),
        ),
    ),
    (
        "employer",
        gettext_lazy("Employer"),
        Employer,
        (
            "name_en",
            "name_hy",
            "tax_number",
            "province",
            "address",
            "nace",
            "registered_on",
            "phone",
            "email",
        ),
    ),
)
"""Part of the file, its heading, the model that words its labels, and its fields in the order of reading."""


@dataclass(frozen=True, slots=True)
class Row:
    """One declared value in words, empty when none was given.

    `was` is what stood there before, if it changed; `mark` says how it compares with the passport.
    """

    name: str
    label: str
    value: str
    was: str | None = None
    hidden: bool = False
    mark: Mark | None = None

    @property
    def changed(self) -> bool:
        """Whether the newest submission says something else than the one before."""
        return self.was is not None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file."""

    name: str
    title: str
    rows: list[Row]

    @property
    def changes(self) -> int:
        """How many values of this part changed."""
        return sum(row.changed for row in self.rows)


def parts(now: SubmissionRecord, before: SubmissionRecord | None, passport: Comparison) -> list[Part]:
    """The whole file as filed now, compared with the submission before and with the passport."""
    return [
        Part(name, str(title), list(_rows(name, model, fields, now, before, passport)))
        for name, title, model, fields in PARTS
    ]


def _rows(
    part: str,
    model: Any,
    fields: tuple[str, ...],
    now: SubmissionRecord,
    before: SubmissionRecord | None,
    passport: Comparison,
) -> Iterator[Row]:
    for name in fields:
        column, value = model._meta.get_field(name), _value(now, part, name)
        old = _value(before, part, name) if before else value
        hidden = f"{part}.{name}" in MASKED
        say = masked if hidden else partial(in_words, column)
        yield Row(
            name=name,
            label=str(capfirst(column.verbose_name)),
            value=say(value),
            was=say(old) if old != value else None,
            hidden=hidden and bool(value),
            mark=passport.marks.get(name) if part == "worker" else None,
        )


def _value(record: SubmissionRecord, part: str, name: str) -> Any:
    filed = getattr(record, part)
    if part == "terms" and name.startswith("deduction_"):
        return filed.deduction_kinds.get(name.removeprefix("deduction_"))
    return getattr(filed, name)


def in_words(column: Any, value: Any) -> str:
    """A declared value as the form showed it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return day(value)
    if column.name in MONEY:
        return drams(value)
    if column.name in COUNTRIES:
        return country_name(value)
    if column.name == "occupation":
        return f"{occupation_title(value)} ({value})"
    if isinstance(value, tuple | list):
        return ", ".join(str(dict(column.base_field.choices).get(item, item)) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(dict(column.choices or ()).get(value, value))
