"""The request of somebody who has signed in: what a view behind `@requires` receives."""

from django.http import HttpRequest

from wpis.accounts.models import User


class SignedInRequest(HttpRequest):
    """For type checkers: `request.user` is an account, since `@requires` let nobody else through."""

    user: User
