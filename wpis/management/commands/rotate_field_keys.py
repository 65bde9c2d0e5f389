"""manage.py rotate_field_keys: seal every stored value under the current field key, with the site up."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand

from wpis.audit import trail
from wpis.crypto.keys import field_keys
from wpis.crypto.rotation import rotate, sealed_models, stale
from wpis.second_factor import sealed_factors
from wpis.second_factor.sealed_factors import reseal_factors, stale_factors

Stale = Callable[[], Iterable[Any]]
Reseal = Callable[[], Iterator[tuple[Any, Exception | None]]]


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
        left = sum(
            self._table(
                model._meta.label, partial(stale, model), partial(rotate, model), check=options["check"]
            )
            for model in sealed_models()
        )
        left += self._table(sealed_factors.LABEL, stale_factors, reseal_factors, check=options["check"])
        if left:
            sys.exit(1)

    def _table(self, label: str, stale: Stale, reseal: Reseal, *, check: bool) -> int:
        """How many rows are left under an older key; with `check` 1 where there are any."""
        if check:
            found = any(True for _ in stale())
            self.stdout.write(f"{label}: {'older keys in use' if found else 'current'}")
            return int(found)
        moved = left = 0
        for pk, error in reseal():
            moved += error is None
            if error is not None:
                left += 1
                self.stderr.write(f"{label} {pk}: {error}")
        self.stdout.write(f"{label}: {moved} rows")
        trail.record("crypto.keys.rotate", by=None, model=label, rows=moved, kid=field_keys().current)
        return left
