"""A step that raises or hands on power needs a fresh authentication; it leaves an audit row, and its owner a letter."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.utils import timezone

from permits.models import ApiToken
from referral.models import ApiToken as AgencyToken
from tests.accounts.test_second_factor import SEED, code
from tests.conftest import SurfaceClient
from tests.factories.letters import deliver, deliver_everywhere
from tests.factories.permits import PASSWORD, a_user, an_employer
from tests.factories.referral import a_partner
from tests.referral.api.conftest import with_factor
from wpis.accounts.models import User
from wpis.audit.models import AuditEvent

THIEF = "thief@example.am"
SECOND = "second@example.am"


@dataclass
class Owner:
    """Somebody with a main and a second address."""

    user: User = field(default_factory=a_user)
    surface: str = "portal"

    def __post_init__(self) -> None:
        EmailAddress.objects.create(user=self.user, email=self.user.email, verified=True, primary=True)
        EmailAddress.objects.create(user=self.user, email=SECOND, verified=True, primary=False)
        self.company = an_employer(self.user) if self.surface == "portal" else None
        deliver()
        mail.outbox.clear()  # what was written about the company is not what is looked at

    def browser(self, *, fresh: bool) -> SurfaceClient:
        """An open session."""
        return SurfaceClient(self.surface, HTTP_ACCEPT_LANGUAGE="en").sign_in(self.user, fresh=fresh)


@dataclass(frozen=True)
class Step:
    """What is sent where, how one sees that it was done, what the trail calls it, and who is written to."""

    path: str
    form: dict[str, str]
    done: Callable[[Owner], bool]
    action: str
    written_to: tuple[str, ...] = ("main", SECOND)
    surface: str = "portal"
    factor: bool = False

    def owner(self) -> Owner:
        """Somebody who can take the step."""
        if self.surface == "protection":
            return Owner(with_factor(a_partner()), "protection")
        owner = Owner()
        if self.factor:
            TOTP.activate(owner.user, SEED)
            RecoveryCodes.activate(owner.user)
        return owner


def has(email: str) -> Callable[[Owner], bool]:
    return lambda owner: EmailAddress.objects.filter(user=owner.user, email=email).exists()


def lacks(email: str) -> Callable[[Owner], bool]:
    return lambda owner: not EmailAddress.objects.filter(user=owner.user, email=email).exists()


def is_main(email: str) -> Callable[[Owner], bool]:
    return lambda owner: EmailAddress.objects.filter(user=owner.user, email=email, primary=True).exists()


def no_app(owner: Owner) -> bool:
    return not Authenticator.objects.filter(user=owner.user, type="totp").exists()


def has_token(_: Owner) -> bool:
    return ApiToken.objects.exists()


def is_invited(owner: Owner) -> bool:
    assert owner.company
    return owner.company.invitations.filter(email=THIEF).exists()


STEPS = {
    "make the second address the main one": Step(
        "/accounts/email/", {"action_primary": "", "email": SECOND}, is_main(SECOND), "accounts.email.make_primary",
        ("main",),
    ),
    "remove an address": Step(
        "/accounts/email/", {"action_remove": "", "email": SECOND}, lacks(SECOND), "accounts.email.remove",
    ),
    "turn the app off": Step(
        "/accounts/2fa/totp/deactivate/", {}, no_app, "accounts.factor.remove", ("main",), factor=True,
    ),
    "make a token of a company": Step(
        "/companies/{company}/tokens/", {"label": "Payroll"}, has_token, "permits.token.issue",
    ),
    "make a token with a factor": Step(
        "/companies/{company}/tokens/", {"label": "Payroll"}, has_token, "permits.token.issue",
        factor=True,
    ),
    "name a delegate": Step(
        "/companies/{company}/delegates/", {"email": THIEF}, is_invited, "permits.delegate.invite",
    ),
    "make a token of an agency": Step(
        "/tokens/", {"label": "Intake"}, lambda _: AgencyToken.objects.exists(), "referral.token.issue",
        surface="protection",
    ),
}  # fmt: skip


@pytest.fixture(params=STEPS, ids=list(STEPS))
def step(request: Any, db: None) -> Step:
    """One step that raises power."""
    a_user(email=THIEF)
    return STEPS[request.param]


def take(browser: SurfaceClient, step: Step, owner: Owner) -> Any:
    path = step.path.format(company=owner.company.pk if owner.company else "")
    return browser.post(path, step.form)


def test_an_open_session_alone_cannot_take_the_step(step):
    owner = step.owner()
    answer = take(owner.browser(fresh=False), step, owner)
    assert answer.status_code == 302
    assert "reauthenticate/" in answer["Location"]
    assert not step.done(owner)
    assert not AuditEvent.objects.filter(action=step.action).exists()
    assert deliver() == []


def test_whoever_proves_who_they_are_takes_it_without_typing_again(step):
    owner = step.owner()
    browser = owner.browser(fresh=False)
    asked = take(browser, step, owner)["Location"]
    page = browser.get(asked)
    assert "Confirm that it is you" in page.content.decode()
    if owner.surface == "protection":
        return  # its seed is nobody's; the portal shows the way with a code
    proof = {"code": code()} if step.factor else {"password": PASSWORD}
    answer = browser.post(asked, proof)
    assert answer.status_code in (200, 302), answer.content.decode()
    assert step.done(owner)


def test_it_leaves_a_row_and_letters_to_the_addresses_of_before(step):
    owner = step.owner()
    main = owner.user.email
    take(owner.browser(fresh=True), step, owner)
    assert step.done(owner)
    rows = AuditEvent.objects.filter(action=step.action)
    assert {row.actor for row in rows} == {owner.user.pk}
    assert main not in str(rows.values_list()), "no address stands in the trail"
    letters = [letter for letter in deliver_everywhere() if letter.to != [THIEF]]
    told = {letter.to[0] for letter in letters}
    assert told == {main if name == "main" else name for name in step.written_to}
    for letter in letters:
        assert letter.subject == "Your account was changed"
        assert "If it was not you, contact us at once." in letter.body


@pytest.mark.django_db
def test_the_password_is_not_asked_of_somebody_with_a_second_factor_nor_taken_from_them():
    owner = Owner()
    TOTP.activate(owner.user, SEED)
    browser = owner.browser(fresh=False)
    path = f"/companies/{owner.company.pk}/tokens/"  # type: ignore[union-attr]
    asked = browser.post(path, {"label": "Payroll"})["Location"]
    assert asked.startswith("/accounts/2fa/reauthenticate/")
    assert "Use your password" not in browser.get(asked).content.decode()
    by_password = browser.post(f"/accounts/reauthenticate/?next={path}", {"password": PASSWORD})
    assert by_password["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert not ApiToken.objects.exists()


@pytest.mark.django_db
def test_a_proof_is_good_for_five_minutes():
    owner = Owner()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = owner.browser(fresh=True)
        clock.shift(301)
        answer = browser.post(f"/companies/{owner.company.pk}/tokens/", {"label": "Payroll"})  # type: ignore[union-attr]
    assert "reauthenticate/" in answer["Location"]


@pytest.mark.django_db
def test_an_address_is_added_after_a_proof_and_the_old_ones_hear_of_it():
    owner = Owner()
    form = {"action_add": "", "email": THIEF}
    stolen = owner.browser(fresh=False)
    assert "reauthenticate/" in stolen.post("/accounts/email/", form)["Location"]
    assert not deliver(), "not even a code is sent"
    browser = owner.browser(fresh=True)
    browser.post("/accounts/email/", form)
    letter = next(each for each in deliver() if each.to == [THIEF])
    (sent,) = re.findall(r"^([A-Z0-9-]{6,9})$", str(letter.body), re.MULTILINE)
    mail.outbox.clear()
    browser.post("/accounts/confirm-email/", {"code": sent})
    assert has(THIEF)(owner)
    assert {letter.to[0] for letter in deliver()} == {owner.user.email, SECOND}
    told = AuditEvent.objects.filter(action__startswith="accounts.email.").values_list("action", flat=True)
    assert set(told) == {"accounts.email.add", "accounts.email.confirm"}


@pytest.mark.django_db
def test_another_main_address_ends_the_other_sessions_and_not_this_one():
    owner = Owner()
    here, elsewhere = owner.browser(fresh=True), owner.browser(fresh=True)
    here.post("/accounts/email/", {"action_primary": "", "email": SECOND})
    assert here.get("/session/").json()["seconds"] > 0
    assert elsewhere.get("/session/").json()["seconds"] == 0


def test_a_second_factor_that_is_set_up_ends_the_other_sessions(committed):
    owner = Owner()
    here, elsewhere = owner.browser(fresh=True), owner.browser(fresh=True)
    page = here.get("/accounts/2fa/totp/activate/").content.decode()
    (seed,) = re.findall(r'id="authenticator_secret">(\w+)<', page)
    here.post("/accounts/2fa/totp/activate/", {"code": code(seed)})
    assert here.get("/session/").json()["seconds"] > 0
    assert elsewhere.get("/session/").json()["seconds"] == 0
    assert [letter.to for letter in deliver()] == [[owner.user.email]]
    added = AuditEvent.objects.filter(action="accounts.factor.add")
    assert {row.detail["factor"] for row in added} == {"totp", "recovery_codes"}


def test_the_code_that_set_an_app_up_opens_no_session_beside(committed):
    owner = Owner()
    here = owner.browser(fresh=True)
    page = here.get("/accounts/2fa/totp/activate/").content.decode()
    (seed,) = re.findall(r'id="authenticator_secret">(\w+)<', page)
    shown = code(seed)
    here.post("/accounts/2fa/totp/activate/", {"code": shown})
    elsewhere = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en")
    elsewhere.post("/accounts/login/", {"login": owner.user.email, "password": PASSWORD})
    assert elsewhere.post("/accounts/2fa/authenticate/", {"code": shown}).status_code == 200
    assert elsewhere.get("/session/").json()["seconds"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/download/"])
def test_recovery_codes_are_shown_after_a_proof_and_the_trail_says_so(path):
    owner = Owner()
    TOTP.activate(owner.user, SEED)
    first = RecoveryCodes.activate(owner.user).generate_codes()[0]
    stolen = owner.browser(fresh=False).get(path)
    assert "reauthenticate/" in stolen["Location"]
    assert not AuditEvent.objects.filter(action="accounts.recovery_codes.read").exists()
    assert first in owner.browser(fresh=True).get(path).content.decode()
    (row,) = AuditEvent.objects.filter(action="accounts.recovery_codes.read")
    assert row.actor == owner.user.pk


def test_new_recovery_codes_are_made_after_a_proof(committed):
    owner = Owner()
    TOTP.activate(owner.user, SEED)
    RecoveryCodes.activate(owner.user)
    path = "/accounts/2fa/recovery-codes/generate/"
    assert "reauthenticate/" in owner.browser(fresh=False).post(path)["Location"]
    owner.browser(fresh=True).post(path)
    (row,) = AuditEvent.objects.filter(action="accounts.recovery_codes.make")
    assert row.actor == owner.user.pk
    assert [letter.to for letter in deliver()] == [[owner.user.email]]


@pytest.mark.django_db
def test_a_password_is_changed_with_the_second_factor_where_there_is_one_and_its_owner_hears_of_it():
    owner = Owner()
    new = "Mashtots-Arax-9"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    TOTP.activate(owner.user, SEED)
    assert (
        "reauthenticate/" in owner.browser(fresh=False).post("/accounts/password/change/", form)["Location"]
    )
    assert owner.browser(fresh=True).post("/accounts/password/change/", form).status_code == 302
    owner.user.refresh_from_db()
    assert owner.user.check_password(new)
    assert [letter.to for letter in deliver()] == [[owner.user.email]]
    assert AuditEvent.objects.filter(action="accounts.password.change", actor=owner.user.pk).count() == 1


@pytest.mark.django_db
def test_a_form_shown_again_after_the_proof_names_its_own_address():
    """It stands at the address of the proof then: without an action it would be sent there."""
    owner = Owner(with_factor(a_partner()), "protection")
    page = owner.browser(fresh=True).post("/tokens/", {"label": ""}).content.decode()
    assert "Enter a name for the token" in page
    assert '<form method="post" action="/tokens/"' in page
