"""manage.py verify_permit CODE: verify the signed code of a permit, with no network and no database."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from wpis import clock
from wpis.crypto.permit_codes import InvalidPermitCode, PermitClaims, verify


class Command(BaseCommand):
    """Exit 0: genuine and valid now. Exit 1: not valid, with the reason. Exit 2: nothing to check."""

    help = "Check a signed permit code offline. The code comes from the argument, --file, or standard input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="the code, as the QR picture says it: WP1:...")
        parser.add_argument("--file", type=Path, help="read the code from a file")
        parser.add_argument("--keys", type=Path, help="the published key list (JSON); default: our own keys")
        parser.add_argument("--at", type=datetime.fromisoformat, help="check for another moment (ISO 8601)")

    def handle(self, *args: Any, **options: Any) -> None:
        code = self._code(options["code"], options["file"])
        keys = _loaded(options["keys"]) if options["keys"] else None
        now = options["at"] or clock.now()
        if timezone.is_naive(now):
            now = timezone.make_aware(now)
        try:
            claims = verify(code, keys, now=now)
        except InvalidPermitCode as invalid:
            self.stdout.write(_("NOT VALID. %(reason)s") % {"reason": invalid})
            if invalid.claims:
                self._show(invalid.claims)
            if invalid.unproven:
                self._ask_the_register(invalid)
            sys.exit(1)
        self.stdout.write(_("VALID. The permit is genuine and in force."))
        self._show(claims)
        self.stdout.write(
            _("Whether it was revoked since is in the register only: check online when you can.")
        )

    def _ask_the_register(self, invalid: InvalidPermitCode) -> None:
        """What to do with a code that whoever stole the key could have made: its holder may hold a genuine permit."""
        assert invalid.unproven
        if invalid.stolen_since:
            since = timezone.localtime(invalid.stolen_since).isoformat(timespec="minutes")
            self.stdout.write(_("Stolen since: %(moment)s") % {"moment": since})
        self.stdout.write(
            _(
                "Enter the number %(number)s in the public check: the register knows whether the permit is genuine."
            )
            % {"number": invalid.unproven.number}
        )
        self.stdout.write(_("The holder is not to blame: the employer can print the permit again."))

    def _code(self, code: str | None, file: Path | None) -> str:
        try:
            text = code or (file.read_text(encoding="ascii") if file else sys.stdin.read())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                _("The file cannot be read: %(error)s") % {"error": error}, returncode=2
            ) from None
        if not (found := "".join(text.split())):  # a long code is often wrapped on its way here
            raise CommandError(_("Give a code to check."), returncode=2)
        return found

    def _show(self, claims: PermitClaims) -> None:
        for label, value in (
            (_("Permit"), claims.number),
            (_("Worker"), claims.name),
            (_("Employer"), claims.employer),
            (_("Occupation"), claims.occupation),
            (_("Marz"), claims.marz),
            (_("Valid"), f"{claims.valid_from.isoformat()} - {claims.valid_until.isoformat()}"),
            (_("Issued by"), claims.issuer),
        ):
            self.stdout.write(f"  {label}: {value}")


def _loaded(path: Path) -> list[dict[str, Any]]:
    """The published list, bare or as a JWK set, with the keys that were revoked."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        keys = [*found["keys"], *found.get("revoked_keys", [])] if isinstance(found, dict) else found
        return [
            {name: str(key[name]) for name in ("kid", "x")}
            | ({"revoked": key["revoked"]} if "revoked" in key else {})
            for key in keys
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(
            _("The key list cannot be read: %(error)s") % {"error": error}, returncode=2
        ) from None
