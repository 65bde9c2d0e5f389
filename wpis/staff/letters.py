"""Letters to the owner of an account of staff. None holds an enrolment code: that takes another way."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from wpis import clock
from wpis.accounts.models import User
from wpis.accounts.roles import Surface
from wpis.accounts.signing_up import letters as outgoing
from wpis.staff.addresses import is_placeholder


def invitation(account: User) -> None:
    """How to set a password; the link works once, and ends like every link for a new password."""
    until = clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    _send("invited", account, [account.email], link=password_link(account), until=until)


def address_taken(account: User, email: str) -> None:
    """To the holder of an address with which an account was to be made: nobody else learns that there is one."""
    _send("address_taken", account, [email])


def changed(account: User) -> None:
    """The role, agency or last day is another one."""
    _tell("changed", account)


def reopened(account: User) -> None:
    """The account works again."""
    _tell("reopened", account)


def factor_reset(account: User) -> None:
    """The second step of sign-in was removed by two other persons: if it was not wanted, this is the alarm."""
    _tell("factor_reset", account)


def closed(account: User) -> None:
    """The account works no more."""
    _tell("closed", account)


def password_link(account: User) -> str:
    """The address under which the owner of this account sets a password."""
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return home(account) + path.replace("UID-KEY", key)


def home(account: User) -> str:
    """Where this account signs in."""
    return {
        Surface.PORTAL: settings.WPIS_PORTAL_URL,
        Surface.OFFICE: settings.WPIS_OFFICE_URL,
        Surface.PROTECTION: settings.WPIS_PROTECTION_URL,
    }[Surface(account.surface)]


def _tell(letter: str, account: User) -> None:
    """To every address that was confirmed: somebody else may read one of them."""
    confirmed = EmailAddress.objects.filter(user=account, verified=True).order_by("pk")
    addresses = list(confirmed.values_list("email", flat=True))
    # One to nobody is not sent, but written: counting jobs does not tell either whose address is taken.
    _send(letter, account, [account.email] if is_placeholder(account) else addresses)


def _send(letter: str, account: User, addresses: list[str], **more: Any) -> None:
    """Queue one letter to each address, in the transaction of the change: a mail server that is down undoes nothing."""
    site = {"domain": urlsplit(home(account)).netloc}
    context = {"account": account, "home": home(account), "current_site": site, **more}
    subject = render_to_string(f"staff/letters/{letter}_subject.txt", context).strip()
    body = render_to_string(f"staff/letters/{letter}_message.txt", context)
    for address in addresses:
        outgoing.queue(EmailMessage(subject=subject, body=body, to=[address]), at=clock.now())
