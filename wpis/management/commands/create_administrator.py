"""Make the first administrator of a surface, as the owner of the database; the others are invited on their page."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from wpis import clock
from wpis.accounts.models import StaffRequest, User
from wpis.accounts.roles import ADMINISTRATOR_OF
from wpis.accounts.staff import Kind
from wpis.audit import trail
from wpis.languages.signs import clean_address
from wpis.staff import carrying_out, letters
from wpis.ui.fields.address import validate_address

_LOCK = "LOCK TABLE accounts_enrolmentcode IN SHARE ROW EXCLUSIVE MODE"  # two at once must not both be first


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="address of the person; the link to set a password goes there")
        parser.add_argument(
            "--surface", choices=[str(surface) for surface in ADMINISTRATOR_OF], required=True
        )
        parser.add_argument("--name", default="", help="full name")
        parser.add_argument(
            "--another", action="store_true", help="although there is an administrator; needs --reason"
        )
        parser.add_argument("--reason", default="", help="why there has to be another one")
        parser.add_argument(
            "--print-link", action="store_true", help="print the link too: when no mail goes out yet"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Print the enrolment code, this once."""
        if settings.WPIS_SURFACE != "owner":
            raise CommandError("Only the owner of the database makes administrators (WPIS_SURFACE=owner).")
        email = User.objects.normalize_email(clean_address(options["email"])).lower()
        try:
            validate_address(email)
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address.") from None
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)
        role, at = ADMINISTRATOR_OF[options["surface"]], clock.now()
        others = [user for user in User.objects.filter(role=role) if user.is_open(clock.today())]
        if others and not options["another"]:
            raise CommandError(
                f"There is an administrator already ({len(others)}). They invite colleagues on their page; "
                "--another with --reason makes one more when nobody can sign in."
            )
        if options["another"] and not options["reason"].strip():
            raise CommandError("--another needs --reason.")
        asked = StaffRequest(
            kind=Kind.INVITE, email=email, name=options["name"].strip(), role=role, ends_on=None
        )
        if (
            EmailAddress.objects.filter(email=email, verified=True).exists()
            or User.objects.filter(email=email).exists()
        ):
            raise CommandError("There is an account with this address. Give another one.")
        code = carrying_out.make_account(asked, by=None, at=at)
        account = asked.account
        assert account is not None
        reason = options["reason"].strip()
        trail.record(
            "accounts.staff.first", by=None, subject=account, role=role, others=len(others), note=reason
        )
        self.stdout.write(
            f"{email} is an administrator of {account.surface}. A letter with a link to set the password goes out."
        )
        if options["print_link"]:
            self.stdout.write(f"The link: {letters.password_link(account)}")
        self.stdout.write(
            f"Enrolment code, shown this once, good for {settings.WPIS_ENROLMENT_HOURS} hours: {code}"
        )
