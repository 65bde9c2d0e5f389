"""List the background jobs that are not done, try one again, drop one with a reason. Prints no personal data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from wpis import clock
from wpis.audit import trail
from wpis.errors import Refused
from wpis.outbox import OutboxRow
from wpis.processes import open_jobs


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step")
        steps.add_parser(
            "list", help="what is not done, by table, kind and state (this is done without a step)"
        )
        again = steps.add_parser("retry", help="make a job that is dead or unknown due at once")
        again.add_argument("job", type=UUID, metavar="ID")
        drop = steps.add_parser("drop", help="close a job that is dead or unknown without doing it")
        drop.add_argument("job", type=UUID, metavar="ID")
        drop.add_argument(
            "--reason", required=True, help="kept encrypted beside the audit trail, for the auditor"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the step, as the owner or as the surface whose workers do these jobs."""
        at = clock.now()
        try:
            if options["step"] == "retry":
                self.stdout.write(f"{retry(options['job'], at=at).pk} is due.")
            elif options["step"] == "drop":
                dropped = drop(options["job"], reason=options["reason"], at=at)
                self.stdout.write(f"{dropped.pk} is dropped.")
            else:
                self._list()
        except Refused as refused:
            raise CommandError(str(refused)) from None

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
                    self.stdout.write(
                        f"{row.pk} {rows._meta.db_table} {row.kind} {state}, {minutes} min, {tried}"
                    )


@transaction.atomic
def retry(job: UUID, *, at: datetime) -> OutboxRow:
    """Make a job due at once with all its attempts; a letter of which nobody knows may then go out twice."""
    row = _stuck(job, at)
    trail.record("wpis.job.retry", by=None, subject=row, job=row.kind, attempts=row.attempts, error=row.error)
    row.attempts, row.error, row.started_at, row.dead_at, row.due_at = 0, "", None, None, at
    row.save(update_fields=["attempts", "error", "started_at", "dead_at", "due_at"])
    return row


@transaction.atomic
def drop(job: UUID, *, reason: str, at: datetime) -> OutboxRow:
    """Close a job without doing it. It keeps `dead_at` beside `done_at`, which says that nothing was done."""
    if not reason.strip():
        raise Refused("A reason is needed.")
    row = _stuck(job, at)
    if not row.may_be_dropped:
        raise Refused("A job of this table is never dropped; mend the cause and try it again.")
    trail.record("wpis.job.drop", by=None, subject=row, job=row.kind, error=row.error, note=reason.strip())
    row.dead_at, row.done_at = row.dead_at or at, at
    row.save(update_fields=["dead_at", "done_at"])
    return row


def _stuck(job: UUID, at: datetime) -> OutboxRow:
    """The job, locked, if it wants a person."""
    for rows in open_jobs.changeable():
        row = rows._default_manager.select_for_update(of=("self",)).filter(pk=job).first()
        if row is None:
            continue
        if row.done_at is not None:
            raise Refused("This job is done.")
        if row.dead_at is None and (row.started_at is None or row.started_at > at - open_jobs.UNDER_WAY):
            raise Refused("This job waits for a worker or is being done; it needs nobody.")
        return row
    raise Refused("There is no such job that this process may change.")
