"""Signs an agency's case system in by the token of one of its members."""

from referral.api.tokens.queries import working
from referral.models import ApiToken
from wpis import clock
from wpis.api.authentication import BearerAuthentication


class MemberAuthentication(BearerAuthentication):
    """`request.user` is the member who made the token, who answers for what is done with it."""

    def token(self, digest: str) -> ApiToken | None:
        """A token that works now; it ends with its maker's account, role, agency or second factor."""
        return working(clock.now()).filter(digest=digest).first()
