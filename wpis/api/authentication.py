"""Authenticates a program by its token: `Authorization: Bearer wpt_...`."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from wpis.accounts.failures.recording import token_failed
from wpis.api.secrets import digest


class BearerAuthentication(BaseAuthentication):
    """Sets `request.user` to the token's maker and `request.auth` to the token; each interface says whose."""

    scheme = "Bearer"

    def token(self, digest: str) -> Any | None:
        """The token with this digest, with its `user`; None when it is unknown, revoked, or its maker's right ended."""
        raise NotImplementedError

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The person and the token; None without one.

        Raises:
            AuthenticationFailed: the same for every cause.
        """
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != self.scheme.lower().encode():
            return None
        token = self.token(digest(secret.strip().decode("latin-1")))
        if token is None:
            token_failed(request._request)
            raise AuthenticationFailed(_("The token is unknown or no longer valid."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return self.scheme
