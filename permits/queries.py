"""Everything that reads: who sees which employers and applications, the office's queue."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from permits import powers
from permits.models.application import Application
from permits.models.parties import Employer
from permits.states import OPEN, State

FILE_FOR = "permits.file_for_employer"


def employers_of(user: Any) -> QuerySet[Employer]:
    """The employers this account may file for, by name."""
    if not powers.FILE.held_by(user):
        return Employer.objects.none()
    found: QuerySet[Employer] = get_objects_for_user(user, FILE_FOR, klass=Employer, with_superuser=False)
    return found.order_by("name_en", "pk")


def may_file_for(user: Any, employer: Employer) -> bool:
    """Whether this account may file for this employer."""
    return powers.FILE.held_by(user) and _grants(FILE_FOR, user).filter(object_pk=str(employer.pk)).exists()


def granted_to(user: Any, employer: str = "employer_id") -> Exists:
    """Whether `user` holds the grant for the employer named by a column: a condition within a larger query.

    Only the grant: the power of the account's role is asked in Python (`powers.FILE`). `user` may be an OuterRef.
    """
    return Exists(_grants(FILE_FOR, user).filter(object_pk=Cast(OuterRef(employer), CharField())))


def applications_for(user: Any) -> QuerySet[Application]:
    """The applications this employer's account may see, newest first."""
    own = Application.objects.filter(employer__in=employers_of(user))
    return own.select_related("employer", "worker", "terms").order_by("-created_at", "pk")


def files_for(user: Any) -> QuerySet[Application]:
    """The files an officer may read: everything that was submitted. Drafts are the employer's own."""
    if not powers.READ_FILES.held_by(user):
        return Application.objects.none()
    return Application.objects.exclude(state=State.DRAFT).select_related(
        "employer", "worker", "terms", "officer"
    )


def _grants(permission: str, user: Any) -> QuerySet[UserObjectPermission]:
    """Grants to the account itself; we use no groups. An employer's key is a UUID: it needs no content type."""
    codename = permission.partition(".")[2]
    return UserObjectPermission.objects.filter(user=user, permission__codename=codename)


def queue() -> QuerySet[Application]:
    """Open files in the order of work: decision date, then first receipt; a total order that follows nothing else."""
    return (
        Application.objects.filter(state__in=OPEN)
        .select_related("employer", "worker", "terms", "officer")
        .order_by("due_on", "submitted_at", "pk")
    )
