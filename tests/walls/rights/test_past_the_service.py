"""Wall: rights. What an attacker tried in SQL with the role of a surface, past the service, and what it says to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pgtrigger
import psycopg2.errors
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.actions import delegates, review
from permits.checks import overrides
from permits.models import Application, Check, CheckKind, CheckOverride, DelegateInvitation, Permit
from permits.powers import OVERRIDE, RECORD_OPINION
from permits.role_rules import SUPERVISOR
from tests.conftest import standing_on
from tests.factories import permits as make
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.surfaces import IGNORING, breaches, read_privileges

pytestmark = pytest.mark.django_db

REFUSALS = (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.RaiseException)
"""No right to the table or column; a trigger that says no. Anything else would be a mistake in the statement."""


@dataclass(frozen=True)
class World:
    """Files in the states that the attacks are about, and the people whose names are borrowed."""

    refused: Application
    approved: Application
    filed: Application
    boss: User
    officer: User
    supervisor: User
    administrator: User
    closed: User
    override: CheckOverride
    unverified: Application
    invitation: DelegateInvitation


@pytest.fixture
def world() -> World:
    filed, supervisor = make.a_submitted_application(), make.a_user(Role.SUPERVISOR)
    waiting = Check.objects.get(submission__application=filed, kind=CheckKind.AUTOMATIC)
    lead = make.a_user(Role.EMPLOYER)
    unverified = make.a_submitted_application(make.a_claim(lead), lead)
    review.take(unverified, by=make.a_user(Role.OFFICER), at=timezone.now())
    make.complete_checks(unverified)
    return World(
        refused=make.a_refusal(),
        approved=make.a_permit().application,
        filed=filed,
        boss=make.a_user(Role.EMPLOYER),
        officer=make.a_user(Role.OFFICER),
        supervisor=supervisor,
        administrator=make.a_user(Role.OFFICE_ADMINISTRATOR),
        closed=make.a_user(Role.OFFICER, is_active=False),
        override=overrides.request_override(waiting, "It is urgent.", by=supervisor, at=timezone.now()),
        unverified=unverified,
        invitation=delegates.invite(unverified.employer, "somebody@example.am", by=lead, at=timezone.now()),
    )


def _permit_of(world: World) -> dict[str, Any]:
    """A permit for a refused application, with the code of a genuine one."""
    genuine = Permit.objects.get(application=world.approved)
    return {
        "refused": world.refused.pk,
        "submission": world.refused.submissions.get().pk,
        "code": genuine.code,
        "ground": genuine.ground,
    }


def _ended(world: World) -> dict[str, Any]:
    """An account whose sessions and tokens have ended."""
    User.objects.filter(pk=world.boss.pk).update(session_generation=3, tokens_from=timezone.now())
    return {"who": world.boss.pk}


def of(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"file": getattr(world, name).pk}


STAFF_REQUEST = (
    "INSERT INTO accounts_staffrequest (id, surface, kind, state, email, name, role, agency, reason, asked_by_id, "
    "asked_at, decided_by_id, decided_at) VALUES (gen_random_uuid(), 'office', 'invite', {state}, 'x@example.am', 'X', "
    "'officer', '', 'starts', %(who)s, now(), {decided})"
)
CLAIM = (
    "INSERT INTO permits_employer (id, tax_number, name_hy, name_en, province, address, nace, registered_on, phone, "
    "email, state, created_by_id, created_at) SELECT gen_random_uuid(), '00000000', name_hy, name_en, province, "
    "address, nace, registered_on, phone, email, {state}, %(who)s, now() FROM permits_employer WHERE id = %(company)s"
)

ATTACKS: dict[str, tuple[str, str, Callable[[World], dict[str, Any]]]] = {
    "the portal approves": (
        "portal",
        "UPDATE permits_application SET state = 'approved' WHERE id = %(file)s",
        of("filed"),
    ),
    "the portal takes a file into review": (
        "portal",
        "UPDATE permits_application SET state = 'in_review' WHERE id = %(file)s",
        of("filed"),
    ),
    "the portal gives a decided file to another employer": (
        "portal",
        "UPDATE permits_application SET employer_id = (SELECT employer_id FROM permits_application "
        "WHERE id <> %(file)s LIMIT 1) WHERE id = %(file)s",
        of("approved"),
    ),
    "the portal moves the decision date of a filed file": (
        "portal",
        "UPDATE permits_application SET due_on = due_on + 900 WHERE id = %(file)s",
        of("filed"),
    ),
    "the portal changes the reference of a decided file": (
        "portal",
        "UPDATE permits_application SET reference = 'WP-0' WHERE id = %(file)s",
        of("approved"),
    ),
    "the portal writes an officer's step": (
        "portal",
        "INSERT INTO permits_applicationchange (id, subject_id, step, source, target, by_id, at, reason, keyed_digest) "
        "VALUES (gen_random_uuid(), %(file)s, 'take', 'submitted', 'in_review', %(who)s, now(), '', 'x')",
        lambda world: {"file": world.filed.pk, "who": world.officer.pk},
    ),
    "the portal writes a step in an officer's name": (
        "portal",
        "INSERT INTO permits_applicationchange (id, subject_id, step, source, target, by_id, at, reason, keyed_digest) "
        "VALUES (gen_random_uuid(), %(file)s, 'submit', 'draft', 'submitted', %(who)s, now(), '', 'x')",
        lambda world: {"file": world.filed.pk, "who": world.officer.pk},
    ),
    "the portal dates a step back": (
        "portal",
        "INSERT INTO permits_applicationchange (id, subject_id, step, source, target, by_id, at, reason, keyed_digest) "
        "VALUES (gen_random_uuid(), %(file)s, 'submit', 'draft', 'submitted', %(who)s, "
        "now() - interval '1 day', '', 'x')",
        lambda world: {"file": world.filed.pk, "who": world.boss.pk},
    ),
    "the portal swaps the kinds of two checks": (
        "portal",
        "UPDATE permits_check SET kind = 'documents' WHERE kind = 'automatic'",
        of("filed"),
    ),
    "the office swaps the kinds of two checks": (
        "office",
        "UPDATE permits_check SET kind = 'documents' WHERE kind = 'automatic'",
        of("filed"),
    ),
    "the office moves a check to another submission": (
        "office",
        "UPDATE permits_check SET submission_id = (SELECT id FROM permits_submission LIMIT 1)",
        of("filed"),
    ),
    "the office completes the automatic check": (
        "office",
        "UPDATE permits_check SET completed_at = now() WHERE kind = 'automatic'",
        of("filed"),
    ),
    "protection completes a check again": (
        "protection",
        "UPDATE permits_check SET completed_at = clock_timestamp() "
        "WHERE kind = 'automatic' AND completed_at IS NOT NULL",
        of("filed"),
    ),
    "protection opens a completed check": (
        "protection",
        "UPDATE permits_check SET completed_at = NULL WHERE kind = 'automatic' AND completed_at IS NOT NULL",
        of("filed"),
    ),
    "the portal sets a check aside": (
        "portal",
        "UPDATE permits_check SET superseded_at = now()",
        of("filed"),
    ),
    "an officer overrides": (
        "office",
        "UPDATE permits_check SET overridden_at = now(), overridden_by_id = %(who)s, override_reason = 'x' "
        "WHERE completed_at IS NULL",
        lambda world: {"who": world.officer.pk},
    ),
    "the portal asks for a check after filing": (
        "portal",
        "INSERT INTO permits_check (id, submission_id, kind, agency, requested_at, outcome, employer_text, "
        "override_reason) SELECT gen_random_uuid(), id, 'opinion', 'nobody', clock_timestamp(), '', '', '' "
        "FROM permits_submission WHERE application_id = %(file)s",
        of("filed"),
    ),
    "the portal lets tokens live again that have ended": (
        "portal",
        "UPDATE accounts_user SET tokens_from = NULL WHERE id = %(who)s",
        _ended,
    ),
    "the portal sets the moment back from which tokens work": (
        "portal",
        "UPDATE accounts_user SET tokens_from = tokens_from - interval '1 year' WHERE id = %(who)s",
        _ended,
    ),
    "the portal lets sessions live again that have ended": (
        "portal",
        "UPDATE accounts_user SET session_generation = 0 WHERE id = %(who)s",
        _ended,
    ),
    "the portal marks a feed row done": (
        "portal",
        "UPDATE permits_feeditem SET done_at = now()",
        of("filed"),
    ),
    "the portal adds a feed row that is done": (
        "portal",
        "INSERT INTO permits_feeditem (id, kind, key, payload, created_at, due_at, attempts, done_at, error) "
        "VALUES (gen_random_uuid(), 'submission', %(file)s, '{}', now(), now(), 0, now(), '')",
        of("filed"),
    ),
    "protection marks a feed row done whose check waits": (
        "protection",
        "UPDATE permits_feeditem SET done_at = now() WHERE key IN "
        "(SELECT submission_id FROM permits_check WHERE kind = 'automatic' AND completed_at IS NULL)",
        of("filed"),
    ),
    "the office issues a permit for a refused application": (
        "office",
        "INSERT INTO permits_permit (id, number, application_id, submission_id, valid_from, valid_until, ground, "
        "issued_at, code) VALUES (gen_random_uuid(), 'P-1', %(refused)s, %(submission)s, now(), "
        "now() + interval '1 year', "
        "%(ground)s, now(), %(code)s)",
        _permit_of,
    ),
    "the office turns a refusal into an approval": (
        "office",
        "UPDATE permits_application SET state = 'approved' WHERE id = %(file)s",
        of("refused"),
    ),
    "the office alters a decision that was made": (
        "office",
        "UPDATE permits_decision SET confirmed = NOT confirmed WHERE application_id = %(file)s",
        of("refused"),
    ),
    "the office alters the outcome of a decision": (
        "office",
        "UPDATE permits_decision SET outcome = 'approval' WHERE application_id = %(file)s",
        of("refused"),
    ),
    "the office makes a supervisor of an officer": (
        "office",
        "UPDATE accounts_user SET role = 'supervisor' WHERE id = %(who)s",
        lambda world: {"who": world.officer.pk},
    ),
    "the office makes an account": (
        "office",
        "INSERT INTO accounts_user (id, password, email, name, role, surface, organisation, is_active, is_superuser, "
        "joined_at) VALUES (gen_random_uuid(), '', 'x@example.am', '', 'officer', 'office', '', true, false, now())",
        of("filed"),
    ),
    "the office opens a closed account again": (
        "office",
        "UPDATE accounts_user SET is_active = true WHERE id = %(who)s",
        lambda world: {"who": world.closed.pk},
    ),
    "the office asks for an account in the name of an officer": (
        "office",
        STAFF_REQUEST.format(state="'waiting'", decided="NULL, NULL"),
        lambda world: {"who": world.officer.pk},
    ),
    "the office stores a request for an account as decided": (
        "office",
        STAFF_REQUEST.format(state="'done'", decided="%(who)s, now()"),
        lambda world: {"who": world.administrator.pk},
    ),
    "the office requests an override in the name of an officer": (
        "office",
        "INSERT INTO permits_checkoverride (id, check_row_id, requested_by_id, requested_at, reason, waits_until, "
        "return_reason, alone) SELECT gen_random_uuid(), c.id, %(who)s, now(), 'x', now(), '', false "
        "FROM permits_check c WHERE c.submission_id IN (SELECT id FROM permits_submission WHERE application_id = "
        "%(file)s) AND c.kind = 'documents'",
        lambda world: {"who": world.officer.pk, "file": world.filed.pk},
    ),
    "the office declines an override in the name of an officer": (
        "office",
        "UPDATE permits_checkoverride SET settled_by_id = %(who)s, settled_at = now(), confirmed = false, "
        "return_reason = 'x' WHERE id = %(override)s",
        lambda world: {"who": world.officer.pk, "override": world.override.pk},
    ),
    "the portal gives an account every power": (
        "portal",
        "UPDATE accounts_user SET is_superuser = true WHERE id = %(who)s",
        lambda world: {"who": world.boss.pk},
    ),
    "the portal changes what was filed": (
        "portal",
        "UPDATE permits_employmentterms SET gross_wage = 1 WHERE application_id = %(file)s",
        of("filed"),
    ),
    "the portal adds a submission without a step": (
        "portal",
        "INSERT INTO permits_submission (id, application_id, number, snapshot, digest, by_id, at) "
        "SELECT gen_random_uuid(), application_id, 2, snapshot, digest, by_id, now() FROM permits_submission "
        "WHERE application_id = %(file)s",
        of("filed"),
    ),
    "the portal verifies a company": (
        "portal",
        "UPDATE permits_employer SET state = 'verified' WHERE id = %(company)s",
        lambda world: {"company": world.unverified.employer_id},
    ),
    "the portal claims a company that is verified": (
        "portal",
        CLAIM.format(state="'verified'"),
        lambda world: {"company": world.unverified.employer_id, "who": world.boss.pk},
    ),
    "the portal claims a company in the name of an officer": (
        "portal",
        CLAIM.format(state="'claimed'"),
        lambda world: {"company": world.unverified.employer_id, "who": world.officer.pk},
    ),
    "the portal gives a company another tax number": (
        "portal",
        "UPDATE permits_employer SET tax_number = '00000000' WHERE id = %(company)s",
        lambda world: {"company": world.unverified.employer_id},
    ),
    "the office gives a company another name": (
        "office",
        "UPDATE permits_employer SET name_en = 'x' WHERE id = %(company)s",
        lambda world: {"company": world.unverified.employer_id},
    ),
    "the portal lets an account file for a company": (
        "portal",
        "INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id) "
        "SELECT %(company)s::text, content_type_id, id, %(who)s FROM auth_permission "
        "WHERE codename = 'file_for_employer'",
        lambda world: {"company": world.filed.employer_id, "who": world.boss.pk},
    ),
    "the portal lets an invited account lead a company": (
        "portal",
        "INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id) "
        "SELECT %(company)s::text, content_type_id, id, %(who)s FROM auth_permission "
        "WHERE codename = 'lead_employer'",
        lambda world: {"company": world.unverified.employer_id, "who": world.boss.pk},
    ),
    "the portal accepts an invitation for an account without its address": (
        "portal",
        "UPDATE permits_delegateinvitation SET state = 'accepted', accepted_by_id = %(who)s, "
        "settled_at = clock_timestamp() WHERE id = %(invitation)s",
        lambda world: {"invitation": world.invitation.pk, "who": world.boss.pk},
    ),
    "the portal sends an invitation to another address": (
        "portal",
        "UPDATE permits_delegateinvitation SET email = 'x@example.am' WHERE id = %(invitation)s",
        lambda world: {"invitation": world.invitation.pk},
    ),
    "the portal invites in the name of somebody who does not lead": (
        "portal",
        "INSERT INTO permits_delegateinvitation (id, employer_id, email, state, language, invited_by_id, invited_at, "
        "ends_at) VALUES (gen_random_uuid(), %(company)s, 'x@example.am', 'invited', 'hy', %(who)s, now(), "
        "now() + interval '14 days')",
        lambda world: {"company": world.unverified.employer_id, "who": world.boss.pk},
    ),
    "the office proposes to approve a file of a company that is not verified": (
        "office",
        "UPDATE permits_application SET state = 'approval_proposed' WHERE id = %(file)s",
        of("unverified"),
    ),
    "the office proposes to refuse a file of a company that is not settled": (
        "office",
        "UPDATE permits_application SET state = 'refusal_proposed' WHERE id = %(file)s",
        of("unverified"),
    ),
    "the office writes a step of a company in the name of its claimant": (
        "office",
        "INSERT INTO permits_employerchange (id, subject_id, step, source, target, by_id, at, reason, keyed_digest) "
        "VALUES (gen_random_uuid(), %(company)s, 'answer', 'waiting', 'claimed', %(who)s, now(), '', 'x')",
        lambda world: {"company": world.unverified.employer_id, "who": world.boss.pk},
    ),
    "the office replaces the bytes of a file that was checked": (
        "office",
        r"UPDATE documents_uploadcontent SET content = '\x00' WHERE upload_id IN "
        "(SELECT id FROM documents_upload WHERE state = 'clean')",
        of("filed"),
    ),
}
"""Attack -> the role that tries it, the statement, and its values."""


@pytest.mark.parametrize("ignoring", [False, True], ids=["plainly", "with the triggers named to be ignored"])
@pytest.mark.parametrize("attempt", ATTACKS)
def test_it_is_refused(world: World, attempt: str, *, ignoring: bool) -> None:
    surface, statement, values = ATTACKS[attempt]
    given = values(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(tgname) FROM pg_trigger WHERE NOT tgisinternal")
        (every,) = cursor.fetchone()

    def attack() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if ignoring:
                cursor.execute(
                    "SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(every) + "}"]
                )
            cursor.execute(statement, given)
            assert cursor.rowcount, "the statement met no row, and proves nothing"

    with standing_on(surface), pytest.raises(DatabaseError) as refused:
        attack()
    assert isinstance(refused.value.__cause__, REFUSALS), refused.value


def test_a_file_of_which_no_check_was_ever_asked_for_is_not_approved(world: World) -> None:
    filed = review.take(world.filed, by=world.officer, at=timezone.now())
    with pgtrigger.ignore():
        CheckOverride.objects.all().delete()
        Check.objects.filter(submission__application=filed).delete()
    with (
        standing_on("office"),
        pytest.raises(DatabaseError, match="a check has not completed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE permits_application SET state = 'approval_proposed' WHERE id = %s", [filed.pk])


def test_the_role_of_a_person_that_a_trigger_names_is_the_one_that_holds_the_power() -> None:
    assert {SUPERVISOR} == RECORD_OPINION.roles == OVERRIDE.roles


def test_a_process_does_not_start_when_its_role_can_switch_triggers_off() -> None:
    with standing_on("office"):
        assert breaches() == []
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION public.{IGNORING}(trigger_name NAME) RETURNS BOOLEAN "
            "AS 'SELECT true' LANGUAGE sql"
        )
    with standing_on("office"):
        assert any("switched off" in breach for breach in breaches())


def test_a_column_too_many_keeps_the_process_from_starting() -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE (kind) ON permits_check TO wpis_office")
    with standing_on("office"):
        assert any("UPDATE (kind) on permits_check" in breach for breach in breaches())


DEFINERS = frozenset({"wpis_delete_expired", "wpis_account_told", "wpis_end_table_locks"})
"""Functions that run with the rights of the owner, each reviewed.

They delete what is past its time (`wpis.retention`), say whether the trail has just told of a change of an account
(`wpis/accounts/migrations/0010_credentials_told.py`), and end sessions of open roles that lock tables (ADR 29).
"""


def test_no_function_lends_the_rights_of_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE prosecdef AND nspname NOT IN ('pg_catalog', 'information_schema')"
        )
        assert {name for (name,) in cursor.fetchall()} == DEFINERS


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("SELECT", {"SELECT": {"*"}}),
        ("SELECT, UPDATE (a, b)", {"SELECT": {"*"}, "UPDATE": {"a", "b"}}),
        ("UPDATE (a), UPDATE (b)", {"UPDATE": {"a", "b"}}),
        ("UPDATE (a), UPDATE", {"UPDATE": {"*"}}),
    ],
)
def test_privileges_are_read_with_their_columns(text: str, read: dict[str, set[str]]) -> None:
    assert read_privileges(text) == read


@pytest.mark.parametrize("text", ["select", "UPDATE (a", "SELECT INSERT", "UPDATE a"])
def test_what_is_no_privilege_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a list of privileges"):
        read_privileges(text)
