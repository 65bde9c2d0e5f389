"""The interface for programs counts with the one limiter: all processes together, failed requests too."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from permits.actions import tokens
from tests.conftest import COOKIES, SurfaceClient
from tests.factories import permits as make
from tests.permits.api.conftest import Program
from wpis.rate_limits.models import RecentRequests
from wpis.rate_limits.rates import read_rate
from wpis.surfaces import ROLES


@pytest.fixture
def five(settings):
    """Five requests of one account a minute."""
    settings.API_RATE = "5/min"


@pytest.mark.django_db
def test_a_request_that_fails_is_counted(program, five):
    answers = [program.post("", {"language": "klingon"}).status_code for _ in range(6)]
    assert answers == [400] * 5 + [429]


@pytest.mark.django_db
def test_all_tokens_of_an_account_are_one_count_and_another_account_has_its_own(
    program_of, by, company, five
):
    first, second = program_of(by, company), program_of(by, company)
    for _ in range(3):
        first.get()
    assert [second.get().status_code for _ in range(3)] == [200, 200, 429]
    other = make.a_user()
    assert program_of(other, make.an_employer(other)).get().status_code == 200


@pytest.mark.django_db
def test_a_refusal_has_the_shape_of_every_error(program, five):
    for _ in range(6):
        answer = program.get()
    assert answer.status_code == 429
    assert json.loads(answer.content).keys() == {"code", "message", "fields"}
    assert answer.json()["code"] == "throttled"
    assert 0 < int(answer["Retry-After"]) <= 61


@pytest.fixture
def committed_program(committed):
    """A program whose account and token other connections see."""
    by = make.a_user()
    _token, secret = tokens.issue(make.an_employer(by), "Test", by=by, at=timezone.now())
    return Program(SurfaceClient("portal", raise_request_exception=False), secret)


def test_without_a_count_nothing_is_answered(committed_program, monkeypatch):
    """Fail closed: when the limiter cannot count, no handler runs."""
    monkeypatch.setattr("permits.api.views.ApplicationList.get", lambda *_: pytest.fail("the handler ran"))
    monkeypatch.setattr("wpis.rate_limits.limiter._COUNT", "SELECT 1 FROM no_such_table")
    answer = committed_program.get()
    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")


def test_programs_at_once_get_exactly_the_allowance(committed_program, five, settings):
    """Ten threads: no request passes uncounted, and none waits for another's transaction."""
    settings.WPIS_SURFACE, settings.ROOT_URLCONF = "portal", "wpis.urls.portal"
    settings.SESSION_COOKIE_NAME = COOKIES["portal"]

    def ask(_):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['portal']}")
            headers = {"Authorization": f"Bearer {committed_program.secret}"}
            return Client().get("/api/v1/applications", headers=headers).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(ask, range(30)))
    assert (answers.count(200), answers.count(429)) == (5, 25)
    assert len(RecentRequests.objects.get().moments) == 5


@pytest.mark.parametrize(
    ("text", "seconds"), [("60/min", 60), ("1/s", 1), ("5/hour", 3600), ("2/d", 86400), ("9/second", 1)]
)
def test_rates_are_read_as_the_settings_write_them(text, seconds):
    requests, within = read_rate(text)
    assert (f"{requests}/", within.total_seconds()) == (text.partition("/")[0] + "/", seconds)


@pytest.mark.parametrize("text", ["", "60", "0/min", "-1/min", "60/fortnight", "60/minutes ", "many/min"])
def test_what_is_no_rate_is_refused_at_the_start(text):
    with pytest.raises(ValueError, match="is no rate"):
        read_rate(text)
