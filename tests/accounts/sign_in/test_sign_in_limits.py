"""The limits of sign-in are counted by the one limiter, for all processes, and no address is kept."""

import inspect
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory, override_settings

from tests.conftest import SurfaceClient
from tests.factories.permits import PASSWORD, a_user
from wpis.rate_limits import sign_in
from wpis.rate_limits.models import RecentRequests
from wpis.surfaces import ROLES

SHOW_ALLAUTH = """
import inspect
from django.conf import settings
settings.configure()
from allauth.core.internal import ratelimit
for function in (ratelimit._consume_single_rate, ratelimit.clear):
    print(*inspect.signature(function).parameters)
"""


def a_post(**headers):
    request = RequestFactory().post("/accounts/login/", **headers)
    request.user = AnonymousUser()
    return request


def test_allauth_still_has_the_two_functions_that_ours_stand_for():
    """In a process without our apps, so that the originals are seen."""
    done = subprocess.run([sys.executable, "-c", SHOW_ALLAUTH],
                          cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60)  # fmt: skip
    ours = [" ".join(inspect.signature(f).parameters) for f in (sign_in.consume_one, sign_in.clear)]
    assert done.stdout.splitlines() == ours, done.stderr
    assert (ratelimit._consume_single_rate, ratelimit.clear) == (sign_in.consume_one, sign_in.clear)
    source = inspect.getsource(ratelimit)
    assert source.count("cache.") - source.count("django.core.cache") == 7, (
        "another use of the cache has come"
    )


RECORDED = [1, 1, 1]
"""One event of the failure: counted for what was typed, for the network and for all (`wpis.audit.bounded`)."""


def counts():
    return sorted(len(row.moments) for row in RecentRequests.objects.all())


@pytest.mark.django_db
def test_ten_wrong_passwords_close_the_account_to_a_network_and_the_right_one_is_not_counted(portal):
    user = a_user()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    form = {"login": user.email, "password": "wrong"}
    for _ in range(4):
        portal.post("/accounts/login/", form)
    assert counts() == [*RECORDED, 4, 4, 4], (
        "each try counts for the page, for the account with the network, for strangers"
    )
    SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").post("/accounts/login/", form | {"password": PASSWORD})
    assert counts() == [*RECORDED, 4, 4, 5], "of one that succeeds only the use of the page"
    for _ in range(6):
        portal.post("/accounts/login/", form)
    refused = portal.post("/accounts/login/", form | {"password": PASSWORD})
    assert "Too many tries. Wait a few minutes" in refused.content.decode()
    assert counts() == [1, 1, 2, 2, 10, 10, 12], (
        "a refused try is counted for the page alone, and that it was refused is recorded"
    )
    for row in RecentRequests.objects.values_list():
        assert user.email not in str(row)
        assert "127.0.0.1" not in str(row)


@pytest.mark.django_db
def test_looking_at_a_limit_counts_nothing_and_clearing_forgets():
    what = {"app": "allauth.account", "action": "login_failed", "key": "a"}
    request = a_post()
    for _ in range(9):
        assert ratelimit.consume(request, dry_run=True, **what)
    assert not RecentRequests.objects.exists()
    assert [bool(ratelimit.consume(request, **what)) for _ in range(6)] == [True] * 5 + [False]
    with pytest.raises(ratelimit.RateLimited):
        ratelimit.consume(request, raise_exception=True, **what)
    ratelimit.clear(request, **what)
    assert ratelimit.consume(request, **what)


def at_once(task, times=40):
    """The answers of many threads, each on a connection of its own as the portal."""

    def run(number):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['portal']}")
            return task(number)
        finally:
            connection.close()

    with override_settings(WPIS_SURFACE="portal"), ThreadPoolExecutor(10) as threads:
        return list(threads.map(run, range(times)))


def test_many_guesses_at_once_get_exactly_the_allowance(committed):
    what = {"app": "allauth.account", "action": "login_failed", "key": "a"}
    answers = at_once(lambda n: bool(ratelimit.consume(a_post(REMOTE_ADDR=f"8.8.4.{n}"), **what)))
    assert answers.count(True) == 5


def test_a_one_time_code_is_good_once_however_many_processes_are_asked(committed):
    assert at_once(lambda _: cache.add("totp code", "y", timeout=30)).count(True) == 1


@pytest.mark.parametrize(
    "use", [lambda: cache.get("a"), lambda: cache.set("a", 1), lambda: cache.delete("a")]
)
def test_nothing_else_is_cached(use):
    with pytest.raises(NotImplementedError):
        use()
