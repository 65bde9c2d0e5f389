"""Give all history facts of the newest builder version; stop it at any time and start it again."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alerts.facts import builder, rebuild


class Command(BaseCommand):
    """Exit 0: every submission has facts of this version. Exit 1: some could not be derived; the log names them."""

    help = f"{__doc__} Runs beside screening and holds it up nowhere; run it on the protection surface."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=rebuild.BATCH, help="submissions a transaction")
        parser.add_argument("--check", action="store_true", help="only say how many are left")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is left, work it, and say what was done."""
        missing = rebuild.left().count()
        self.stdout.write(f"builder version {builder.VERSION}: {missing} submissions without facts of it")
        if options["check"]:
            sys.exit(1 if missing else 0)
        progress = rebuild.Progress()
        for progress in rebuild.rebuild(options["batch"]):
            self.stdout.write(f"{progress.rebuilt + progress.failed} of {missing}")
        self.stdout.write(f"rebuilt {progress.rebuilt}, failed {progress.failed}")
        if progress.failed:
            sys.exit(1)
