"""Promise P12: permits cannot be found by trying numbers, and legitimate checks are not delayed."""

import math
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory, override_settings
from django.utils import timezone, translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from permits import references
from permits.models import Permit
from permits.verify.verdicts import Verdict, look_up
from permits.verify.views import rate_limit
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from wpis.grants import SIGN_IN
from wpis.rate_limits.callers import network, network_of
from wpis.rate_limits.limiter import RateLimit, check_rate_limit, clear, read_wait, undo
from wpis.rate_limits.models import RecentRequests
from wpis.references import ALPHABET, check_letter
from wpis.surfaces import ROLES

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
UNKNOWN = "/check/P-7K3M9QXD2FHA4"
FEW = RateLimit("test", 5, timedelta(minutes=5))


@pytest.fixture
def few(settings):
    """Five checks in five minutes, so that a test need not ask 300 times."""
    settings.CHECK_REQUESTS = 5


def asked(seconds=0, allowance=FEW, **headers):
    """One request at so many seconds after noon: how long it must wait, or None."""
    caller = network_of(RequestFactory().get(UNKNOWN, **headers))
    return check_rate_limit(allowance, caller, at=NOON + timedelta(seconds=seconds))


@pytest.mark.django_db
def test_three_hundred_checks_are_answered_and_the_next_one_is_told_when(portal):
    with time_machine.travel(NOON, tick=False) as clock:
        assert {portal.get(UNKNOWN).status_code for _ in range(300)} == {200}
        clock.shift(100)
        refused = portal.get(UNKNOWN)
        assert refused.status_code == 429
        assert refused["Retry-After"] == "200"
        assert "Try again in 4 minutes, at 16:05." in refused.content.decode()
        clock.shift(199)
        assert portal.get(UNKNOWN).status_code == 429
        clock.shift(1)
        assert portal.get(UNKNOWN).status_code == 200


@pytest.mark.django_db
def test_all_ways_to_look_a_permit_up_are_one_count(portal, few):
    permit = make.a_permit()
    for address in (UNKNOWN, f"/check/?number={permit.number}", f"/check/{permit.code}", "/check/WP1:AAAA"):
        assert portal.get(address).status_code == 200
    assert portal.head(UNKNOWN).status_code == 200
    for address in (UNKNOWN, f"/check/?number={permit.number}", f"/check/{permit.code}"):
        assert portal.get(address).status_code == 429


@pytest.mark.django_db
def test_what_looks_nothing_up_is_never_refused(portal, few):
    for _ in range(6):
        portal.get(UNKNOWN)
    assert portal.get("/check/").status_code == 200
    assert portal.get("/check/", {"number": ""}).status_code == 422
    assert portal.get("/check/keys.json").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["hy", "en", "ru"])
def test_the_refusal_is_a_page_of_ours_in_the_reader_s_language(portal, few, language):
    for _ in range(6):
        answer = portal.get(UNKNOWN, {"hl": language})
    page = answer.content.decode()
    assert (answer.status_code, f'<html lang="{language}"' in page) == (429, True)
    with translation.override(language):
        assert translation.gettext("Too many checks at once") in page
    assert f'href="{UNKNOWN}?hl={language}"' in page, "one press asks again, nothing is typed twice"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_an_address_that_a_visitor_claims_starts_no_new_count(portal, few):
    for number in range(5):
        portal.get(UNKNOWN, HTTP_X_FORWARDED_FOR=f"8.8.4.{number}", HTTP_X_REAL_IP=f"8.8.4.{number}")
    assert (
        portal.get(UNKNOWN, HTTP_X_FORWARDED_FOR="9.9.9.9", HTTP_FORWARDED="for=9.9.9.9").status_code == 429
    )


@pytest.mark.django_db
def test_behind_our_proxy_each_visitor_has_the_count_of_the_address_that_the_proxy_saw(portal, few, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(5):
        portal.get(UNKNOWN, HTTP_X_FORWARDED_FOR=f"8.8.4.{number}, 5.5.5.5")
    assert portal.get(UNKNOWN, HTTP_X_FORWARDED_FOR="9.9.9.9, 5.5.5.5").status_code == 429
    assert portal.get(UNKNOWN, HTTP_X_FORWARDED_FOR="5.5.5.5, 6.6.6.6").status_code == 200


@pytest.mark.django_db
def test_who_tries_again_too_soon_does_not_wait_longer():
    assert [asked() for _ in range(5)] == [None] * 5
    waits = [asked(seconds) for seconds in range(0, 300, 10)]
    assert waits == [timedelta(seconds=300 - seconds) for seconds in range(0, 300, 10)]
    assert asked(300) is None


@pytest.mark.django_db
def test_no_five_minutes_see_more_than_the_allowance():
    moments = [second for second in range(0, 1500, 7) if asked(second) is None]
    assert len(moments) == 25, "and it is given out in full"
    assert max(sum(start <= m < start + 300 for m in moments) for start in moments) == 5


@pytest.mark.django_db
def test_a_household_of_the_new_internet_is_one_and_its_neighbour_another():
    for number in range(5):
        assert asked(REMOTE_ADDR=f"2001:db8:1:1::{number}") is None
    assert asked(REMOTE_ADDR="2001:db8:1:1:ffff::7") is not None
    assert asked(REMOTE_ADDR="2001:db8:1:2::7") is None
    assert network("::ffff:5.5.5.5") == network("5.5.5.5") != network("5.5.5.6")
    assert asked(REMOTE_ADDR="") is None, "an address that cannot be told counts as one, too"


@pytest.mark.django_db
def test_no_address_is_kept_and_a_count_is_forgotten_when_its_time_is_over():
    asked(REMOTE_ADDR="5.5.5.5")
    (row,) = RecentRequests.objects.values_list()
    assert "5.5.5.5" not in str(row)
    asked(301, REMOTE_ADDR="6.6.6.6")
    assert [kept.forget_at for kept in RecentRequests.objects.all()] == [NOON + timedelta(seconds=601)]


@pytest.mark.parametrize("surface", ["office", "protection"])
def test_the_counts_are_the_portal_s_alone(surface, committed, database_url):
    with standing_on("portal"):
        asked()
    assert RecentRequests.objects.get().surface == "portal"
    with psycopg2.connect(database_url(ROLES[surface])) as raw, raw.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_recentrequests")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE accounts_recentrequests SET moments = '{}'")
        cursor.execute("DELETE FROM accounts_recentrequests")
    assert RecentRequests.objects.get().moments == [NOON]


@pytest.mark.django_db
def test_the_same_caller_has_a_count_on_each_surface_and_for_each_limit():
    for surface in SIGN_IN:
        with standing_on(surface):
            assert [asked() for _ in range(5)] == [None] * 5
            assert asked() is not None
    assert asked(allowance=RateLimit("another", 5, timedelta(minutes=5))) is None


def test_without_a_count_nothing_is_looked_up(committed, monkeypatch):
    """Fail closed: when the limiter cannot count, the check is not answered."""
    looked_up = []
    monkeypatch.setattr("permits.verify.views.look_up", lambda *given: looked_up.append(given))
    monkeypatch.setattr("wpis.rate_limits.limiter._COUNT", "SELECT 1 FROM no_such_table")
    assert SurfaceClient("portal", raise_request_exception=False).get(UNKNOWN).status_code == 500
    assert looked_up == []


@pytest.mark.django_db
def test_looking_without_counting_and_taking_back():
    moments = [NOON + timedelta(seconds=n) for n in range(5)]
    for at in moments:
        assert check_rate_limit(FEW, "someone", at=at) is None
    assert read_wait(FEW, "someone", at=moments[4]) == timedelta(seconds=296)
    undo(FEW, "someone", at=moments[2])
    undo(FEW, "someone", at=moments[2])
    assert read_wait(FEW, "someone", at=moments[4]) is None
    assert RecentRequests.objects.get().moments == moments[:2] + moments[3:]
    clear(FEW, "someone")
    assert not RecentRequests.objects.exists()


@given(
    steps=st.lists(st.integers(min_value=0, max_value=120), min_size=1, max_size=40),
    requests=st.integers(min_value=1, max_value=6),
)
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.django_db
def test_the_limiter_agrees_with_counting_by_hand(steps, requests):
    """Any arrivals: a request is answered exactly when fewer than the allowance were in the last five minutes."""
    limit, caller, at = RateLimit("model", requests, timedelta(minutes=5)), uuid.uuid4().hex, NOON
    answered: list[datetime] = []
    for step in steps:
        at += timedelta(seconds=step)
        recent = [moment for moment in answered if moment > at - limit.within]
        wait = check_rate_limit(limit, caller, at=at)
        assert (wait is None) == (len(recent) < requests)
        if wait is None:
            answered.append(at)
        else:
            assert wait == max(recent[-requests] + limit.within - at, timedelta(seconds=1))


def test_many_threads_at_once_get_exactly_the_allowance(committed):
    allowance = RateLimit("test", 50, timedelta(minutes=5))

    def ask_twenty_times(_):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['portal']}")
            return [asked(0, allowance) for _ in range(20)]
        finally:
            connection.close()

    with override_settings(WPIS_SURFACE="portal"), ThreadPoolExecutor(10) as threads:
        answers = [answer for some in threads.map(ask_twenty_times, range(10)) for answer in some]
    assert (len(answers), answers.count(None)) == (200, 50)


def test_a_count_stays_counted_when_the_page_breaks(committed, few, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("permits.verify.views.look_up", broken)
    portal = SurfaceClient("portal", raise_request_exception=False)
    assert [portal.get(UNKNOWN).status_code for _ in range(6)] == [500] * 5 + [429]


def test_the_promise_is_three_hundred_in_five_minutes():
    assert (rate_limit().requests, rate_limit().within) == (300, timedelta(minutes=5))


def test_a_permit_number_holds_at_least_64_bits_that_must_be_guessed():
    numbers = [references.new("P") for _ in range(10_000)]
    bodies = [number.removeprefix("P-") for number in numbers]
    assert len(set(numbers)) == len(numbers)
    free = 0.0
    for place in range(len(bodies[0]) - 1):  # without the check letter, which follows from the others
        seen = Counter(body[place] for body in bodies)
        assert set(seen) == set(ALPHABET)
        assert max(seen.values()) < 2 * min(seen.values()), "no letter is drawn more often"
        free += math.log2(len(seen))
    assert all(body[-1] == check_letter(body[:-1]) for body in bodies)
    assert free >= 64


@pytest.mark.django_db
def test_ten_thousand_random_numbers_find_nothing():
    issued = make.a_permit()
    drawn = [references.new("P") for _ in range(10_000)]
    found = Permit.objects.filter(number__in=[*drawn, issued.number]).values_list("number", flat=True)
    assert list(found) == [issued.number], "what exists is found, and nothing else"
    assert {look_up(number, timezone.now()).verdict for number in drawn[:100]} == {Verdict.UNKNOWN}
