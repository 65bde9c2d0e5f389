"""Signs an employer's program in by the token of one of its delegates."""

from permits.models import ApiToken
from permits.queries import may_file_for
from wpis import clock
from wpis.api.authentication import BearerAuthentication
from wpis.api.lifetime import works


class TokenAuthentication(BearerAuthentication):
    """`request.user` is the delegate, `request.auth` the token, whose employer is the scope."""

    def token(self, digest: str) -> ApiToken | None:
        """A token that works now: it dies with its maker's right, so a dismissed delegate's program stops at once."""
        token = ApiToken.objects.select_related("user").filter(works(clock.now()), digest=digest).first()
        return token if token and may_file_for(token.user, token.employer_id) else None
