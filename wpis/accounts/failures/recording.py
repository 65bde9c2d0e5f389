"""Records failed sign-ins: by a keyed digest of what was typed, alike for an account that exists and one that does not.

An event names nobody and no address. The auditor enters an e-mail address and finds the events about it
(`wpis.audit_log.queries`). How many strangers can leave is bounded (`wpis.audit.bounded`).
"""

import enum
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from wpis import clock
from wpis.accounts.models import User
from wpis.audit import trail
from wpis.audit.bounded import Room, room_for
from wpis.audit.searches import keyed
from wpis.rate_limits.callers import network_of


class Step(enum.StrEnum):
    """At which step it failed."""

    PASSWORD = "password"  # noqa: S105  a name
    TOO_MANY = "too_many"
    CLOSED = "closed"
    CODE = "code"
    KEY = "key"


def sign_in_failed(request: HttpRequest, account: str, step: Step) -> None:
    """Record that this e-mail address did not get in, or that a key did not; at most once in a quarter of an hour."""
    account, network = account.strip().lower(), network_of(request)
    match room_for("failed sign-ins", f"{step} {account}", network, at=clock.real_now()):
        case Room.ONE:
            trail.record(
                "accounts.session.fail",
                by=None,
                account=keyed(account),
                network=keyed(network),
                step=step.value,
            )
        case Room.MORE:
            trail.record("accounts.session.fail_more", by=None, network=keyed(network))


def token_failed(request: HttpRequest) -> None:
    """Record that a program sent a token that does not work."""
    network = network_of(request)
    match room_for("failed tokens", "", network, at=clock.real_now()):
        case Room.ONE:
            trail.record("accounts.token.fail", by=None, network=keyed(network))
        case Room.MORE:
            trail.record("accounts.token.fail_more", by=None, network=keyed(network))


def code_failed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """A code of the second step was not right (a signal of allauth)."""
    sign_in_failed(request, user.email, Step.CODE)
