"""Print the current one-time code of a demo account; only where WPIS_DEMO is set. The sign-in itself has no bypass."""

import time
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management.base import BaseCommand, CommandError, CommandParser

from wpis.development.invented_people import refuse_elsewhere

PERIOD = 30  # seconds, RFC 6238


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="e-mail address of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the code, and how many seconds it is still good for."""
        refuse_elsewhere()
        found = Authenticator.objects.filter(type="totp", user__email=options["user"].strip().lower()).first()
        if found is None:
            raise CommandError(f"No account {options['user']} with one-time codes.")
        secret = get_adapter().decrypt(found.data["secret"])
        code = format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
        self.stdout.write(f"{code}  (good for {PERIOD - int(time.time()) % PERIOD} more seconds)")
