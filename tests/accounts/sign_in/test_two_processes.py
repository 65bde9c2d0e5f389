"""What holds once, or a number of times, holds across web processes: two of them run here, on one database."""

import itertools
import re
import time

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.utils import timezone

from permits.actions import tokens
from tests.accounts.sign_in.web_processes import Browser, at_once, two_servers
from tests.accounts.test_second_factor import SEED, code
from tests.factories.letters import deliver
from tests.factories.permits import PASSWORD, a_user, an_employer
from wpis.accounts.models import PortalSession, User
from wpis.rate_limits import guesses

API_REQUESTS = 5


@pytest.fixture(scope="module")
def mail(tmp_path_factory):
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def servers(database_url, mail):
    with two_servers(database_url("wpis_portal"), mail, WPIS_API_RATE=f"{API_REQUESTS}/min") as urls:
        yield urls


@pytest.fixture
def owner(committed):
    """An account whose password the servers can check."""
    user = a_user()
    password = make_password(PASSWORD, hasher=Argon2PasswordHasher())
    User.objects.filter(pk=user.pk).update(password=password)
    user.refresh_from_db()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def is_in(browser, url):
    return browser.get(f"{url}/applications/")[0] == 200


def before_the_second_step(owner, servers, number=4):
    """Browsers that have given the password, half of them to each process, in front of the second step."""
    browsers = []
    for url in itertools.islice(itertools.cycle(servers), number):
        browser = Browser()
        browser.post(f"{url}/accounts/login/", {"login": owner.email, "password": PASSWORD})
        browsers.append((browser, url))
    return browsers


def send_to_all(browsers, path, form):
    prepared = [(browser, browser.prepare(f"{url}{path}", form)) for browser, url in browsers]
    return at_once(*(lambda b=browser, r=request: b.send(r) for browser, request in prepared))


def wait_for_a_young_code():
    """A code that ends while it is sent around would be refused for that."""
    if (left := 30 - time.time() % 30) < 10:
        time.sleep(left + 0.1)


def test_one_code_of_the_app_opens_one_session(owner, servers):
    TOTP.activate(owner, SEED)
    browsers = before_the_second_step(owner, servers)
    wait_for_a_young_code()
    send_to_all(browsers, "/accounts/2fa/authenticate/", {"code": code()})
    assert [is_in(browser, url) for browser, url in browsers].count(True) == 1


def test_one_recovery_code_opens_one_session(owner, servers):
    TOTP.activate(owner, SEED)
    one_code = RecoveryCodes.activate(owner).generate_codes()[0]
    browsers = before_the_second_step(owner, servers)
    send_to_all(browsers, "/accounts/2fa/authenticate/", {"code": one_code})
    assert [is_in(browser, url) for browser, url in browsers].count(True) == 1


def test_one_link_sets_one_password(owner, servers):
    key = default_token_generator.make_token(owner)
    path = f"/accounts/password/reset/key/{user_pk_to_url_str(owner)}-{key}/"
    wanted, prepared = {}, []
    for number, url in enumerate([*servers, *servers]):
        # Each from its own network: those of one take turns at its rate limit.
        browser, word = Browser(address=f"8.8.4.{number}"), f"Mashtots-{number}-Arax"
        form_path = browser.get(f"{url}{path}")[1]
        form = {"password1": word, "password2": word}
        prepared.append((browser, browser.prepare(f"{url}{form_path}", form)))
        wanted[number] = word
    answers = at_once(*(lambda b=browser, r=request: b.send(r) for browser, request in prepared))
    (winner,) = [number for number, answer in enumerate(answers) if answer[0] == 302]
    assert all("This link no longer works" in page for status, _, page in answers if status == 200)
    owner.refresh_from_db()
    assert Argon2PasswordHasher().verify(wanted[winner], owner.password)


def signed_up(url):
    """A browser in front of the page that asks for the code, and the code that was sent."""
    browser, address = Browser(), f"new{time.monotonic_ns()}@example.am"
    form = {"email": address, "name": "Nare Ghazaryan", "password1": PASSWORD, "password2": PASSWORD}
    assert browser.post(f"{url}/accounts/signup/", form)[0] == 302
    (letter,) = [each for each in deliver() if each.to == [address]]
    (sent,) = re.findall(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", str(letter.body), re.MULTILINE)
    return browser, sent


def test_one_code_of_an_e_mail_opens_one_session(committed, servers):
    first, second = servers
    browser, sent = signed_up(first)
    twins = [(browser.twin(), url) for url in (first, second, first, second)]
    send_to_all(twins, "/accounts/confirm-email/", {"code": sent})
    assert [is_in(twin, url) for twin, url in twins].count(True) == 1
    assert PortalSession.objects.count() <= len(twins)


def test_a_code_of_an_e_mail_can_be_guessed_three_times_however_many_processes_are_asked(committed, servers):
    first, second = servers
    browser, sent = signed_up(first)
    twins = [(browser.twin(), url) for url in (first, second, first, second, first, second)]
    late = browser.twin()
    prepared = late.prepare(f"{first}/accounts/confirm-email/", {"code": sent})
    send_to_all(twins, "/accounts/confirm-email/", {"code": "AAAA-AAAA"})
    late.send(prepared)
    assert not is_in(late, first), "six were sent at once, so the right one comes too late"


def test_passwords_are_tried_exactly_as_often_as_one_network_may(owner, servers):
    browsers = [(Browser(), url) for url in itertools.islice(itertools.cycle(servers), 14)]
    answers = send_to_all(browsers, "/accounts/login/", {"login": owner.email, "password": "wrong"})
    refused = [page for status, _, page in answers if status == 200 and "Too many tries" in page]
    assert len(answers) - len(refused) == guesses.NETWORK.requests
    assert all(
        "password is wrong" in page or status == 429 for status, _, page in answers if page not in refused
    )


def test_a_program_is_answered_exactly_as_often_as_it_may_ask(owner, servers):
    _token, secret = tokens.issue(an_employer(owner), "Test", by=owner, at=timezone.now())
    first, second = servers
    answers = at_once(
        *(
            lambda url=url: Browser().get(f"{url}/api/v1/applications", Authorization=f"Bearer {secret}")
            for url in [first, second] * 6
        )
    )
    assert sorted(status for status, _, _ in answers) == [200] * API_REQUESTS + [429] * (12 - API_REQUESTS)
