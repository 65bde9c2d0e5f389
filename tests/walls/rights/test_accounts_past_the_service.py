"""Wall: rights. What a stolen role can do in SQL to the sign-in of others on its surface, and what is found of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.conftest import COOKIES, demand_events, standing_on
from tests.factories import permits as make
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.accounts.sessions import stored_key
from wpis.audit.verification import reports
from wpis.grants import SIGN_IN
from wpis.second_factor.codes import issue_code

pytestmark = pytest.mark.django_db

OF = {"portal": Role.EMPLOYER, "office": Role.OFFICER, "protection": Role.ANALYST}


@dataclass(frozen=True)
class Victim:
    """Somebody who works on this surface, with an app and a key."""

    surface: str
    account: User


@pytest.fixture(params=SIGN_IN)
def victim(request: pytest.FixtureRequest) -> Victim:
    account = make.a_user(OF[request.param])
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=account, type="webauthn", data={"name": "key", "credential": {}})
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    EmailAddress.objects.create(user=account, email="second@example.am", verified=True, primary=False)
    return Victim(request.param, account)


SILENT = {
    "deletes one factor": "DELETE FROM mfa_authenticator WHERE user_id = %s AND type = 'totp'",
    "deletes every factor": "DELETE FROM mfa_authenticator WHERE user_id = %s",
    "adds a key of its own": "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
    "VALUES (%s, 'webauthn', '{}', now())",
    "replaces the key behind a factor": "UPDATE mfa_authenticator SET data = '{\"credential\": 1}' WHERE user_id = %s",
    "gives the factor to somebody else": "UPDATE mfa_authenticator SET user_id = gen_random_uuid() WHERE user_id = %s",
    "replaces an address": "UPDATE account_emailaddress SET email = 'thief@example.am' WHERE user_id = %s "
    'AND "primary"',
    "adds an address": 'INSERT INTO account_emailaddress (user_id, email, verified, "primary") '
    "VALUES (%s, 'thief@example.am', true, false)",
    "removes an address": "DELETE FROM account_emailaddress WHERE user_id = %s",
    "makes another address the main one": 'UPDATE account_emailaddress SET "primary" = false WHERE user_id = %s '
    'AND "primary"',
    "sets a password": "UPDATE accounts_user SET password = 'x' WHERE id = %s",
    "sets the address of the account": "UPDATE accounts_user SET email = 'thief@example.am' WHERE id = %s",
}
"""What a role could do to an account without a word, before this was asked for."""


def attempt(victim: Victim, statement: str, told: Callable[[], None] | None = None) -> None:
    """The statement, alone or with an event in the same transaction, as far as a commit."""
    with standing_on(victim.surface), transaction.atomic(), connection.cursor() as cursor:
        if told:
            told()
        cursor.execute(statement, [victim.account.pk])
        assert cursor.rowcount, "the statement met no row, and proves nothing"
        demand_events()


@pytest.mark.parametrize("deed", SILENT)
def test_nothing_happens_to_an_account_without_a_word(victim: Victim, deed: str) -> None:
    with pytest.raises(
        DatabaseError, match=r"nothing in the audit trail|what a factor or an address is stays"
    ):
        attempt(victim, SILENT[deed])


FALSE_EVENT = (
    "INSERT INTO audit_auditevent (id, at, action, actor, role, surface, subject_kind, subject, detail, keyed_digest) "
    "VALUES (gen_random_uuid(), clock_timestamp(), %s, NULL, '', %s, 'accounts.user', %s, "
    "'{}', 'x:y')"
)


def falsely(victim: Victim, action: str = "accounts.factor.remove") -> Callable[[], None]:
    """An event that the thief writes, without the key of the digests."""

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(FALSE_EVENT, [action, victim.surface, victim.account.pk])

    return write


def test_with_a_false_event_one_factor_goes_and_the_event_is_found(victim: Victim) -> None:
    attempt(victim, SILENT["deletes one factor"], falsely(victim))
    assert any("is not genuine" in line for report in reports() for line in report.wrong)


def test_the_last_factor_of_staff_does_not_go_even_then(victim: Victim) -> None:
    if victim.surface == "portal":
        attempt(victim, SILENT["deletes every factor"], falsely(victim))
        return
    with pytest.raises(DatabaseError, match="two persons remove"):
        attempt(victim, SILENT["deletes every factor"], falsely(victim))


def test_staff_without_a_factor_get_none_in_sql_before_they_use_an_enrolment_code(victim: Victim) -> None:
    Authenticator.objects.filter(user=victim.account).delete()
    demand_events()
    if victim.surface == "portal":
        return
    issue_code(victim.account, by=None, at=timezone.now())
    with pytest.raises(DatabaseError, match="an enrolment code comes before"):
        attempt(victim, SILENT["adds a key of its own"], falsely(victim, "accounts.factor.add"))


def test_another_surface_s_event_is_no_answer(victim: Victim) -> None:
    """The function that is asked looks at few kinds of event, of the asking surface, and tells of nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(FALSE_EVENT, ["accounts.factor.remove", victim.surface, victim.account.pk])
        cursor.execute(
            "SELECT wpis_account_told(%s, 'factor'), wpis_account_told(%s, 'email'), wpis_account_told(%s, 'alerts')",
            [victim.account.pk] * 3,
        )
        assert cursor.fetchone() == (True, False, False)


TOKEN = (
    "INSERT INTO permits_apitoken (id, user_id, employer_id, label, digest, created_at, ends_at) "
    "SELECT gen_random_uuid(), %s, id, 'x', repeat('0', 64), clock_timestamp(), now() + interval '1 day' "
    "FROM permits_employer LIMIT 1"
)


def test_no_token_is_made_in_the_name_of_somebody_else() -> None:
    boss = make.a_user()
    make.an_employer(boss)
    with pytest.raises(DatabaseError, match="nothing in the audit trail"):
        attempt(Victim("portal", boss), TOKEN)


@pytest.mark.parametrize("surface", SIGN_IN)
def test_what_lies_in_the_table_of_sessions_opens_no_session(client_on: Any, surface: str) -> None:
    account = make.a_user(OF[surface])
    victim = client_on(surface).sign_in(account)
    thief = client_on(surface)
    name, table = COOKIES[surface], f"accounts_{surface}session"
    assert opens(victim, account)
    with standing_on(surface), connection.cursor() as cursor:
        cursor.execute(f"SELECT session_key, session_data FROM {table}")
        [(stored, data)] = cursor.fetchall()
        assert stored != victim.cookies[name].value
        # A key of the thief's own, with what the other session holds.
        cursor.execute(
            f"INSERT INTO {table} VALUES (%s, %s, now() + interval '1 day')",
            [stored_key("x" * 32), data],
        )
    for key in (stored, "x" * 32):
        thief.cookies[name] = key
        assert not opens(thief, account)
    assert opens(victim, account)


def opens(browser: Any, account: User) -> bool:
    """Whether this browser is signed in as the account."""
    return bool(browser.get("/").wsgi_request.user == account)
