"""manage.py rotate_field_keys: seal every stored value under the current field key, with the site up."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wpis.audit import trail
from wpis.crypto.keys import field_keys
from wpis.crypto.rotation import rotate, sealed_models, stale


class Command(BaseCommand):
    """Exit 0: nothing is left under an older key. Exit 1: some rows could not be opened; they are named."""

    help = (
        "Put the new key first in WPIS_FIELD_KEYS everywhere, restart, run this as the database owner, "
        "and remove the old key once this exits 0 (old backups still need it)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 if something is stale"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        left = 0
        for model in sealed_models():
            label = model._meta.label
            if options["check"]:
                found = bool(stale(model))
                left += found
                self.stdout.write(f"{label}: {'older keys in use' if found else 'current'}")
                continue
            moved = 0
            for pk, error in rotate(model):
                moved += error is None
                if error is not None:
                    left += 1
                    self.stderr.write(f"{label} {pk}: {error}")
            self.stdout.write(f"{label}: {moved} rows")
            trail.record("crypto.keys.rotate", by=None, model=label, rows=moved, kid=field_keys().current)
        if left:
            sys.exit(1)
