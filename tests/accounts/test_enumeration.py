"""Whether an address has an account: no answer tells it, nor the work that the answer took.

Work is counted, not timed: passwords hashed, statements in their order, rows added, letters written.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import SurfaceClient, standing_on
from tests.factories.letters import deliver
from tests.factories.permits import PASSWORD, a_user
from wpis.accounts.models import User
from wpis.accounts.roles import SURFACE_OF, Role
from wpis.models import BackgroundJob

pytestmark = pytest.mark.django_db

TRIED = "somebody@example.am"

Visit = Callable[[SurfaceClient], Any]


def account(role: str, **fields: Any) -> User:
    user = a_user(role, email=TRIED, **fields)
    EmailAddress.objects.create(user=user, email=TRIED, verified=True, primary=True)
    return user


WHO: dict[str, Callable[[], object]] = {
    "an employer": lambda: account(Role.EMPLOYER),
    "an employer who was closed": lambda: account(Role.EMPLOYER, is_active=False),
    "an employer who confirmed nothing": lambda: a_user(Role.EMPLOYER, email=TRIED),
    "an employer's second address": lambda: EmailAddress.objects.create(
        user=a_user(), email=TRIED, verified=True
    ),
    "an officer": lambda: account(Role.OFFICER),
    "an analyst": lambda: account(Role.ANALYST),
}

SIGN_UP = {"email": TRIED, "name": "Some One", "password1": PASSWORD, "password2": PASSWORD}


def sign_up(client: SurfaceClient) -> Any:
    return client.post("/accounts/signup/", SIGN_UP)


def sign_up_and_go_on(client: SurfaceClient) -> Any:
    sign_up(client)
    return client.get("/accounts/confirm-email/")


def sign_up_and_guess(client: SurfaceClient) -> Any:
    sign_up(client)
    return client.post("/accounts/confirm-email/", {"code": "AAA-AAA"})


def sign_up_and_use_the_code_up(client: SurfaceClient) -> Any:
    sign_up(client)
    return [client.post("/accounts/confirm-email/", {"code": "AAA-AAA"}) for _ in range(3)][-1]


def sign_up_and_ask_for_another_code(client: SurfaceClient) -> Any:
    sign_up(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
        client.post("/accounts/confirm-email/", {"action": "resend"})
        return client.get("/accounts/confirm-email/")


def lose_password(client: SurfaceClient) -> Any:
    return client.post("/accounts/password/reset/", {"email": TRIED})


def sign_in(client: SurfaceClient) -> Any:
    return client.post("/accounts/login/", {"login": TRIED, "password": "not-the-password-1"})


def add_address(client: SurfaceClient) -> Any:
    client.sign_in(a_user())
    return client.post("/accounts/email/", {"action_add": "", "email": TRIED})


VISITS: dict[str, tuple[str, Visit]] = {
    **{
        f"{visit.__name__} on {surface}": (surface, visit)
        for visit in (lose_password, sign_in)
        for surface in ("portal", "office", "protection")
    },
    **{
        f"{visit.__name__} on portal": ("portal", visit)
        for visit in (
            sign_up,
            sign_up_and_go_on,
            sign_up_and_guess,
            sign_up_and_use_the_code_up,
            sign_up_and_ask_for_another_code,
            add_address,
        )
    },
}


def masked(text: str) -> str:
    """Without what belongs to one request."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", text)
    return re.sub(r'data-owner="\w*"', "", text)


def rows() -> dict[str, int]:
    return {
        model._meta.db_table: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def observed(surface: str, visit: Visit) -> dict[str, Any]:
    """All that somebody sees of one visit, and the work that it took; taken back, so the next one is a first one."""
    with transaction.atomic():
        found = _observed(surface, visit)
        transaction.set_rollback(True)
    return found


def _observed(surface: str, visit: Visit) -> dict[str, Any]:
    client = SurfaceClient(surface, HTTP_ACCEPT_LANGUAGE="en")
    mail.outbox.clear()
    before = rows()
    hashed: list[str] = []
    real = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append("one")
        return real(self, password, salt)

    with (
        patch.object(MD5PasswordHasher, "encode", counted),
        CaptureQueriesContext(connection) as statements,
    ):
        answer = visit(client)
    after = rows()
    with standing_on(surface):
        kept = sorted(client.session.keys())
    return {
        "status": answer.status_code,
        "headers": dict(answer.headers.items()),
        "cookies": {name: (cookie["path"], cookie["samesite"]) for name, cookie in answer.cookies.items()},
        "body": masked(answer.content.decode()),
        "session": kept,
        "hashed": len(hashed),
        "statements": [_shape(query["sql"]) for query in statements],
        "rows": {table: after[table] - before[table] for table in after if after[table] != before[table]},
        "sent within the request": len(mail.outbox),
    }


def _shape(sql: str) -> str:
    sql = re.sub(r'"(s\d+_x\d+|_django_curs_\w+)"', "name", sql)
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|ARRAY\[[^]]*\]", "?", sql)[:300]


@pytest.mark.parametrize("who", list(WHO))
@pytest.mark.parametrize("name", list(VISITS))
def test_an_address_is_answered_like_one_without_an_account(name: str, who: str) -> None:
    surface, visit = VISITS[name]
    unknown = observed(surface, visit)
    WHO[who]()
    known = observed(surface, visit)
    for what, value in unknown.items():
        if isinstance(value, list):
            assert "\n".join(known[what]) == "\n".join(value), what
        assert known[what] == value, what
    assert unknown["sent within the request"] == 0, "a mail server that is slow or down would tell"


def test_the_letters_say_what_the_pages_do_not(client_on) -> None:
    """Whoever reads the mail of the address learns it, and nobody else."""
    account(Role.EMPLOYER)
    sign_up(client_on("portal"))
    lose_password(client_on("portal"))
    exists, reset = deliver()
    assert "has one already" in exists.body
    assert "choose a new password" in reset.body
    mail.outbox.clear()
    client = client_on("portal")
    client.post("/accounts/password/reset/", {"email": "nobody@example.am"})
    (unknown,) = deliver()
    assert unknown.to == ["nobody@example.am"]
    assert "no account" in unknown.body


def test_an_account_is_made_once_its_code_is_entered(client_on) -> None:
    client = client_on("portal")
    sign_up(client)
    assert not User.objects.filter(email=TRIED).exists(), (
        "nobody occupies an address whose mail they do not read"
    )
    (letter,) = deliver()
    (code,) = re.findall(r"^([A-Z0-9-]{6,9})$", str(letter.body), re.MULTILINE)
    assert client.post("/accounts/confirm-email/", {"code": code})["Location"] == "/"
    made = User.objects.get(email=TRIED)
    assert (made.name, made.role, SURFACE_OF[made.role]) == ("Some One", Role.EMPLOYER, "portal")
    assert made.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=made).verified
    assert "Welcome" in client.get("/").content.decode()


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.OFFICER])
def test_an_address_that_is_taken_meanwhile_gets_no_second_account(client_on, role: str) -> None:
    client = client_on("portal")
    sign_up(client)
    (letter,) = deliver()
    (code,) = re.findall(r"^([A-Z0-9-]{6,9})$", str(letter.body), re.MULTILINE)
    account(role)
    assert client.post("/accounts/confirm-email/", {"code": code}).status_code != 302
    assert User.objects.filter(email=TRIED).count() == 1


def test_a_session_signs_up_with_its_own_address_only(client_on) -> None:
    mine, theirs = client_on("portal"), client_on("portal")
    sign_up(theirs)
    (letter,) = deliver()
    (code,) = re.findall(r"^([A-Z0-9-]{6,9})$", str(letter.body), re.MULTILINE)
    mine.post("/accounts/signup/", SIGN_UP | {"email": "other@example.am"})
    mine.post("/accounts/confirm-email/", {"code": code})
    assert not User.objects.filter(email__in=[TRIED, "other@example.am"]).exists()


def test_a_letter_in_the_outbox_shows_neither_code_nor_address(client_on) -> None:
    sign_up(client_on("portal"))
    job = BackgroundJob.objects.get(kind="account_letter")
    assert TRIED not in str(job.payload)
    assert set(job.payload) == {"sealed"}
