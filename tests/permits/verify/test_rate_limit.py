"""Promise P12: nobody finds permits by trying out numbers, and nobody who checks in earnest is kept waiting for it."""

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone, translation

from permits import references
from permits.models import Permit
from permits.verify.verdicts import Verdict, look_up
from permits.verify.views import pace
from tests.conftest import SurfaceClient
from tests.factories import permits as make
from wpis.accounts.models import RecentRequests
from wpis.rate_limits.limiter import Pace, network, pause
from wpis.references import ALPHABET, check_letter
from wpis.surfaces import ROLES

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
UNKNOWN = "/check/P-7K3M9QXD2FHA4"
FEW = Pace("test", 5, timedelta(minutes=5))


@pytest.fixture
def few(settings):
    """Five checks in five minutes, so that a test need not ask 300 times."""
    settings.CHECK_REQUESTS = 5


def asked(seconds=0, allowance=FEW, **headers):
    """One request at so many seconds after noon: how long it must wait, or None."""
    return pause(allowance, RequestFactory().get(UNKNOWN, **headers), at=NOON + timedelta(seconds=seconds))


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


@pytest.mark.django_db
@pytest.mark.parametrize("surface", ["office", "protection"])
def test_the_counts_are_the_portal_s_alone(surface, database_url):
    with (
        psycopg2.connect(database_url(ROLES[surface])) as raw,
        raw.cursor() as cursor,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        cursor.execute("SELECT count(*) FROM accounts_recentrequests")


def test_many_threads_at_once_get_exactly_the_allowance(committed):
    allowance = Pace("test", 50, timedelta(minutes=5))

    def ask_twenty_times(_):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['portal']}")
            return [asked(0, allowance) for _ in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        answers = [answer for some in threads.map(ask_twenty_times, range(10)) for answer in some]
    assert (len(answers), answers.count(None)) == (200, 50)


def test_a_count_stays_counted_when_the_page_breaks(committed, few, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("permits.verify.views.look_up", broken)
    portal = SurfaceClient("portal", raise_request_exception=False)
    assert [portal.get(UNKNOWN).status_code for _ in range(6)] == [500] * 5 + [429]


def test_the_promise_is_three_hundred_in_five_minutes():
    assert (pace().requests, pace().within) == (300, timedelta(minutes=5))


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
