"""Runs inside the measured installation, as its owner: makes drafts, a token, an officer's session; counts queries."""

import json
import sys
from collections.abc import Callable

import django


def drafts(count: int) -> dict[str, object]:
    """Complete drafts of one employer, and a token to submit them with."""
    from django.utils import timezone

    from permits.actions import tokens
    from permits.actions.applications import save_part
    from permits.case_types.new import CASE_TYPE
    from tests.factories.permits import a_claim, a_user, answers, attach, verify_company
    from tests.factories.permits import a_draft as start
    from wpis.accounts.roles import Role

    at = timezone.now()
    # The command runs more than once on one installation: addresses of its own each time.
    by = a_user(email=f"bench-{at.timestamp()}@example.am")
    officer = a_user(Role.OFFICER, email=f"bench-officer-{at.timestamp()}@example.am")
    employer = verify_company(a_claim(by, at, tax_number=f"{at:%S%f}"), at, by=officer)
    ids = []
    for _ in range(count):
        draft = start(employer, by, at)
        for part, values in answers(timezone.localdate(at)).items():
            save_part(draft, part, values, by=by, at=at)
        for kind in CASE_TYPE.documents:
            attach(draft, kind, by=by, at=at, checked=False)
        ids.append(str(draft.pk))
    return {"ids": ids, "token": tokens.issue(employer, "bench", by=by, at=at)[1]}


def session() -> dict[str, object]:
    """A signed-in officer: the cookie of a session in the office's table."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from wpis.accounts.models import User
    from wpis.accounts.sessions import SessionStore

    user = User.objects.filter(role="officer").first() or User.objects.create_user(
        "bench-officer@example.am", role="officer"
    )
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["second_factor"] = True
    store["started_at"] = timezone.now().timestamp()
    store.save()
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={store.session_key}"}


def queries(cookie: str) -> dict[str, object]:
    """How many queries the officer's queue page runs."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_COOKIE=cookie, HTTP_HOST="localhost")
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/")
    return {"queries": len(captured), "status": answer.status_code}


if __name__ == "__main__":
    django.setup()
    command, *arguments = sys.argv[1:]
    answer: dict[str, Callable[[], dict[str, object]]] = {
        "drafts": lambda: drafts(int(arguments[0])),
        "session": session,
        "queries": lambda: queries(arguments[0]),
    }
    print(json.dumps(answer[command]()))
