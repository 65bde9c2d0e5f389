"""Reasons why a step on an application may not happen now; each returns sentences, empty when it may."""

from datetime import date

from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from permits.case_types.registry import case_type
from permits.checks.required_documents import damaged, of_newest
from permits.checks.separation import not_an_overrider
from permits.checks.waiting import holds_approval
from permits.companies import guards as companies
from permits.completeness.missing import missing
from permits.completeness.permit_term import filed_term, obstacle
from permits.completeness.unprintable import unprintable_in
from permits.models import Application, Check, CheckKind, Decision, Submission
from permits.ownership import own_file
from permits.submissions.reading import read_if_readable
from wpis.accounts.models import User


def complete(application: Application, on: date) -> list[str]:
    """Everything that the form requires is there, and can be on this day."""
    return [str(item) for item in missing(application, on)]


def checks_complete(application: Application, by: User | None) -> list[str]:
    """No check or opinion of the one window holds an approval of the newest submission."""
    newest = Submission.objects.filter(application=application).order_by("-number").values("pk")[:1]
    assert application.submitted_at
    return holds_approval(
        case_type(application.kind),
        Check.objects.filter(submission=Subquery(newest)),
        of_newest(application),
        timezone.localdate(application.submitted_at),
    )


def permit_possible(application: Application, on: date) -> list[str]:
    """What was filed last can be read, for nobody approves what nobody can see, and leaves a day for a permit.

    The permit can be printed, too.
    """
    newest = Submission.objects.filter(application=application).order_by("-number").first()
    filed = read_if_readable(newest) if newest is not None else None
    if filed is None:
        return [_("What was filed cannot be read, so it cannot be approved. Report it to the administrator.")]
    reason = obstacle(filed_term(case_type(application.kind), filed, on=on))
    return [*([f"{reason[2]}."] if reason else []), *unprintable_in(filed)]


def documents_as_inspected(application: Application) -> list[str]:
    """The stored files of the application are those that were cleared.

    Reads the files, so it is asked when an approval is proposed or confirmed, and not for every page.
    """
    newest = Submission.objects.filter(application=application).order_by("-number").values("pk")[:1]
    waived = Check.objects.filter(
        submission=Subquery(newest), kind=CheckKind.DOCUMENTS, overridden_at__isnull=False
    )
    if waived.exists():
        return []
    return [str(each) for each in damaged(of_newest(application))]


def own_file_apart(application: Application, by: User | None) -> list[str]:
    """Own file, and the officer took no part in overriding a check of it."""
    return own_file(application, by) or not_an_overrider(application, by)


def own_file_settled(application: Application, by: User | None) -> list[str]:
    """The same for a refusal: an officer has said whether the account acts for the company."""
    return own_file_apart(application, by) + companies.settled(application)


def own_file_with_checks(application: Application, by: User | None) -> list[str]:
    """The same for an approval: the company is verified, and the checks are complete."""
    return (
        own_file_apart(application, by) + companies.verified(application) + checks_complete(application, by)
    )


def second_person(application: Application, by: User | None) -> list[str]:
    """The one who proposed a decision cannot confirm it (four eyes)."""
    proposal = Decision.objects.filter(application=application, settled_at=None).first()
    if proposal is None:
        return [_("No decision has been proposed.")]
    if proposal.proposed_by_id == getattr(by, "pk", None):
        return [_("You proposed this decision; a second person must confirm it.")]
    return []


def second_person_apart(application: Application, by: User | None) -> list[str]:
    """A second person, who took no part in overriding a check of the file."""
    return second_person(application, by) or not_an_overrider(application, by)


def second_person_with_checks(application: Application, by: User | None) -> list[str]:
    """The same for an approval: company verified, checks complete at this moment."""
    return (
        second_person_apart(application, by)
        + companies.verified(application)
        + companies.not_its_verifier(application, by)
        + checks_complete(application, by)
    )


def second_person_settled(application: Application, by: User | None) -> list[str]:
    """The same for a refusal: the verification of the company was not opened again meanwhile."""
    return second_person_apart(application, by) + companies.settled(application)
