"""Wall: rights. In SQL, no role of a surface gives something back its time, or puts a file off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alerts.models import Ruleset, Screening
from alerts.models.screening import ScreeningState
from referral.models import Referral
from tests.conftest import standing_on
from tests.factories import permits as make
from tests.factories.referral import a_partner, a_referral
from wpis.accounts.models import EnrolmentCode
from wpis.accounts.roles import Role
from wpis.documents.models import Upload
from wpis.documents.queues import FileCheck
from wpis.second_factor.codes import issue_code
from wpis.surfaces import ROLES

pytestmark = pytest.mark.django_db

CODE = (
    "INSERT INTO accounts_enrolmentcode (id, account_id, surface, digest, made_by_id, made_at, ends_at, used_at) "
    "VALUES (gen_random_uuid(), %(account)s, 'office', repeat('0', 64), {by}, clock_timestamp(), "
    "now() + interval '1 day', {used})"
)
FILE = (
    "INSERT INTO documents_filecheck (id, kind, key, payload, created_at, due_at, attempts, error, party, account, "
    "unanswered) SELECT gen_random_uuid(), {kind}, id, '{{}}', {created}, {due}, 0, '', "
    "COALESCE(party, gen_random_uuid()), uploaded_by, 0 FROM documents_upload WHERE id = %(upload)s"
)


def code(*, used: bool = False, ended: bool = False) -> dict[str, Any]:
    account, now = make.a_user(Role.OFFICER), timezone.now()
    issue_code(account, by=make.a_user(Role.OFFICE_ADMINISTRATOR), at=now)
    one = EnrolmentCode.objects.get(account=account)
    if used:
        EnrolmentCode.objects.filter(pk=one.pk).update(used_at=now)
    if ended:
        EnrolmentCode.objects.filter(pk=one.pk).update(ends_at=now)
    return {"code": one.pk, "account": account.pk, "by": one.made_by_id}


def recovery_codes(**data: Any) -> dict[str, Any]:
    account = make.a_user(Role.OFFICER)
    return {"factor": Authenticator.objects.create(user=account, type="recovery_codes", data=data).pk}


def a_waiting_file(*, queued: bool) -> dict[str, Any]:
    draft = make.a_complete_application()
    upload = Upload.objects.create(
        owner=draft.pk,
        party=draft.employer_id,
        kind="other",
        name="a.pdf",
        mime="application/pdf",
        size=1,
        uploaded_by=draft.created_by_id,
        uploaded_at=timezone.now(),
    )
    if queued:
        FileCheck.objects.create(
            kind="document", key=upload.pk, party=draft.employer_id, account=draft.created_by_id
        )
    return {"upload": upload.pk}


def a_lapsed_referral() -> dict[str, Any]:
    referral, _ = a_referral()
    Referral.objects.filter(pk=referral.pk).update(access_until=timezone.now() - timedelta(days=1))
    return {"referral": referral.pk}


def a_screening_that_failed() -> dict[str, Any]:
    submission = make.a_submitted_application().submissions.get()
    ruleset = Ruleset.objects.first()
    assert ruleset is not None
    screening = Screening.objects.create(
        submission=submission,
        application=submission.application_id,
        ruleset=ruleset,
        state=ScreeningState.COULD_NOT_CHECK,
        error="OverflowError",
        at=timezone.now(),
    )
    return {"screening": screening.pk}


ATTACKS: dict[str, tuple[str, str, Callable[[], dict[str, Any]], str]] = {
    "the office lets a used code be used again": (
        "office",
        "UPDATE accounts_enrolmentcode SET used_at = NULL WHERE id = %(code)s",
        lambda: code(used=True),
        "Cannot update",
    ),
    "the office prolongs a code that has ended": (
        "office",
        "UPDATE accounts_enrolmentcode SET ends_at = now() + interval '1 day' WHERE id = %(code)s",
        lambda: code(ended=True),
        "Cannot update",
    ),
    "the office uses a code that has ended": (
        "office",
        "UPDATE accounts_enrolmentcode SET used_at = clock_timestamp() WHERE id = %(code)s",
        lambda: code(ended=True),
        "this code has ended",
    ),
    "the office makes a code that nobody made": (
        "office",
        CODE.format(by="NULL", used="NULL"),
        code,
        "somebody of this surface makes a code",
    ),
    "the office makes a code that was used": (
        "office",
        CODE.format(by="%(by)s", used="clock_timestamp()"),
        code,
        "it is unused",
    ),
    "the office lets a used recovery code be used again": (
        "office",
        """UPDATE mfa_authenticator SET data = '{"seed": "s", "used_mask": 4}' WHERE id = %(factor)s""",
        lambda: recovery_codes(seed="s", used_mask=3),
        "what a factor or an address is stays",
    ),
    "the office lets recovery codes of an older kind be used again": (
        "office",
        """UPDATE mfa_authenticator SET data = '{"migrated_codes": ["a", "b"]}' WHERE id = %(factor)s""",
        lambda: recovery_codes(migrated_codes=["b"]),
        "what a factor or an address is stays",
    ),
    "the portal puts the check of a file off": (
        "portal",
        FILE.format(kind="'document'", created="clock_timestamp()", due="now() + interval '90 years'"),
        lambda: a_waiting_file(queued=False),
        "checked at once",
    ),
    "the portal asks for a check that nobody makes": (
        "portal",
        FILE.format(kind="'nothing'", created="clock_timestamp()", due="now() - interval '1 hour'"),
        lambda: a_waiting_file(queued=False),
        "checked at once",
    ),
    "the portal dates a check of a file ahead": (
        "portal",
        FILE.format(
            kind="'document'", created="now() + interval '90 years'", due="now() + interval '90 years'"
        ),
        lambda: a_waiting_file(queued=False),
        "created_at is not the present moment",
    ),
    "the process that checks files puts one off": (
        "files",
        "UPDATE documents_filecheck SET due_at = now() + interval '1 day' WHERE key = %(upload)s",
        lambda: a_waiting_file(queued=True),
        "does not wait so long",
    ),
    "the process that checks files holds one for ever": (
        "files",
        "UPDATE documents_filecheck SET held_until = 'infinity' WHERE key = %(upload)s",
        lambda: a_waiting_file(queued=True),
        "does not wait so long",
    ),
    "protection lets an agency read again": (
        "protection",
        "UPDATE referral_disclosure SET access_until = now() + interval '1 year' WHERE id = %(referral)s",
        a_lapsed_referral,
        "only ever shortened",
    ),
    "protection dates a token ahead of the next password": (
        "protection",
        "INSERT INTO referral_apitoken (id, user_id, agency, label, digest, created_at, ends_at) VALUES "
        "(gen_random_uuid(), %(who)s, 'ngo-shelter', 'x', repeat('0', 64), now() + interval '1 year', "
        "now() + interval '2 years')",
        lambda: {"who": a_partner().pk},
        "created_at is not the present moment",
    ),
    "protection gives a failed screening to another application": (
        "protection",
        "UPDATE alerts_screening SET application = gen_random_uuid() WHERE id = %(screening)s",
        a_screening_that_failed,
        "Cannot update",
    ),
}


@contextmanager
def acting_as(surface: str) -> Iterator[None]:
    """The database role of a surface, or of the process that checks files, which serves no page."""
    if surface != "files":
        with standing_on(surface):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLES[surface]}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.mark.parametrize("attempt", ATTACKS)
def test_it_is_refused(attempt: str) -> None:
    surface, statement, situation, says = ATTACKS[attempt]
    values = situation()

    def attack() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount, "the statement met no row, and proves nothing"

    with acting_as(surface), pytest.raises(DatabaseError, match=says):
        attack()
