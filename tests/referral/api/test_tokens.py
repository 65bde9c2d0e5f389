"""A token lives no longer than its maker's right: account, role, agency, second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from referral.api.tokens import actions as tokens
from referral.models import ApiToken
from tests.factories.permits import a_user
from tests.factories.referral import a_partner, a_referral
from tests.referral.api.conftest import CaseSystem, with_factor
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"referral:{name}", args=args, urlconf="wpis.urls.protection")


@pytest.fixture
def partner():
    return a_partner()


@pytest.mark.parametrize(
    "header", [None, "Bearer wpt_unknown", "Bearer", "Basic YTpi", "Bearer \u00e9".encode().decode("latin-1")]
)
def test_without_a_known_token_every_address_answers_401(protection, header):
    headers = {"Authorization": header} if header else {}
    answer = protection.get("/api/v1/items", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert set(answer.json()) == {"code", "message", "fields"}


def test_a_session_of_the_pages_is_no_way_into_the_interface(protection, partner):
    assert protection.sign_in(partner).get("/api/v1/items").status_code == 401


def test_a_token_is_made_shown_once_used_and_revoked_on_the_pages(protection, client_on, partner):
    item, _other = a_referral()
    desk = protection.sign_in(with_factor(partner))
    assert "There is no token." in desk.get(url("tokens")).content.decode()
    made = desk.post(url("tokens"), {"label": "Intake"})
    assert made.status_code == 200
    (secret,) = re.findall(r"<code>(wpt_[\w-]+)</code>", made.content.decode())
    page = desk.get(url("tokens")).content.decode()
    assert "Intake" in page
    assert "No longer works" not in page
    assert secret not in page, "shown once"
    token = ApiToken.objects.get()
    assert secret not in str(vars(token)), "only the digest is kept"
    system = CaseSystem(client_on("protection"), secret)
    assert [row["id"] for row in system.get().json()["results"]] == [str(item.pk)]
    assert desk.post(url("revoke_token", token.pk)).status_code == 302
    assert system.get().status_code == 401
    assert "Intake" not in desk.get(url("tokens")).content.decode()
    told = (
        AuditEvent.objects.filter(action__startswith="referral.token.")
        .exclude(action__endswith=".read")
        .order_by("at")
    )
    assert [(event.action, event.actor) for event in told] == [
        ("referral.token.issue", partner.pk),
        ("referral.token.revoke", partner.pk),
    ]
    assert secret not in str([event.detail for event in told])


def test_a_token_needs_a_name(protection, partner):
    page = protection.sign_in(with_factor(partner)).post(url("tokens"), {"label": " "})
    assert page.status_code == 422
    assert "Enter a name for the token" in page.content.decode()
    assert not ApiToken.objects.exists()


def test_a_colleague_ends_a_token_and_another_agency_cannot_see_it(protection, client_on, system_of, partner):
    system = system_of(partner)
    token = ApiToken.objects.get()
    police = client_on("protection").sign_in(a_partner("police-anti-trafficking"))
    assert "Test" not in police.get(url("tokens")).content.decode()
    assert police.post(url("revoke_token", token.pk)).status_code == 404
    assert system.get().status_code == 200
    colleague = protection.sign_in(a_partner())
    assert colleague.post(url("revoke_token", token.pk)).status_code == 302
    assert system.get().status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"is_active": False},
        {"role": Role.CASEWORKER},
        {"role": Role.EMPLOYER, "surface": "portal"},
        {"agency": "police-anti-trafficking"},
        {"agency": ""},
    ],
    ids=str,
)
def test_a_token_dies_with_account_role_and_agency(system_of, partner, change):
    a_referral()
    system = system_of(partner)
    assert system.get().json()["count"] == 1
    User.objects.filter(pk=partner.pk).update(**change)
    assert system.get().status_code == 401


def test_a_token_dies_with_the_second_factor_and_a_new_factor_does_not_wake_it(
    protection, system_of, partner
):
    system = system_of(partner)
    Authenticator.objects.filter(user=partner).delete()
    assert system.get().status_code == 401
    TOTP.activate(partner, generate_totp_secret())
    assert system.get().status_code == 401, "whoever reset the factor makes a new token"
    assert "No longer works" in protection.sign_in(partner).get(url("tokens")).content.decode()


def test_recovery_codes_alone_are_no_second_factor(system_of, partner):
    system = system_of(partner)
    Authenticator.objects.filter(user=partner).update(type="recovery_codes")
    assert system.get().status_code == 401


def test_nobody_makes_a_token_without_a_factor_or_an_agency(protection, partner):
    with pytest.raises(Refused):
        tokens.issue("Test", by=partner, at=timezone.now())
    with pytest.raises(Refused):
        tokens.issue("Test", by=with_factor(a_user(Role.PARTNER)), at=timezone.now())
    page = protection.sign_in(partner).post(url("tokens"), {"label": "Intake"})
    assert page.status_code == 422
    assert "Set up a second factor first" in page.content.decode()


def test_the_database_keeps_a_revoked_token_revoked_and_every_token_as_issued(system_of, partner):
    system_of(partner)
    token = ApiToken.objects.get()
    tokens.revoke(token, by=partner, at=timezone.now())
    tokens.revoke(token, by=partner, at=timezone.now())
    for change in ({"revoked_at": None}, {"agency": "police-anti-trafficking"}):
        with pytest.raises(InternalError), transaction.atomic():
            ApiToken.objects.filter(pk=token.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).delete()


def test_too_many_requests_are_told_when_to_come_back(system_of, partner):
    system = system_of(partner)
    answers = [system.get() for _number in range(61)]
    assert [answer.status_code for answer in answers[:60]] == [200] * 60
    assert answers[60].status_code == 429
    assert int(answers[60]["Retry-After"]) > 0


def test_an_unknown_method_and_an_unknown_type_have_the_one_shape(system_of):
    item, partner = a_referral()
    system = system_of(partner)
    answer = system.send("DELETE", f"/{item.pk}")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    answer = system.client.post(
        f"/api/v1/items/{item.pk}/decline",
        {"reason": "b"},
        headers={"Authorization": f"Bearer {system.secret}", "Idempotency-Key": "a"},
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
