"""An account is made once the code of its letter was entered; until then the session holds what was entered.

So nobody occupies an address whose mail they do not read, and signing up does the same work for every address: one
hash, one session, one letter.
"""

from typing import TypedDict

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from wpis.accounts.models import User
from wpis.audit import trail

KEY = "signing_up"


class _Waiting(TypedDict):
    email: str
    name: str
    password: str  # its hash


def begin(request: HttpRequest, *, email: str, name: str, password: str) -> None:
    """Keep what was entered, the password as its hash."""
    request.session[KEY] = _Waiting(email=email, name=name, password=make_password(password))


def complete(request: HttpRequest, email: str) -> User | None:
    """Make the account of this address; None when this session does not sign up with it, or when it has one now."""
    waiting: _Waiting | None = request.session.pop(KEY, None)
    if waiting is None or waiting["email"] != email:
        return None
    user = User(email=email, name=waiting["name"], password=waiting["password"])
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    except IntegrityError:
        return None  # of another surface, which this one cannot see
    trail.record("accounts.email.confirm", by=user, subject=user)
    return user


def is_taken(email: str) -> bool:
    """Whether this surface has an account with the address; both questions are always asked."""
    found = [
        User.objects.filter(email=email).exists(),
        EmailAddress.objects.filter(email=email, verified=True).exists(),
    ]
    return any(found)
