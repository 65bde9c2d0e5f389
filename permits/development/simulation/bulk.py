"""Inserts tens of thousands of submitted applications as rows, for benchmarks only.

The rows have the shape that the real actions leave after `submit` (parts, sealed snapshot, checks, feed item,
history), but no files, letters or audit rows, and nobody has worked on them. All wait for the automatic check.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from guardian.models import UserObjectPermission

from permits import references
from permits.case_types.new import CASE_TYPE as NEW_PERMIT
from permits.case_types.registry import case_type
from permits.companies.reasons import Basis
from permits.models import (
    Application,
    ApplicationChange,
    Check,
    CheckKind,
    Employer,
    EmployerChange,
    FeedItem,
    State,
    Submission,
)
from permits.parts.catalogue import MODELS
from permits.states import CompanyState
from permits.submissions import snapshot
from wpis import law
from wpis.accounts.models import User
from wpis.accounts.roles import Role, Surface
from wpis.audit.digests import signed
from wpis.development.simulation.country import Company, Country, Filing
from wpis.development.simulation.playing.accounts import Actors
from wpis.development.simulation.playing.bulk_copy import copy
from wpis.development.simulation.playing.days import FiledApplication
from wpis.errors import Refused

CHUNK = 2000
"""Applications in one transaction."""

Registered = dict[str, Employer]


def load(
    country: Country, actors: Actors, now: datetime, progress: Callable[[int, int], None]
) -> list[FiledApplication]:
    """Insert the whole country; returns what was filed."""
    companies = {filing.company.tax_number: filing.company for filing in country.filings}
    with transaction.atomic():
        registered, leads = _register(list(companies.values()), country)
    filed: list[FiledApplication] = []
    for start in range(0, len(country.filings), CHUNK):
        with transaction.atomic():
            filed += _insert(country.filings[start : start + CHUNK], registered, leads, now)
        progress(len(filed), len(country.filings))
    return filed


def _register(companies: Sequence[Company], country: Country) -> tuple[Registered, dict[str, User]]:
    if Employer.objects.filter(tax_number__in=[company.tax_number for company in companies[:100]]).exists():
        raise Refused("These companies are registered already.", field="tax_number")
    at = datetime.combine(country.since, datetime.min.time(), tzinfo=timezone.get_current_timezone())
    users, employers, grants = {}, {}, []
    taken = set(Employer.objects.values_list("tax_number", flat=True))
    kind = ContentType.objects.get_for_model(Employer)
    rights = Permission.objects.filter(content_type=kind, codename__in=["file_for_employer", "lead_employer"])
    for company in companies:
        user = User(
            email=company.email,
            name=company.director,
            role=Role.EMPLOYER,
            surface=Surface.PORTAL,
            password="!",  # noqa: S106  unusable: nobody signs in with it
        )
        employer = Employer(created_at=at, created_by=user, **company.registration())
        while employer.tax_number in taken:  # two large countries may draw the same one of 10^8 numbers
            employer.tax_number = f"{(int(employer.tax_number) + 1) % 10**8:08d}"
        taken.add(employer.tax_number)
        users[company.tax_number], employers[company.tax_number] = user, employer
        grants += [
            UserObjectPermission(user=user, permission=right, content_type=kind, object_pk=str(employer.pk))
            for right in rights
        ]
    copy(list(users.values()))
    copy(list(employers.values()))
    # As an application begins as a draft, a company begins unverified.
    verified = Employer.objects.filter(pk__in=[employer.pk for employer in employers.values()])
    verified.update(state=CompanyState.VERIFIED)
    copy([_verified(employer, at) for employer in employers.values()])
    UserObjectPermission.objects.bulk_create(grants, batch_size=5000)
    return employers, users


def _verified(employer: Employer, at: datetime) -> EmployerChange:
    return signed(
        EmployerChange(
            subject=employer,
            step="verify",
            source=CompanyState.CLAIMED,
            target=CompanyState.VERIFIED,
            at=at,
            reason=Basis.REGISTER,
        )
    )


def _insert(
    filings: Sequence[Filing], registered: Registered, users: dict[str, User], now: datetime
) -> list[FiledApplication]:
    applications, submissions, checks, items, changes = [], [], [], [], []
    parts: dict[str, list[object]] = {name: [] for name in MODELS}
    for filing in filings:
        at, key = min(filing.at, now), uuid.uuid4()
        by = users[filing.company.tax_number]
        application = Application(
            kind=NEW_PERMIT.slug,
            reference=references.new("WP"),
            employer=registered[filing.company.tax_number],
            created_by=by,
            created_at=at,
            submitted_at=at,
            regime=law.in_force(filing.day).regime,
            due_on=_due(NEW_PERMIT.slug, filing.day),
        )
        for name, values in filing.parts().items():
            parts[name].append(MODELS[name](application=application, **values))
        data, digest = snapshot.canonical(snapshot.take(application, submission=key, number=1, at=at))
        submission = Submission(
            pk=key, application=application, number=1, snapshot=data, digest=digest, by=by, at=at
        )
        applications.append(application)
        submissions.append(submission)
        checks += [
            Check(
                submission=submission,
                kind=kind,
                requested_at=at,
                completed_at=at if kind == CheckKind.DOCUMENTS else None,
            )
            for kind in case_type(application.kind).checks
        ]
        items.append(FeedItem(kind="submission", key=key, created_at=at, due_at=at))
        changes.append(
            signed(
                ApplicationChange(
                    subject=application,
                    step="submit",
                    source=State.DRAFT,
                    target=State.SUBMITTED,
                    by=by,
                    at=at,
                )
            )
        )
    for rows in (applications, *parts.values(), submissions, checks, items, changes):
        copy(rows)  # type: ignore[arg-type]
    # The database lets an application begin as a draft only; one UPDATE takes the legal step for all.
    keys = [application.pk for application in applications]
    Application.objects.filter(pk__in=keys).update(state=State.SUBMITTED)
    return [
        FiledApplication(filing, str(application.reference))
        for filing, application in zip(filings, applications, strict=True)
    ]


@cache
def _due(kind: str, day: date) -> date:
    return case_type(kind).decision_due(day)
