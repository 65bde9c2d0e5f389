"""Wall: rights. A trigger looks things up as they are now, in our tables, whatever a session of a role puts there."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg2
import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.actions import applications, review
from permits.checks.opinions import request_opinions
from permits.models import Application
from permits.submissions.draft import Draft
from tests.conftest import standing_on
from tests.factories import permits as make
from wpis.accounts.roles import Role
from wpis.surfaces import IGNORING, ROLES, breaches

REFUSED = (
    "CREATE TEMPORARY TABLE permits_application ON COMMIT DROP AS SELECT %(file)s::uuid AS id, 'approved' AS state",
    "CREATE TEMPORARY TABLE permits_decision ON COMMIT DROP AS "
    "SELECT %(file)s::uuid AS application_id, true AS confirmed, 'approval' AS outcome, 'x' AS ground",
    "INSERT INTO public.permits_permit (id, number, application_id, submission_id, valid_from, valid_until, ground, "
    "issued_at, code) SELECT gen_random_uuid(), 'P-1', application_id, id, now(), now(), 'x', now(), 'x' "
    "FROM public.permits_submission WHERE application_id = %(file)s",
)
"""A permit for a refused application: what the trigger would look up has been put in front of our tables."""

PENDING = (
    "CREATE TEMPORARY TABLE permits_check (LIKE public.permits_check) ON COMMIT DROP",
    "UPDATE permits_application SET state = 'approval_proposed' WHERE id = %(file)s",
)
"""An approval while a check waits."""


def let_everybody_make_temporary_tables() -> None:
    """As a database that was copied or restored without its rights lets them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        cursor.execute(f'GRANT TEMPORARY ON DATABASE "{cursor.fetchone()[0]}" TO PUBLIC')


@pytest.mark.django_db
@pytest.mark.parametrize("statements", [REFUSED, PENDING], ids=["a permit", "an approval"])
def test_tables_of_the_session_s_own_stand_in_front_of_no_trigger(statements: tuple[str, ...]) -> None:
    let_everybody_make_temporary_tables()
    refused, officer = make.a_refusal(), make.a_user(Role.OFFICER)
    taken = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    file = refused if statements is REFUSED else taken

    def attack() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, {"file": file.pk})

    with standing_on("office"), pytest.raises(DatabaseError, match="without temporary tables"):
        attack()


@pytest.mark.django_db
def test_no_role_makes_tables_and_no_process_starts_where_one_may() -> None:
    with standing_on("portal"):
        assert breaches() == []
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE one (n int)")
    let_everybody_make_temporary_tables()
    with connection.cursor() as cursor:
        cursor.execute("GRANT CREATE ON SCHEMA public TO wpis_portal")
    with standing_on("portal"):
        found = [breach for breach in breaches() if "tables of its own" in breach]
    assert len(found) == 2


@pytest.mark.django_db
def test_every_trigger_asks_first_or_looks_in_our_tables_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), array_agg(DISTINCT p.proname) FILTER (
                          WHERE p.prosrc NOT LIKE %s
                            AND NOT coalesce(p.proconfig, '{}') @> '{"search_path=pg_catalog, public, pg_temp"}')
                 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                WHERE NOT t.tgisinternal AND p.pronamespace = 'public'::regnamespace""",
            [f"%{IGNORING}%"],
        )
        number, deceivable = cursor.fetchone()
    assert number > 50
    assert deceivable is None


Session = Callable[[str], Any]


@pytest.fixture
def session(committed: None, database_url: Callable[..., str]) -> Iterator[Session]:
    """Opens sessions of roles, each in a transaction of its own."""
    opened = []

    def open_one(surface: str) -> Any:
        opened.append(psycopg2.connect(database_url(ROLES[surface])))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def a_snapshot_of_now(raw: Any) -> Any:
    cursor = raw.cursor()
    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    cursor.execute("SELECT 1 FROM permits_application")
    return cursor


def test_what_was_filed_meanwhile_is_not_changed_out_of_an_old_snapshot(session: Session) -> None:
    by = make.a_user()
    draft = make.a_complete_application(make.an_employer(by), by)
    cursor = a_snapshot_of_now(session("portal"))
    applications.submit(draft, declared=True, expected_draft=Draft.AS_SAVED, by=by, at=timezone.now())
    with pytest.raises(psycopg2.errors.RaiseException, match="READ COMMITTED"):
        cursor.execute(
            "UPDATE permits_employmentterms SET gross_wage = 1 WHERE application_id = %s", [str(draft.pk)]
        )


def test_a_check_that_was_asked_for_meanwhile_holds_the_approval(session: Session) -> None:
    officer = make.a_user(Role.OFFICER)
    file: Application = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    make.complete_checks(file)
    cursor = a_snapshot_of_now(session("office"))
    request_opinions(file, ["police"], by=officer, at=timezone.now())
    with pytest.raises(psycopg2.errors.RaiseException, match="READ COMMITTED"):
        cursor.execute(
            "UPDATE permits_application SET state = 'approval_proposed' WHERE id = %s", [str(file.pk)]
        )


FALSE_EVENT = (
    "INSERT INTO audit_auditevent (id, at, action, actor, role, surface, subject_kind, subject, detail, keyed_digest) "
    "VALUES (gen_random_uuid(), clock_timestamp(), 'accounts.factor.remove', NULL, '', 'office', 'accounts.user', "
    "%s, '{}', 'x:y')"
)


def test_two_sessions_that_delete_a_factor_each_do_not_take_the_last_one(session: Session) -> None:
    officer = make.a_user(Role.OFFICER)
    for kind in ("totp", "webauthn"):
        Authenticator.objects.create(user=officer, type=kind, data={})
    first, second = session("office").cursor(), session("office").cursor()
    for cursor, kind in ((first, "totp"), (second, "webauthn")):
        cursor.execute("SET lock_timeout = '300ms'")
        cursor.execute(FALSE_EVENT, [str(officer.pk)])
        cursor.execute(
            "DELETE FROM mfa_authenticator WHERE user_id = %s AND type = %s", [str(officer.pk), kind]
        )
    first.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(psycopg2.errors.LockNotAvailable):
        second.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
def test_what_a_thief_sets_for_the_role_is_named_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("grant_surfaces", verbosity=0)
    with standing_on("portal"), connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
        cursor.execute("ALTER ROLE CURRENT_USER SET search_path = pg_catalog")
        cursor.execute("ALTER ROLE CURRENT_USER SET work_mem = '64kB'")
        cursor.execute(
            f'ALTER ROLE CURRENT_USER IN DATABASE "{database}" SET default_transaction_read_only = on'
        )
    with pytest.raises(CommandError):
        call_command("grant_surfaces", check=True)
    told = capsys.readouterr().out
    for name in ("search_path", "work_mem", "default_transaction_read_only"):
        assert f"wpis_portal: {name} is set" in told
    call_command("grant_surfaces", verbosity=0)
    call_command("grant_surfaces", check=True)
