"""Signs a program in by its token: `Authorization: Bearer wpt_...`."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from permits.actions.tokens import digest
from permits.models import ApiToken
from permits.queries import may_file_for


class TokenAuthentication(BaseAuthentication):
    """Sets `request.user` to the delegate and `request.auth` to the token, whose employer is the scope.

    A token dies with the right of its maker: a dismissed delegate's program stops at once.
    """

    scheme = "Bearer"

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        """The delegate and the token; None without one.

        Raises:
            AuthenticationFailed: the same for every cause.
        """
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != self.scheme.lower().encode():
            return None
        token = (
            ApiToken.objects.select_related("user")
            .filter(digest=digest(secret.strip().decode("latin-1")), revoked_at=None)
            .first()
        )
        if token is None or not may_file_for(token.user, token.employer_id):
            raise AuthenticationFailed(_("The token is unknown or no longer valid."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return self.scheme
