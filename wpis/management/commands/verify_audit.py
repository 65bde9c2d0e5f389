"""Verify the digests of the audit trail and of every history, and that no record changed without a trace."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wpis.audit.digests import Genuine
from wpis.audit.verification import reports


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Run as the owner, with the digest keys of all surfaces; ends with an error when something is wrong."""
        problems = 0
        for report in reports():
            counted = ", ".join(f"{report.counts[kind.value]} {kind.name.lower()}" for kind in Genuine)
            self.stdout.write(f"{report.table}: {counted}" if report.counts.total() else report.table)
            for line in report.wrong:
                self.stdout.write(f"  {line}")
            problems += report.counts["problems"]
        if problems:
            raise CommandError(f"{problems} problems: what was written past the service is named above")
        self.stdout.write("everything verifies")
