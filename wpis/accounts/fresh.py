"""Asks somebody who is signed in to prove it again, before a step that hands on or raises power.

An open session may be in the hands of somebody else. Who has a second factor shows it, the others give their password
(`AccountAdapter.get_reauthentication_methods`); it counts for five minutes. What was posted is kept in the session
meanwhile and done afterwards, so nothing has to be typed again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def fresh_authentication(view: View) -> View:
    """Guard what a view does with a POST; put it below `@requires`, which asks first who may do it at all."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and is_reauthentication_required(request, app="allauth.account"):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return guarded
