"""Builds the object behind every guarded address, so that "allowed" and "refused" are told apart.

Visited with an id that names nothing, a page answers 404 to everybody. Here each address gets a real object, and
for every role that holds its power an account to which that object belongs.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from allauth.account.models import EmailAddress
from django.utils import timezone

from alerts.facts import from_submission
from alerts.models import Alert, Screening, ScreeningState
from alerts.screening.batch import screen_waiting
from alerts.states import Category
from alerts.triage import actions as triage
from permits.actions import delegates, documents, drafts, review, tokens
from permits.checks import overrides
from permits.document_kinds import DocumentKind
from permits.models import Application, ApplicationDocument, Check, Outcome
from permits.submissions.draft import Draft
from referral.access import actions as access
from referral.api.tokens import actions as partner_tokens
from referral.cases.closing import actions as closing
from referral.referrals import actions as referrals
from tests.factories import permits as make
from tests.factories import referral as desk
from tests.factories import staff
from tests.factories.screening import DEBT
from tests.referral.api.conftest import with_factor
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.models import BackgroundJob

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Behind:
    """The arguments of one address, and who must be able to open it."""

    values: Values
    people: Mapping[Role, User]


Builder = Callable[[], Behind]
BUILDERS: dict[str, Builder] = {}
"""Name of an address -> what stands behind it; an address without arguments needs none."""


def behind(*names: str) -> Callable[[Builder], Builder]:
    """Say which addresses the object of this function stands behind."""

    def add(build: Builder) -> Builder:
        BUILDERS.update(dict.fromkeys(names, build))
        return build

    return add


# --- portal ----------------------------------------------------------------------------------------
def _filers() -> dict[Role, User]:
    return {Role.EMPLOYER: make.a_user(Role.EMPLOYER), Role.DELEGATE: make.a_user(Role.DELEGATE)}


def _company(people: Mapping[Role, User]) -> Any:
    boss = people[Role.EMPLOYER]
    company = make.an_employer(boss)
    make.a_delegate(company, people[Role.DELEGATE], by=boss, at=timezone.now())
    return company


def _of_application(build: Callable[..., Application]) -> Behind:
    people = _filers()
    return Behind({"pk": build(_company(people), people[Role.EMPLOYER]).pk}, people)


@behind(
    "employer:application",
    *("employer:worker", "employer:terms", "employer:terms_contract", "employer:housing"),
    *("employer:recruitment",),
    *("employer:documents", "employer:review", "employer:delete_draft"),
)
def a_draft() -> Behind:
    return _of_application(make.a_draft)


@behind("employer:restore_draft")
def a_deleted_draft() -> Behind:
    def deleted(company: Any, by: User) -> Application:
        application = make.a_draft(company, by)
        drafts.delete(application, expected_draft=Draft.AS_SAVED, by=by, at=timezone.now())
        return application

    return _of_application(deleted)


@behind("employer:submitted", "employer:withdraw")
def a_submitted_application() -> Behind:
    return _of_application(make.a_submitted_application)


@behind("employer:answer")
def an_application_with_a_question() -> Behind:
    def asked(company: Any, by: User) -> Application:
        application = make.a_submitted_application(company, by)
        make.a_question(application)
        return application

    return _of_application(asked)


@behind("employer:permit_file")
def an_approved_application() -> Behind:
    return _of_application(
        lambda company, by: make.a_permit(make.a_submitted_application(company, by)).application
    )


@behind("employer:remove_document")
def a_document_of_a_draft() -> Behind:
    people = _filers()
    draft = make.a_draft(_company(people), people[Role.EMPLOYER])
    document = make.attach(draft, DocumentKind.PHOTO, by=people[Role.EMPLOYER], at=timezone.now())
    return Behind({"pk": draft.pk, "document": document.pk}, people)


@behind("employer:document_thumbnail")
def a_checked_document_of_a_draft() -> Behind:
    return a_document_of_a_draft()


@behind("employer:restore_document")
def a_removed_document_of_a_draft() -> Behind:
    found = a_document_of_a_draft()
    document = ApplicationDocument.objects.get(pk=found.values["document"])
    documents.remove(document, by=found.people[Role.EMPLOYER], at=timezone.now())
    return found


@behind("employer:company", "employer:name_delegate", "employer:issue_token")
def a_company() -> Behind:
    people = _filers()
    return Behind({"pk": _company(people).pk}, people)


@behind("employer:dismiss_delegate")
def a_delegate_of_a_company() -> Behind:
    people = _filers()
    return Behind({"pk": _company(people).pk, "person": people[Role.DELEGATE].pk}, people)


@behind("employer:revoke_token")
def a_token_of_a_company() -> Behind:
    people = _filers()
    company = _company(people)
    token, _secret = tokens.issue(company, "payroll", by=people[Role.EMPLOYER], at=timezone.now())
    return Behind({"pk": company.pk, "token": token.pk}, people)


@behind("employer:answer_company", "employer:change_company")
def a_company_that_was_asked() -> Behind:
    people = _filers()
    company = make.a_claim(people[Role.EMPLOYER])
    make.a_delegate(company, people[Role.DELEGATE], by=people[Role.EMPLOYER])
    make.ask_company(company)
    return Behind({"pk": company.pk}, people)


@behind("employer:resend_invitation", "employer:withdraw_invitation")
def an_invitation_of_a_company() -> Behind:
    people = _filers()
    company = _company(people)
    invitation = delegates.invite(company, "nobody@example.am", by=people[Role.EMPLOYER], at=timezone.now())
    return Behind({"pk": company.pk, "invitation": invitation.pk}, people)


@behind("employer:accept_invitation", "employer:decline_invitation")
def an_invitation_to_everybody() -> Behind:
    """An account that can accept it stands for both roles: no two accounts share an address."""
    people = _filers()
    boss = make.a_user(Role.EMPLOYER)
    invitation = delegates.invite(make.an_employer(boss), "shared@example.am", by=boss, at=timezone.now())
    EmailAddress.objects.create(user=people[Role.DELEGATE], email="shared@example.am", verified=True)
    invited = people[Role.DELEGATE]
    return Behind({"invitation": invitation.pk}, {Role.DELEGATE: invited, Role.EMPLOYER: invited})


# --- office ----------------------------------------------------------------------------------------
def _staff() -> dict[Role, User]:
    return {Role.OFFICER: make.a_user(Role.OFFICER), Role.SUPERVISOR: make.a_user(Role.SUPERVISOR)}


def _file(application: Application, people: Mapping[Role, User] | None = None, **more: Any) -> Behind:
    application.refresh_from_db()
    return Behind({"reference": application.reference, **more}, people or _staff())


@behind("officer:file", "officer:take")
def a_file() -> Behind:
    return _file(make.a_submitted_application())


@behind("officer:reveal")
def a_masked_value() -> Behind:
    return _file(make.a_submitted_application(), field="worker.passport_number")


@behind("officer:permit", "officer:permit_pdf")
def a_file_with_a_permit() -> Behind:
    return _file(make.a_permit().application)


@behind("officer:document_page")
def a_page_of_a_document() -> Behind:
    application = make.a_submitted_application()
    document = application.documents.latest("added_at")
    return _file(application, document=document.pk, page=1)


@behind("officer:take_over", "officer:release", "officer:ask", "officer:decide")
def a_file_in_review() -> Behind:
    application, people = make.a_submitted_application(), _staff()
    review.take(application, by=people[Role.OFFICER], at=timezone.now())
    return _file(application, people)


@behind("officer:propose")
def an_outcome_to_propose() -> Behind:
    application, people = make.a_submitted_application(), _staff()
    review.take(application, by=people[Role.OFFICER], at=timezone.now())
    return _file(application, people, outcome="approval")


@behind("officer:confirm", "officer:send_back")
def a_proposed_decision() -> Behind:
    application = make.a_submitted_application()
    make.propose(application, Outcome.APPROVAL)
    return _file(application)


@behind("officer:override")
def a_check_that_waits() -> Behind:
    application = make.a_submitted_application()
    check = Check.objects.get(submission__application=application, completed_at=None)
    return _file(application, check=check.pk)


@behind("officer:confirm_override", "officer:decline_override")
def a_request_for_an_override() -> Behind:
    application = make.a_submitted_application()
    check = Check.objects.get(submission__application=application, completed_at=None)
    now = timezone.now()
    request = overrides.request_override(
        check,
        "The register is down.",
        by=make.a_user(Role.SUPERVISOR),
        at=now - overrides.waiting_time(at=now),
    )
    return _file(application, override=request.pk)


@behind("officer:claim")
def a_claim() -> Behind:
    return Behind({"pk": make.a_claim().pk}, _staff())


@behind("officer:claim_step")
def a_step_on_a_claim() -> Behind:
    return Behind({"pk": make.a_claim().pk, "step": "verify"}, _staff())


@behind("officer:employer")
def a_company_with_a_file() -> Behind:
    return Behind({"tax_number": make.a_submitted_application().employer.tax_number}, _staff())


# --- office and protection: the administration of staff ----------------------------------------------
def _an_account_on(surface: str, **more: Any) -> Behind:
    account = make.a_user(Role.OFFICER if surface == "office" else Role.ANALYST)
    return Behind({"account": account.pk, **more}, {})


@behind("office:staff:account", "office:staff:change")
def an_account_of_the_office() -> Behind:
    return _an_account_on("office")


@behind("protection:staff:account", "protection:staff:change")
def an_account_of_protection() -> Behind:
    return _an_account_on("protection")


@behind("office:staff:step")
def a_step_on_an_account_of_the_office() -> Behind:
    return _an_account_on("office", step="close")


@behind("protection:staff:step")
def a_step_on_an_account_of_protection() -> Behind:
    return _an_account_on("protection", step="close")


@behind("office:staff:request")
def a_request_of_the_office() -> Behind:
    by = make.a_user(Role.OFFICE_ADMINISTRATOR)
    return Behind({"asked": staff.a_request(Role.SUPERVISOR, by=by).pk}, {})


@behind("protection:staff:request")
def a_request_of_protection() -> Behind:
    by = make.a_user(Role.PROTECTION_ADMINISTRATOR)
    return Behind({"asked": staff.a_request(Role.ANALYST, by=by).pk}, {})


@behind("protection:staff:job")
def a_job_that_was_given_up() -> Behind:
    job = BackgroundJob.objects.create(kind="letter", key=uuid.uuid4(), dead_at=timezone.now())
    return Behind({"job": job.pk, "step": "retry"}, {})


# --- protection: screening --------------------------------------------------------------------------
def _screeners() -> dict[Role, User]:
    return {role: make.a_user(role) for role in (Role.ANALYST, Role.AUDITOR, Role.CASEWORKER)}


def _an_alert(people: Mapping[Role, User], *steps: str) -> Behind:
    make.a_submitted_application(**DEBT)
    screen_waiting(timezone.now())
    alert, by, at = Alert.objects.get(), people[Role.ANALYST], timezone.now()
    if "take" in steps:
        alert = triage.take(alert, by=by, at=at)
    if "propose" in steps:
        alert = triage.dismiss(
            alert, by=by, at=at, reason="The fee was paid back.", category=Category.FALSE_ALARM
        )
    if "confirm" in steps:
        alert = triage.confirm(alert, by=by, at=at, reason="The fee ties the worker.")
    return Behind({"alert": alert.pk}, people)


@behind("alerts:alert", "alerts:take")
def a_new_alert() -> Behind:
    return _an_alert(_screeners())


@behind("alerts:take_over", "alerts:release", "alerts:decide")
def an_alert_that_was_taken() -> Behind:
    return _an_alert(_screeners(), "take")


@behind("alerts:second")
def a_dismissal_that_waits_for_a_second_person() -> Behind:
    built = _an_alert(_screeners(), "take", "propose")
    return Behind(built.values, {**built.people, Role.ANALYST: make.a_user(Role.ANALYST)})


@behind("alerts:reopen")
def a_confirmed_alert() -> Behind:
    return _an_alert(_screeners(), "take", "confirm")


@behind("alerts:retry")
def a_submission_that_could_not_be_checked() -> Behind:
    make.a_submitted_application()
    with patch.object(from_submission, "facts", side_effect=ZeroDivisionError):
        screen_waiting(timezone.now())
    screening = Screening.objects.get(state=ScreeningState.COULD_NOT_CHECK)
    return Behind({"screening": screening.pk}, _screeners())


# --- protection: referral ---------------------------------------------------------------------------
def _of_case(**more: Any) -> Behind:
    by = desk.a_caseworker()
    return Behind({"case": desk.a_case(by).pk, **more}, {Role.CASEWORKER: by})


@behind("referral:case", "referral:contact", "referral:notes", "referral:history")
@behind("referral:consents", "referral:referrals", "referral:team")
def a_case() -> Behind:
    return _of_case()


@behind("referral:open_case")
def a_confirmed_alert_without_a_case() -> Behind:
    return Behind({"waiting": desk.a_confirmed_alert().pk}, {Role.CASEWORKER: desk.a_caseworker()})


@behind("referral:reveal")
def a_covered_value_of_a_case() -> Behind:
    return _of_case(field="passport_number")


@behind("referral:step")
def a_step_of_a_case() -> Behind:
    return _of_case(step="hold")


@behind("referral:outside")
def a_case_of_a_colleague() -> Behind:
    return Behind({"case": desk.a_case().pk}, {Role.CASEWORKER: desk.a_caseworker()})


@behind("referral:remove_member")
def a_member_of_a_team() -> Behind:
    case = desk.a_case()
    row = access.add_member(case, desk.a_caseworker(), by=case.caseworker, at=timezone.now())
    return Behind({"case": case.pk, "member": row.pk}, {Role.CASEWORKER: case.caseworker})


def _closing(**more: Any) -> Behind:
    case, second = desk.a_case(), desk.a_caseworker()
    access.add_member(case, second, by=case.caseworker, at=timezone.now())
    row = closing.propose(case, "no_concern", "Nothing.", by=case.caseworker, at=timezone.now())
    return Behind({"case": case.pk, "proposal": row.pk, **more}, {Role.CASEWORKER: second})


@behind("referral:closing")
def a_closing_that_waits() -> Behind:
    return _closing()


@behind("referral:decide_closing")
def a_closing_to_confirm() -> Behind:
    return _closing(decision="confirm")


@behind("referral:ask")
def a_question_to_the_person() -> Behind:
    return _of_case(agency="ngo-shelter", purpose="shelter")


@behind("referral:preview")
def a_referral_to_preview() -> Behind:
    return _of_case(agency="labour-inspectorate", purpose="inspection")


@behind("referral:take_back")
def a_consent_of_a_case() -> Behind:
    case = desk.a_case()
    return Behind({"case": case.pk, "consent": desk.a_consent(case).pk}, {Role.CASEWORKER: case.caseworker})


@behind("referral:withdraw")
def a_referral_of_a_case() -> Behind:
    item, _partner = desk.a_referral()
    return Behind({"case": item.case_id, "item": item.pk}, {Role.CASEWORKER: item.case.caseworker})


@behind("referral:item", "referral:accept", "referral:decline")
def a_referral_that_waits() -> Behind:
    item, partner = desk.a_referral()
    return Behind({"item": item.pk}, {Role.PARTNER: partner})


@behind("referral:outcome")
def an_accepted_referral() -> Behind:
    item, partner = desk.a_referral()
    referrals.accept(item, by=partner, at=timezone.now())
    return Behind({"item": item.pk}, {Role.PARTNER: partner})


@behind("referral:revoke_token")
def a_token_of_an_agency() -> Behind:
    partner = with_factor(desk.a_partner())
    token, _secret = partner_tokens.issue("case system", by=partner, at=timezone.now())
    return Behind({"token": token.pk}, {Role.PARTNER: partner})
