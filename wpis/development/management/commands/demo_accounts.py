"""Make the demo's accounts with their well-known password, or list them; only where WPIS_DEMO is set."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from wpis.accounts.roles import Surface
from wpis.development.invented_people import refuse_elsewhere
from wpis.development.simulation.playing import days
from wpis.development.simulation.playing.accounts import PASSWORD, SECOND_FACTOR, make


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="only print who can sign in, and where")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table of sign-ins; without --list make what is missing first."""
        refuse_elsewhere()
        accounts = days.accounts()
        if not options["list"]:
            make(accounts, can_sign_in=True)
        urls = {
            Surface.PORTAL: settings.WPIS_PORTAL_URL,
            Surface.OFFICE: settings.WPIS_OFFICE_URL,
            Surface.PROTECTION: settings.WPIS_PROTECTION_URL,
        }
        rows = [("Role", "E-mail", "Password", "Code", "Where")]
        for account in accounts:
            with override("en"):  # like everything else that the terminal says
                role = str(account.role.label)
            label = f"{role}{f' ({account.agency})' if account.agency else ''}"
            code = "yes" if account.surface in SECOND_FACTOR else "no"
            rows.append((label, account.email, PASSWORD, code, urls[Surface(account.surface)]))
        widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  " + "  ".join(cells).rstrip())
