"""List the background jobs that are not done, try one again, take a letter as sent, drop a job. No personal data."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from wpis import clock
from wpis.errors import Refused
from wpis.letters.sending import message_id
from wpis.processes import job_steps, open_jobs

KEPT = "kept encrypted beside the audit trail, for the auditor"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step")
        steps.add_parser(
            "list", help="what is not done, by table, kind and state (this is done without a step)"
        )
        again = steps.add_parser(
            "retry", help="make a job due at once that is dead, or unknown: that letter may go out twice"
        )
        again.add_argument("job", type=UUID, metavar="ID")
        again.add_argument("--reason", default="", help=f"needed for a letter in doubt; {KEPT}")
        sent = steps.add_parser("sent", help="take a letter as sent of which nobody knew (unknown)")
        sent.add_argument("job", type=UUID, metavar="ID")
        sent.add_argument("--reason", required=True, help=KEPT)
        drop = steps.add_parser("drop", help="close a job that is dead or unknown without doing it")
        drop.add_argument("job", type=UUID, metavar="ID")
        drop.add_argument("--reason", required=True, help=KEPT)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the step, as the owner or as the surface whose workers do these jobs."""
        try:
            with translation.override("en"):
                self._do(options)
        except Refused as refused:
            raise CommandError(str(refused)) from None

    def _do(self, options: dict[str, Any]) -> None:
        at = clock.now()
        if options["step"] == "retry":
            due = job_steps.retry(options["job"], reason=options["reason"], by=None, at=at)
            self.stdout.write(f"{due.pk} is due.")
        elif options["step"] == "sent":
            taken = job_steps.take_as_sent(options["job"], reason=options["reason"], by=None, at=at)
            self.stdout.write(f"{taken.pk} is taken as sent.")
        elif options["step"] == "drop":
            dropped = job_steps.drop(options["job"], reason=options["reason"], by=None, at=at)
            self.stdout.write(f"{dropped.pk} is dropped.")
        else:
            self._list()

    def _list(self) -> None:
        at = clock.now()
        tables = open_jobs.changeable()
        for rows in tables:
            for group in open_jobs.groups(rows, at):
                minutes = int((at - group.since).total_seconds() // 60)
                self.stdout.write(
                    f"{group.table} {group.kind} {group.state}: {group.count}, oldest {minutes} min"
                )
        for rows in tables:
            for state, found in (("dead", open_jobs.dead(rows)), ("unknown", open_jobs.unknown(rows, at))):
                for row in found:
                    minutes = int((at - row.created_at).total_seconds() // 60)
                    tried = f"{row.attempts} attempts, {row.error or 'no error'}"
                    if state == "unknown":
                        tried += f", in the mail server's log {message_id(row)}"
                    self.stdout.write(
                        f"{row.pk} {rows._meta.db_table} {row.kind} {state}, {minutes} min, {tried}"
                    )
