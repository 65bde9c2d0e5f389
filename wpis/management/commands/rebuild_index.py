"""manage.py rebuild_index: write every keyed index again under a new WPIS_INDEX_KEY, with the site up."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wpis.audit import trail
from wpis.crypto.index_rebuild import Progress, keyed_indexes


class Command(BaseCommand):
    """Exit 0: nothing is left to do in this step. Exit 1: what is named could not be done, and keeps its rows."""

    help = (
        "Set the new WPIS_INDEX_KEY and the old one as WPIS_INDEX_KEY_FORMER everywhere, restart, run this as the "
        "database owner; once it exits 0 take WPIS_INDEX_KEY_FORMER away everywhere, restart, run it with --finish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--finish", action="store_true", help="remove what is under the former key")
        step.add_argument(
            "--check",
            action="store_true",
            help="change nothing, read everything; exit 1 if something is left",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._look_everywhere()
        elif options["finish"]:
            if settings.WPIS_INDEX_KEY_FORMER:
                raise CommandError(
                    "WPIS_INDEX_KEY_FORMER is set: processes still write under the former key. "
                    "Take it away everywhere, restart, then finish."
                )
            self._step("finish")
        else:
            if not settings.WPIS_INDEX_KEY_FORMER:
                self.stderr.write(
                    "WPIS_INDEX_KEY_FORMER is not set: until this ends, new filings do not meet what is not rebuilt."
                )
            self._step("add")

    def _step(self, name: str) -> None:
        failed = 0
        for index in keyed_indexes():
            steps: Iterator[Progress] = getattr(index, name)()
            rows = 0
            for progress in steps:
                rows += progress.rows
                failed += len(progress.failed)
                for row in progress.failed:
                    self.stderr.write(f"{index.label} {row}: could not be rebuilt")
            self.stdout.write(f"{index.label}: {rows} rows")
            trail.record("crypto.index.rebuild", by=None, index=index.label, step=name, rows=rows)
        if failed:
            sys.exit(1)

    def _look_everywhere(self) -> None:
        left = 0
        for index in keyed_indexes():
            found = index.left(not settings.WPIS_INDEX_KEY_FORMER)
            left += found
            self.stdout.write(f"{index.label}: {f'{found} left' if found else 'current'}")
        if left:
            sys.exit(1)
