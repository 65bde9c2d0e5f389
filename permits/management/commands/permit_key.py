"""Replace the key that signs permits: make one, order that permits in force are signed again, sign them."""

import base64
import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from permits.actions import signing
from permits.models import PermitSigning
from permits.signing import letters as signing_letters
from wpis import clock
from wpis.crypto.holders import misplaced_keys
from wpis.crypto.keys import permit_public_keys
from wpis.errors import Refused
from wpis.surfaces import breaches


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        new = steps.add_parser("new", help="make a key pair; needs no database")
        new.add_argument("kid", help="the name of the new key, as p2")
        new.add_argument("--seed-file", type=Path, required=True, help="new file for WPIS_PERMIT_KEY_FILE")
        order = steps.add_parser(
            "order", help="as the owner: order that permits of a stolen key are signed again"
        )
        order.add_argument("kid", help="the stolen key, marked as stolen in WPIS_PERMIT_PUBLIC_KEYS")
        steps.add_parser("sign", help="in the environment of the office's web process: sign what is ordered")
        steps.add_parser("status", help="permits in force by key, and what is ordered and not signed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one step of the drill in docs/operations.md; each can be given again."""
        try:
            if options["step"] == "new":
                self._new(options["kid"], options["seed_file"])
            elif options["step"] == "order":
                self._order(options["kid"])
            elif options["step"] == "sign":
                self._sign()
            else:
                self._status()
        except (Refused, ImproperlyConfigured) as refused:
            raise CommandError(str(refused)) from None

    def _new(self, kid: str, file: Path) -> None:
        """The seed goes to a file that only its maker reads, the public half to the screen."""
        if (
            not (kid.isascii() and kid.isprintable() and 1 <= len(kid) <= 64)
            or kid in settings.WPIS_PERMIT_PUBLIC_KEYS
        ):
            raise CommandError("The name is 1 to 64 ASCII characters, and of no key that is on the list.")
        private = Ed25519PrivateKey.generate()
        seed, public = private.private_bytes_raw(), private.public_key().public_bytes_raw()
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{file} cannot be made ({type(error).__name__}); name a new file.") from None
        with os.fdopen(descriptor, "w", encoding="ascii") as made:
            json.dump({"kid": kid, "seed": base64.b64encode(seed).decode()}, made)
        self.stdout.write(
            f"The seed is in {file}: for the office's web process alone. Its public half, for the list:"
        )
        self.stdout.write(json.dumps({kid: base64.b64encode(public).decode()}))

    def _order(self, kid: str) -> None:
        if settings.WPIS_SURFACE != "owner":
            raise CommandError("Only the owner of the database orders this (WPIS_SURFACE=owner).")
        report = signing.order(kid, at=clock.now())
        self._tell(report, "ordered")

    def _sign(self) -> None:
        if settings.WPIS_SURFACE != "office":
            raise CommandError("Permits are signed in the environment of the office's web process alone.")
        if reasons := breaches() + misplaced_keys(web=True):
            raise CommandError("\n- ".join(("The wall is open:", *reasons)))
        at = clock.now()
        report = signing.sign_waiting(at=at)
        letters = signing_letters.queue(clock.today(), at=at)
        self.stdout.write(f"letters to employers: {letters}")
        self._tell(report, "signed again")

    def _tell(self, report: signing.Report, done: str) -> None:
        """Ends with 1 when a permit stays as it was, so that nobody takes the step for finished."""
        self.stdout.write(f"{done}: {report.done}")
        if report.refused:
            self.stdout.write(f"not {done}, and waiting for a person: {report.refused}")
            for reason in report.reasons:
                self.stdout.write(f"  {reason}")
            sys.exit(1)

    def _status(self) -> None:
        today = clock.today()
        for kid, key in permit_public_keys().items():
            stolen = f", stolen since {key.stolen_since.isoformat()}" if key.stolen_since else ""
            self.stdout.write(f"{kid}: {signing.under(kid, today).count()} permits in force{stolen}")
        self.stdout.write(f"ordered and not signed: {signing.open_orders(today).count()}")
        self.stdout.write(f"signed again so far: {PermitSigning.objects.exclude(signed_at=None).count()}")
