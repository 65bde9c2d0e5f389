"""Ends the sessions of an account: all of them, or all but the one that asks."""

from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from wpis.accounts.models import User


def end_sessions(user: User) -> None:
    """End every session of this account with its next request."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """End the other sessions of the one who is signed in here; this one goes on under a new key."""
    end_sessions(user)
    if request.user == user:
        update_session_auth_hash(request, user)
