"""Confirmed alerts, cases, answers and referrals for tests, made through the real actions."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from alerts.models import Alert
from alerts.screening.batch import screen_waiting
from alerts.triage import actions
from permits.actions import applications
from permits.case_types.new import CASE_TYPE
from permits.models import Application
from permits.submissions.draft import Draft
from referral.access import actions as access
from referral.agencies.directory import Agency, Purpose, agencies
from referral.cases import actions as cases
from referral.consent import actions as consents
from referral.models import Case, Consent, OutsideAccess, Referral
from referral.referrals import actions as referrals
from referral.states import Answer, Explained, HowGiven, OutsideReason
from tests.factories.permits import a_draft, a_user, an_employer, answers, attach
from wpis.accounts.models import User
from wpis.accounts.roles import Role

FEE = {
    "used_recruiter": True,
    "recruiter_name": "Bright Jobs",
    "recruiter_country": "IND",
    "worker_fee": 900_000,
}
"""A recruitment fee so high that the file is looked at."""


def a_filed_application(at: datetime, **parts: dict[str, Any]) -> Application:
    """A submitted application whose files still wait to be looked into: that takes seconds, and nobody here asks."""
    employer = a_user()
    draft = a_draft(an_employer(employer, at), employer, at)
    for part, values in answers(timezone.localdate(at), **parts).items():
        applications.save_part(draft, part, values, by=employer, at=at)
    for kind in CASE_TYPE.documents:
        attach(draft, kind, by=employer, at=at, checked=False)
    return applications.submit(
        Application.objects.get(pk=draft.pk),
        by=employer,
        at=at,
        declared=True,
        expected_draft=Draft.AS_SAVED,
    )


def a_confirmed_alert(at: datetime | None = None, *, child: bool = False, **parts: dict[str, Any]) -> Alert:
    """A filed application was screened, and an analyst confirmed what was found."""
    at = at or timezone.now()
    if child:
        parts.setdefault("worker", {})["birth_date"] = date(at.year - 16, 1, 15)
    parts.setdefault("recruitment", FEE)
    application = a_filed_application(at, **parts)
    while screen_waiting(at):
        pass
    alert = Alert.objects.get(application=application.pk)
    analyst = a_user(Role.ANALYST)
    actions.take(alert, by=analyst, at=at)
    return actions.confirm(alert, by=analyst, at=at, reason="The fee ties the worker to the recruiter.")


def a_caseworker(**fields: Any) -> User:
    """Somebody who works cases."""
    return a_user(Role.CASEWORKER, **fields)


def a_partner(agency: str = "ngo-shelter", **fields: Any) -> User:
    """Somebody who works at a receiving agency."""
    return a_user(Role.PARTNER, agency=agency, **fields)


CONTACT = cases.SafeContact(
    how="Through the bakery on Abovyan Street",
    when="Sunday after 14:00",
    say="About the language course",
    language="hi",
    interviewer_wish="woman",
)


def a_case(
    by: User | None = None,
    at: datetime | None = None,
    *,
    contact: bool = True,
    child: bool = False,
    **parts: Any,
) -> Case:
    """An open case; with a safe contact unless told otherwise."""
    at, by = at or timezone.now(), by or a_caseworker()
    case = cases.open_case(a_confirmed_alert(at, child=child, **parts).pk, by=by, at=at)
    return cases.set_safe_contact(case, CONTACT, by=by, at=at).case if contact else case


def from_outside(case: Case, by: User, at: datetime | None = None) -> OutsideAccess:
    """A colleague outside the team said why they must read the case."""
    return access.record_outside_access(case, OutsideReason.COVER, "", by=by, at=at or timezone.now())


def the_purpose(agency: str = "ngo-shelter", purpose: str = "shelter") -> tuple[Agency, Purpose]:
    """An agency of the directory and one of its purposes."""
    return agencies()[agency], agencies()[agency].purposes[purpose]


def a_reply(purpose: Purpose, answer: str = Answer.YES, **changes: Any) -> consents.Reply:
    """What a person answers who was told everything; a yes to all fields unless told otherwise."""
    fields: dict[str, Any] = {
        "answer": answer,
        "fields": purpose.fields,
        "explained": tuple(Explained.values),
        "language": "hi",
        "interpreter": "",
        "how_given": HowGiven.SPOKEN,
        "valid_until": timezone.localdate() + timedelta(days=90),
    }
    return consents.Reply(**(fields | changes))


def a_consent(
    case: Case,
    agency: str = "ngo-shelter",
    purpose: str = "shelter",
    *,
    at: datetime | None = None,
    **reply: Any,
) -> Consent:
    """The person's answer, recorded by the caseworker of the case."""
    to, use = the_purpose(agency, purpose)
    return consents.record(case, to, use, a_reply(use, **reply), by=case.caseworker, at=at or timezone.now())


def send(
    case: Case,
    agency: str = "ngo-shelter",
    purpose: str = "shelter",
    *,
    by: User | None = None,
    at: datetime | None = None,
    token: uuid.UUID | None = None,
    reason: str = "",
) -> Referral:
    """Send what a preview would show now; whether it may be sent is up to the action."""
    to, use = the_purpose(agency, purpose)
    at = at or timezone.now()
    content = referrals.preview(case, to, use, at=at)
    return referrals.send(
        case,
        to,
        use,
        by=by or case.caseworker,
        at=at,
        token=token or uuid.uuid4(),
        expected_digest=content.digest,
        reason=reason,
    )


def a_case_with_consent(agency: str = "ngo-shelter", purpose: str = "shelter", **reply: Any) -> Case:
    """A case with the person's yes, and somebody at the agency who would read what is sent."""
    case = a_case()
    a_partner(agency)
    a_consent(case, agency, purpose, **reply)
    return case


def a_referral(
    case: Case | None = None,
    agency: str = "ngo-shelter",
    purpose: str = "shelter",
    at: datetime | None = None,
) -> tuple[Referral, User]:
    """A referral with the person's yes, and somebody at the agency who can answer it."""
    case = case or a_case(at=at)
    partner = a_partner(agency)
    a_consent(case, agency, purpose, at=at)
    return send(case, agency, purpose, at=at), partner
