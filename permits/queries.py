"""Queries: which employers and applications a person may see, and the office's queue."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user, get_users_with_perms

from permits import powers
from permits.case_types.registry import case_type
from permits.check_kinds import CheckKind
from permits.completeness.missing import missing
from permits.models.application import Application
from permits.models.override import CheckOverride
from permits.models.parties import Employer
from permits.states import OPEN, State
from wpis.accounts.models import User

FILE_FOR = "permits.file_for_employer"
LEAD = "permits.lead_employer"


def employers_of(user: Any) -> QuerySet[Employer]:
    """The employers this account may file for, by name."""
    if not powers.FILE.held_by(user):
        return Employer.objects.none()
    found: QuerySet[Employer] = get_objects_for_user(user, FILE_FOR, klass=Employer, with_superuser=False)
    return found.order_by("name_en", "pk")


def may_file_for(user: Any, employer: UUID) -> bool:
    """Whether this account may file for the employer with this key.

    One statement: we grant to accounts, never to groups, and an employer's key needs no content type beside it
    (django-guardian's own question takes two wide ones, and this is asked with every request).
    """
    grants = UserObjectPermission.objects.filter(permission__codename=FILE_FOR.partition(".")[2])
    return powers.FILE.held_by(user) and grants.filter(user=user, object_pk=str(employer)).exists()


def leads(user: Any, employer: Employer) -> bool:
    """Whether this account may invite and dismiss delegates of the employer, and answer for it."""
    grants = UserObjectPermission.objects.filter(permission__codename=LEAD.partition(".")[2])
    return (
        powers.NAME_DELEGATES.held_by(user) and grants.filter(user=user, object_pk=str(employer.pk)).exists()
    )


def people_of(employer: Employer) -> QuerySet[User]:
    """The accounts that may file for the company, by name."""
    codename = FILE_FOR.partition(".")[2]
    found: Any = get_users_with_perms(employer, only_with_perms_in=[codename], with_group_users=False)
    return found.order_by("name", "email")  # type: ignore[no-any-return]  # guardian is untyped


def applications_for(user: Any) -> QuerySet[Application]:
    """The applications this employer's account may see, newest first."""
    return _newest_first(employer__in=employers_of(user)).select_related(
        "employer", "worker", "terms", "permit"
    )


def applications_of(employer: UUID) -> QuerySet[Application]:
    """The applications of one employer, newest first; for somebody of whom `may_file_for` was asked."""
    return _newest_first(employer=employer).select_related("permit")


def _newest_first(**which: Any) -> QuerySet[Application]:
    """Of those, what is there for an employer: a draft that was deleted is not, whatever still lies in its rows."""
    return Application.objects.filter(activity__deleted_at=None, **which).order_by("-created_at", "pk")


def files_for(user: Any) -> QuerySet[Application]:
    """The files an officer may read: everything that was submitted. Drafts are the employer's own."""
    if not powers.READ_FILES.held_by(user):
        return Application.objects.none()
    return Application.objects.exclude(state=State.DRAFT).select_related(
        "employer", "worker", "terms", "officer"
    )


def queue() -> QuerySet[Application]:
    """Open files in the order of work: decision date, then first receipt; a total order that follows nothing else."""
    return (
        Application.objects.filter(state__in=OPEN)
        .select_related("employer", "worker", "terms", "officer")
        .order_by("due_on", "submitted_at", "pk")
    )


def open_parts(application: Application) -> list[str]:
    """The parts that the employer may change now: all of a draft, else those that a question asks for.

    While an answer is awaited also those that lack something, such as a file that was refused after filing: the
    answer is not accepted without it.
    """
    parts = list(case_type(application.kind).parts)
    if application.state == State.DRAFT:
        return parts
    if application.state != State.WAITING:
        return []
    question = application.questions.filter(answered_at=None).first()
    if question is None:
        return []
    lacking = {item.part for item in missing(application)}
    return [part for part in parts if part in question.sections or part in lacking]


OPEN_OVERRIDES = (Q(settled_at=None, check_row__superseded_at=None, check_row__overridden_at=None)) & (
    Q(check_row__completed_at=None) | Q(check_row__kind=CheckKind.DOCUMENTS)
)
"""Requests that a second supervisor may still settle; a check of the files can be complete and yet not satisfied."""


def overrides_waiting() -> int:
    """How many requests for an override wait for a second supervisor."""
    return CheckOverride.objects.filter(OPEN_OVERRIDES).count()
