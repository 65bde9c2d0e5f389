"""One's own account: one page in the header leads to everything, and no page of sign-in looks like the library's."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth import urls as library
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from tests.conftest import SurfaceClient
from tests.factories.letters import deliver
from tests.factories.permits import a_user
from wpis.accounts.models import User
from wpis.accounts.roles import SURFACE_OF, Role
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def somebody(role: Role = Role.EMPLOYER) -> User:
    user = a_user(role, email=f"{role}@example.am", name="Anahit Sargsyan")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


@pytest.mark.parametrize(
    "role", [Role.EMPLOYER, Role.DELEGATE, Role.OFFICER, Role.MANAGER, Role.AUDITOR, Role.PARTNER]
)
def test_the_header_leads_to_the_account_and_the_account_to_everything(client_on: Any, role: Role) -> None:
    user = somebody(role)
    here = client_on(SURFACE_OF[role])
    here.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    here.sign_in(user)
    first = here.get("/", follow=True).content.decode()
    assert 'href="/account/"' in first
    page = words(here.get("/account/"))
    for said in ("Anahit Sargsyan", user.email, "Main address", "Sign out everywhere else", "Language"):
        assert said in page
    for address in ("/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"):
        assert f'href="{address}"' in page
        led = here.get(address, follow=True)
        assert led.status_code == 200
    back = words(here.get("/accounts/email/"))
    assert 'class="back" href="/account/"' in back


def test_a_stranger_is_led_to_sign_in(client_on: Any) -> None:
    for method in ("get", "post"):
        for path in ("/account/", "/account/sessions/end/"):
            answer = getattr(client_on("portal"), method)(path)
            assert answer.status_code in (302, 405)
            assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/")


def test_all_other_sessions_end_and_this_one_goes_on(client_on: Any) -> None:
    user, other = somebody(), a_user()
    here, there, stranger = (client_on("portal").sign_in(each) for each in (user, user, other))
    assert here.post("/account/sessions/end/").url == "/account/"
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert stranger.get("/account/").status_code == 200
    event = AuditEvent.objects.get(action="accounts.session.end_others")
    assert (event.actor, event.subject) == (user.pk, user.pk)


def test_it_says_how_many_recovery_codes_are_left(client_on: Any) -> None:
    user = somebody()
    here = client_on("portal")
    here.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "recovery codes are left" not in words(here.sign_in(user).get("/account/"))
    TOTP.activate(user, SEED)
    RecoveryCodes.activate(user)
    page = words(here.sign_in(user).get("/account/"))
    assert "10 recovery codes are left" in page
    assert "Change the second step" in page


# --- addresses ------------------------------------------------------------------------------------


def test_addresses_are_made_the_main_one_confirmed_and_removed_each_by_its_own_button(client_on: Any) -> None:
    user = somebody()
    second = EmailAddress.objects.create(user=user, email="second@example.am", verified=True)
    third = EmailAddress.objects.create(user=user, email="third@example.am", verified=False)
    here = client_on("portal").sign_in(user)
    page = here.get("/accounts/email/").content.decode()
    assert re.findall(r'name="(action_\w+)"', page) == [
        *("action_primary", "action_remove"),
        *("action_send", "action_remove"),
        "action_add",
    ]
    assert (
        here.post("/accounts/email/", {"email": third.email, "action_send": ""}).url
        == "/accounts/confirm-email/"
    )
    assert deliver()[-1].to == [third.email]
    here.post("/accounts/email/", {"email": second.email, "action_primary": ""})
    assert EmailAddress.objects.get(primary=True) == second
    here.post("/accounts/email/", {"email": third.email, "action_remove": ""})
    assert not EmailAddress.objects.filter(pk=third.pk).exists()
    wrong = here.post("/accounts/email/", {"email": "nonsense", "action_add": ""})
    assert 'class="errsum"' in wrong.content.decode()
    assert 'value="nonsense"' in wrong.content.decode()


# --- in our look, with our words ------------------------------------------------------------------

WITHOUT_WORDS = re.compile(r"/(base_\w+|layouts/entrance|snippets/login_script)\.html$")
"""Templates of the library that only say which of ours they extend, and a script."""


def names(patterns: Any) -> Iterator[str]:
    """The names of the library's addresses."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns)
        elif isinstance(each, URLPattern) and each.name:
            yield each.name


def addresses(key: int) -> Iterator[str]:
    for name in names(library.urlpatterns):
        for arguments in ([], [key], ["1", "x"]):
            try:
                yield reverse(name, args=arguments)
                break
            except NoReverseMatch:
                continue


def foreign(page: Any) -> set[str]:
    """The library's own templates that this page was rendered from."""
    origins = {template.origin.name for template in page.templates if template.origin}
    return {name for name in origins if "site-packages/allauth" in name and not WITHOUT_WORDS.search(name)}


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.OFFICER, Role.AUDITOR])
def test_no_page_of_sign_in_is_the_librarys_own(client_on: Any, role: Role, settings: Any) -> None:
    surface, user, new = SURFACE_OF[role], somebody(role), a_user(role, email="new@example.am")
    factor = TOTP.activate(user, SEED).instance
    RecoveryCodes.activate(user)
    settings.ROOT_URLCONF = f"wpis.urls.{surface}"
    seen = set()
    for visitor in (client_on(surface), client_on(surface).sign_in(user), client_on(surface).sign_in(new)):
        for address in addresses(factor.pk):
            page = visitor.get(address, follow=True)
            assert page.status_code in (200, 404, 405), address
            assert not foreign(page), address
            seen.add(address)
    assert len(seen) > 20
    nobody = a_user(role, email="nopass@example.am")
    nobody.set_unusable_password()
    nobody.save()
    page = client_on(surface).sign_in(nobody).get("/accounts/password/set/")
    assert not foreign(page)


def test_asking_for_too_much_is_answered_in_our_look(client_on: Any) -> None:
    visitor: SurfaceClient = client_on("portal")
    sent = {"email": "a@example.am", "name": "A", "password1": "long-enough-1", "password2": "long-enough-1"}
    answers = [visitor.post("/accounts/signup/", sent, headers={"Accept-Language": "en"}) for _ in range(2)]
    other = client_on("portal").post("/accounts/signup/", sent, headers={"Accept-Language": "en"})
    refused = next(each for each in (*answers, other) if each.status_code == 429)
    assert "Wait a few minutes" in words(refused)
    assert 'href="/accounts/confirm-email/"' in words(refused)
