"""The end of a session: when the warning appears, and that unsent input is preserved."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import override_settings
from django.utils import timezone

from permits.models import EmploymentTerms
from tests.conftest import SurfaceClient
from tests.factories import permits as make
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db

IDLE = timedelta(minutes=15)
"""Of the settings that tests run under."""
HERE = {"Origin": "http://testserver"}


class Visit:
    """An employer in front of one page of a draft, with the token that stood in the page."""

    def __init__(self) -> None:
        self.user = make.a_user()
        self.draft = make.a_draft(make.an_employer(self.user), self.user)
        self.path = f"/applications/{self.draft.pk}/terms/"
        self.client = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True)
        self.client.sign_in(self.user)
        self.token = token_in(self.client.get(self.path))

    def send(self, **more: Any) -> Any:
        """Press "Save and continue"."""
        typed = {"job_title": 'Cook "of" the <house>', "contract_states": ["wage", "hours"]}
        return self.client.post(self.path, typed | {"csrfmiddlewaretoken": self.token}, headers=HERE, **more)

    @property
    def title(self) -> str:
        """The job title that is stored."""
        return EmploymentTerms.objects.get(pk=self.draft.pk).job_title


def token_in(page: Any) -> str:
    return str(page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0])


def hidden_in(page: Any) -> list[tuple[str, str]]:
    """Names and values of the form that holds what was typed, as a browser would send them."""
    from html.parser import HTMLParser

    found: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            given = dict(attrs)
            if tag == "input":
                found.append((given["name"], given["value"]))

    Reader().feed(page.content.decode())
    return found


def test_the_browser_learns_how_long_the_session_lives_and_asking_extends_it(portal: Any) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        portal.sign_in(make.a_user())
        assert portal.get("/session/").json()["seconds"] == IDLE.total_seconds()
        clock.shift(IDLE - timedelta(seconds=5))
        assert portal.get("/session/").json()["seconds"] == IDLE.total_seconds()
        clock.shift(IDLE - timedelta(seconds=5))
        assert portal.get("/applications/").status_code == 200
        clock.shift(IDLE + timedelta(seconds=5))
        assert portal.get("/session/").json()["seconds"] == 0
        assert portal.get("/applications/").status_code == 302


def test_the_mark_of_an_account_stays_the_same_over_sessions_and_says_nothing_of_it(
    client_on: Any,
) -> None:
    user, other = make.a_user(), make.a_user()
    marks = [client_on("portal").sign_in(it).get("/session/").json()["owner"] for it in (user, user, other)]
    assert marks[0] == marks[1] != marks[2]
    page = client_on("portal").sign_in(user).get("/applications/").content.decode()
    assert f'data-owner="{marks[0]}"' in page
    assert str(user.pk) not in page
    assert client_on("portal").get("/session/").json()["owner"] == ""


def test_near_its_absolute_limit_a_session_promises_no_more_than_is_left(portal: Any) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock, override_settings(WPIS_SESSION_HOURS=1):
        portal.sign_in(make.a_user())
        for _ in range(5):
            assert portal.get("/").status_code == 200
            clock.shift(timedelta(minutes=10))
        assert portal.get("/session/").json()["seconds"] == 600
        clock.shift(timedelta(minutes=10, seconds=1))
        assert portal.get("/session/").json()["seconds"] == 0


@pytest.mark.parametrize(
    ("surface", "role"),
    [("portal", Role.EMPLOYER), ("office", Role.OFFICER), ("protection", Role.AUDITOR)],
)
def test_a_page_says_in_words_when_the_session_ends_and_names_no_moment(
    client_on: Any, surface: str, role: Any
) -> None:
    shown = client_on(surface).sign_in(make.a_user(role)).get("/", follow=True).content.decode()
    assert "You are signed out after 15 minutes without activity" in shown
    assert 'data-minutes="15"' in shown
    assert f'data-warning="{5 if surface == "portal" else 2}"' in shown
    assert "What you send too late is not lost" in shown, "for browsers without scripts"
    assert "<time></time>" in shown, "the browser fills in the moment"
    stranger = client_on(surface).get("/accounts/login/").content.decode()
    assert 'id="session"' not in stranger


def test_what_is_sent_too_late_comes_back_whole_and_is_saved_after_signing_in() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        visit = Visit()
        clock.shift(IDLE + timedelta(seconds=1))
        page = visit.send()
        assert page.status_code == 403
        assert "You were signed out" in page.content.decode()
        assert visit.title == ""
        again = hidden_in(page)
        assert {("job_title", 'Cook "of" the <house>'), ("contract_states", "hours")} <= set(again)

        EmailAddress.objects.create(user=visit.user, email=visit.user.email, verified=True, primary=True)
        visit.client.post(
            "/accounts/login/",
            {"login": visit.user.email, "password": make.PASSWORD, "csrfmiddlewaretoken": visit.token},
            headers=HERE,
        )
        # Signing in made the token invalid.
        stale = visit.client.post(visit.path, as_form(again), headers=HERE)
        assert stale.status_code == 403
        assert "Send it once more" in stale.content.decode()
        assert visit.client.post(visit.path, as_form(hidden_in(stale)), headers=HERE).status_code == 302
        assert visit.title == 'Cook "of" the <house>'
        assert EmploymentTerms.objects.get(pk=visit.draft.pk).contract_states == ["wage", "hours"]


def as_form(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    return sent


def test_with_the_token_of_now_what_came_back_is_saved_at_once() -> None:
    """What session.js does in the page: it fetches the token after somebody signed in again in another tab."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        visit = Visit()
        clock.shift(IDLE + timedelta(seconds=1))
        visit.send()
        visit.client.sign_in(visit.user)
        visit.token = visit.client.get("/session/").json()["token"]
        assert visit.send().status_code == 302
        assert visit.title == 'Cook "of" the <house>'


def test_somebody_else_who_signs_in_finds_nothing_of_it() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        visit = Visit()
        clock.shift(IDLE + timedelta(seconds=1))
        visit.send()
        visit.client.sign_in(make.a_user())
        for path in ("/", "/applications/", "/session/", "/session/signed-in/"):
            assert "Cook" not in visit.client.get(path).content.decode()
        assert visit.client.get(visit.path).status_code == 404


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
def test_a_page_that_another_site_sent_is_not_shown_back(origin: str | None) -> None:
    visit = Visit()
    sent = {"job_title": "Planted words"}
    headers = {"Origin": origin} if origin else None
    page = visit.client.post(visit.path, sent, headers=headers)
    assert page.status_code == 403
    assert "Planted words" not in page.content.decode()
    assert "open for too long" in page.content.decode()


def test_a_page_of_another_surface_puts_no_words_into_the_mouth_of_who_works_here() -> None:
    """A trusted origin passes Django's own check; what it sends without a token is still not shown back."""
    visit = Visit()
    with override_settings(CSRF_TRUSTED_ORIGINS=["https://office.localhost", "https://testserver"]):
        for origin, shown in (("https://office.localhost", False), ("https://testserver", True)):
            page = visit.client.post(visit.path, {"job_title": "Planted words"}, HTTP_ORIGIN=origin)
            assert page.status_code == 403
            assert ("Planted words" in page.content.decode()) is shown


def test_passwords_are_never_written_into_a_page() -> None:
    visit = Visit()
    page = visit.client.post(
        "/accounts/login/", {"login": "a@example.am", "password": "s3cret"}, headers=HERE
    )
    assert page.status_code == 403
    assert "s3cret" not in page.content.decode()


def test_the_page_after_signing_in_again_leads_strangers_to_sign_in(portal: Any) -> None:
    assert portal.get("/session/signed-in/").url == "/accounts/login/?next=/session/signed-in/"
    portal.sign_in(make.a_user())
    assert "Go back to the tab" in portal.get("/session/signed-in/").content.decode()
