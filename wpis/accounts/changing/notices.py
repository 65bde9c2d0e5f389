"""Letters about an account to its owner, at every address that was confirmed: a thief may hold one of them."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress

from wpis.accounts.models import User


def tell(user: User, letter: str, *, but: str = "", **context: Any) -> None:
    """Send a letter (`<letter>_subject.txt`, `<letter>_message.txt`) to each confirmed address, leaving out `but`."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).exclude(email=but)
    for address in confirmed.order_by("pk").values_list("email", flat=True):
        get_adapter().send_notification_mail(letter, user, context, email=address)
