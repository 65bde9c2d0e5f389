"""The key of a link for a new password: worth what allauth's is, with the same statements for every address."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator


class ResetKeyGenerator(PasswordResetTokenGenerator):
    """A key ends with another password, another sign-in or another address."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        addresses = {
            user.email,
            *EmailAddress.objects.filter(user_id=user.pk).values_list("email", flat=True),
        }
        return super()._make_hash_value(user, timestamp) + "|".join(sorted(addresses))
