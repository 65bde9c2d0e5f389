"""People, employers and applications for tests, made through the real actions."""

import itertools
import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pgtrigger
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils import timezone
from guardian.shortcuts import assign_perm

from permits.actions import applications, companies, decisions, delegates, documents, employers, review
from permits.case_types.new import CASE_TYPE
from permits.checks import actions, overrides
from permits.companies.reasons import Basis, RefusalReason
from permits.models import (
    Application,
    Check,
    CheckKind,
    CheckOverride,
    Decision,
    DelegateInvitation,
    DocumentKind,
    Employer,
    Outcome,
    Permit,
    Question,
)
from permits.models.application import ApplicationDocument
from permits.queries import FILE_FOR
from permits.submissions.draft import Draft
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.digests import signed
from wpis.documents.models import FileCheck, Upload
from wpis.documents.models import State as UploadState

PASSWORD = "correct-horse-battery-7"
_numbers = itertools.count(1)

MRZ = "P<INDSHARMA<<RAJESH<KUMAR<<<<<<<<<<<<<<<<<<<\nN1234567<7IND9103270M3108158<<<<<<<<<<<<<<<2"
"""A valid zone of the worker below."""


def a_user(role: str = Role.EMPLOYER, email: str = "", **fields: Any) -> User:
    """An account that can sign in with PASSWORD; its surface follows from the role."""
    number = next(_numbers)
    fields = {"name": f"Person {number}", "role": role, **fields}
    return User.objects.create_user(email or f"person{number}@example.am", PASSWORD, **fields)


def an_employer(by: User | None = None, at: datetime | None = None, **fields: Any) -> Employer:
    """A company that `by` (default: a new account) leads and files for, and that an officer has verified."""
    at = at or timezone.now()
    return verify_company(a_claim(by, at, **fields), at)


def verify_company(company: Employer, at: datetime | None = None, *, by: User | None = None) -> Employer:
    """An officer has verified that the account acts for the company."""
    return companies.verify(
        company,
        Basis.REGISTER,
        expected_step=companies.newest_step(company),
        by=by or a_user(Role.OFFICER),
        at=at or timezone.now(),
    )


def refuse_company(company: Employer) -> Employer:
    """An officer has not verified the company."""
    return companies.refuse(
        company,
        RefusalReason.NO_EVIDENCE,
        expected_step=companies.newest_step(company),
        by=a_user(Role.OFFICER),
        at=timezone.now(),
    )


def ask_company(company: Employer) -> Employer:
    """An officer has asked the claimant of a company something."""
    return companies.ask(
        company,
        "Who signs for you?",
        expected_step=companies.newest_step(company),
        by=a_user(Role.OFFICER),
        at=timezone.now(),
    )


def answer_company(company: Employer) -> Employer:
    """The claimant has answered."""
    by = company.created_by
    assert by
    return companies.answer(
        company, "I do.", expected_step=companies.newest_step(company), by=by, at=timezone.now()
    )


def grant(company: Employer, person: User) -> None:
    """The right to file, as an earlier release gave it."""
    assign_perm(FILE_FOR, person, company)


def a_delegate(
    company: Employer, person: User, *, by: User, at: datetime | None = None
) -> DelegateInvitation:
    """`person` was invited by `by` to file for the company, at an address that it has confirmed, and has accepted."""
    at = at or timezone.now()
    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    invitation = delegates.invite(company, person.email, by=by, at=at)
    delegates.accept(invitation, by=person, at=at)
    return invitation


def a_claim(by: User | None = None, at: datetime | None = None, **fields: Any) -> Employer:
    """A company that `by` (default: a new account) has registered and nobody has looked at yet."""
    number = next(_numbers)
    defaults = {
        "tax_number": f"{number:08d}",
        "name_hy": f"«Արարատ Շին {number}» ՍՊԸ",
        "name_en": f"Ararat Build {number} LLC",
        "province": "AM-ER",
        "address": "12 Abovyan Street, Yerevan",
        "nace": "41.20",
        "registered_on": date(2015, 3, 2),
        "phone": "+37410123456",
        "email": f"office{number}@example.am",
        "authority": "Director according to the State Register",
    }
    return employers.register(by=by or a_user(), at=at or timezone.now(), **(defaults | fields))


def a_draft(employer: Employer, by: User, at: datetime | None = None, language: str = "en") -> Application:
    """An application that was only started."""
    return applications.start(
        employer, kind=CASE_TYPE.slug, by=by, at=at or timezone.now(), language=language
    )


def answers(day: date, **changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a careful employer enters on `day`; `changes` by part, as in `terms={"gross_wage": 90_000}`."""
    number = next(_numbers)
    parts: dict[str, dict[str, Any]] = {
        "worker": {
            "given_names": "RAJESH KUMAR",
            "surname": "SHARMA",
            "given_names_hy": "ՌԱՋԵՇ ԿՈՒՄԱՐ",
            "surname_hy": "ՇԱՐՄԱ",
            "one_name": False,
            "birth_date": date(1991, 3, 27),
            "sex": "M",
            "nationality": "IND",
            "passport_number": f"N{number:07d}",
            "passport_issuer": "IND",
            "passport_expires_on": day + timedelta(days=1500),
            "phone": f"+9198{number:08d}",
            "email": f"worker{number}@example.in",
            "contact_is_own": True,
            "languages": ["hi", "en"],
        },
        "terms": {
            "occupation": "7112",
            "job_title": "Bricklayer",
            "province": "AM-ER",
            "workplace": "5 Tigran Mets Avenue, Yerevan",
            "weekly_hours": 40,
            "days_per_week": 5,
            "gross_wage": 320_000,
            "wage_account": f"AM{number:014d}",
            "starts_on": day + timedelta(days=60),
            "ends_on": day + timedelta(days=360),
            "contract_states": ["wage", "hours", "place", "signatures"],
            "contract_languages": ["hy", "hi"],
            "contract_explained": True,
            "penalty_clause": False,
        },
        "housing": {
            "provider": "employer",
            "province": "AM-ER",
            "address": f"{number} Komitas Avenue, Yerevan",
            "persons_per_room": 2,
            "capacity": 8,
            "at_workplace": False,
        },
        "recruitment": {
            "used_recruiter": False,
            "worker_fee": 0,
            "advance": 0,
            "transport_by_employer": False,
            "permit_cost_payer": "employer",
        },
    }
    for part, values in changes.items():
        parts[part] |= values
    return parts


def as_json(data: Any) -> str:
    """What a program sends: text as it is, everything else as JSON with ISO dates."""
    return data if isinstance(data, str) else json.dumps(data, cls=DjangoJSONEncoder)


def a_file(name: str = "scan.pdf") -> SimpleUploadedFile:
    """A small valid PDF, as a browser sends it."""
    return SimpleUploadedFile(name, _pdf(), content_type="application/pdf")


def a_complete_application(
    employer: Employer | None = None,
    by: User | None = None,
    at: datetime | None = None,
    *,
    language: str = "en",
    **changes: dict[str, Any],
) -> Application:
    """A draft in which nothing is missing; its files are checked. `changes` as in `answers`."""
    at = at or timezone.now()
    by = by or a_user()
    application = a_draft(employer or an_employer(by, at), by, at, language)
    for part, values in answers(timezone.localdate(at), **changes).items():
        applications.save_part(application, part, values, by=by, at=at)
    for kind in CASE_TYPE.documents:
        attach(application, kind, by=by, at=at)
    return Application.objects.get(pk=application.pk)


def attach(
    application: Application, kind: DocumentKind, *, by: User, at: datetime, checked: bool = True
) -> ApplicationDocument:
    """A document of this kind, looked into at once unless `checked` is false."""
    document = documents.attach(application, a_file(f"{kind}.pdf"), kind, by=by, at=at)
    if checked:
        check_documents(application, at)
    return document


def check_documents(application: Application, at: datetime | None = None) -> None:
    """The files of the application were looked into and are clean.

    Written as the check writes it, without starting its sandbox: the file is always the same one, and
    tests/documents look into it for real.
    """
    at = at or timezone.now()
    waiting = Upload.objects.filter(owner=application.pk, state=UploadState.QUARANTINED)
    FileCheck.objects.filter(key__in=waiting.values("pk"), done_at=None).update(done_at=at)
    for upload in waiting:
        upload.state, upload.pages, upload.checked_at = UploadState.CLEAN, 1, at
        upload.scanned_by = "structure only"
        signed(upload, surface=Upload.surface).save()
    actions.settle_documents(application.pk, at=at)


def a_submitted_application(
    employer: Employer | None = None, by: User | None = None, at: datetime | None = None, **fields: Any
) -> Application:
    """An application that was filed; its automatic check waits, as in life."""
    at, by = at or timezone.now(), by or a_user()
    draft = a_complete_application(employer, by, at, **fields)
    return applications.submit(draft, by=by, at=at, declared=True, expected_draft=Draft.AS_SAVED)


def complete_checks(application: Application, at: datetime | None = None) -> None:
    """The automatic check of the newest submission is done, whoever did it."""
    Check.objects.filter(
        submission__application=application,
        kind=CheckKind.AUTOMATIC,
        superseded_at=None,
        completed_at=None,
    ).update(completed_at=at or timezone.now())


def open_again(checks: QuerySet[Check]) -> None:
    """As if these checks had never completed; the database lets nobody do that."""
    with pgtrigger.ignore("permits.Check:completed_once"):
        checks.update(completed_at=None)


def override(
    check: Check, at: datetime | None = None, reason: str = "The register is down."
) -> CheckOverride:
    """A check that one supervisor asked to override, and that a second one overrode when the waiting time was over."""
    at = at or timezone.now()
    asked_at = at - overrides.waiting_time(at=at)
    request = overrides.request_override(check, reason, by=a_user(Role.SUPERVISOR), at=asked_at)
    return overrides.confirm_override(request, by=a_user(Role.SUPERVISOR), at=at)


def a_question(
    application: Application,
    *,
    by: User | None = None,
    at: datetime | None = None,
    text: str = "Which floor is the workplace on?",
    sections: tuple[str, ...] = ("terms",),
) -> Question:
    """What an officer asks about a submitted file, after taking it."""
    at, by = at or timezone.now(), by or a_user(Role.OFFICER)
    review.take(application, by=by, at=at)
    return review.ask(
        application, text, list(sections), expected_submission=newest(application), by=by, at=at
    )


def propose(
    application: Application,
    outcome: Outcome,
    at: datetime | None = None,
    *,
    by: User | None = None,
    reason: str = "",
    justification: str = "",
) -> Decision:
    """An officer takes a submitted file and proposes a decision on the first ground in force."""
    at, by = at or timezone.now(), by or a_user(Role.OFFICER)
    if application.officer_id is None:
        review.take(application, by=by, at=at)
    complete_checks(application, at)
    ground = decisions.grounds(application, outcome)[0].code
    return decisions.propose(
        application,
        outcome,
        ground=ground,
        reason=reason,
        expected_submission=newest(application),
        by=by,
        at=at,
        justification=justification,
    )


def asked(application: Application) -> UUID:
    """The question that waits for the employer's answer."""
    return application.questions.get(answered_at=None).pk


def newest(application: Application) -> UUID:
    """The submission that an officer reads now."""
    return application.submissions.latest("number").pk


def proposal(application: Application) -> UUID:
    """The decision that waits for a second person."""
    return application.decisions.get(settled_at=None).pk


def settle(
    application: Application,
    outcome: Outcome,
    at: datetime | None = None,
    *,
    by: User | None = None,
    reason: str = "",
) -> Application:
    """A file is decided: `by` (default: a new officer) proposes, another officer confirms."""
    at = at or timezone.now()
    proposed = propose(application, outcome, at, by=by, reason=reason)
    return decisions.confirm(application, expected_decision=proposed.pk, by=a_user(Role.OFFICER), at=at)


def a_permit(application: Application | None = None, at: datetime | None = None, **fields: Any) -> Permit:
    """A permit that was issued for a submitted (default: new) application."""
    application = application or a_submitted_application(at=at, **fields)
    settle(application, Outcome.APPROVAL, at)
    return Permit.objects.get(application=application)


def a_refusal(
    application: Application | None = None, at: datetime | None = None, **fields: Any
) -> Application:
    """An application that was refused, with reasons."""
    application = application or a_submitted_application(at=at, **fields)
    return settle(application, Outcome.REFUSAL, at, reason="The contract lacks a signature.")


def _pdf() -> bytes:
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + tail
