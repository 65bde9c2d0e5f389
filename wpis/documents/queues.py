"""The two outbox tables of uploaded files: files that wait for their check, and checked files that somebody waits for.

The process that looks into files of strangers works through the first and adds to the second. It completes no check
and writes no letter: what follows from an outcome is done by the workers of the office, with the office's rights.
"""

from datetime import datetime
from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from wpis.database_roles import demand, for_roles, happens_now
from wpis.outbox import PROGRESS, OutboxRow

KIND = "document"
CHECKED = "checked"
TURNS = f"{PROGRESS}, taken_at, held_until, unanswered"
"""The columns of a check that say how far it is and whose turn comes next."""

LATEST_MINUTES = 20
"""How far ahead the next try of a file may be: a little more than the longest pause (`wpis.outbox.LONGEST_PAUSE`)."""

READ = (
    *("id", "owner", "kind", "mime", "size", "pages", "received_sha256", "sha256"),
    *("state", "reason", "scanned_by", "checked_at", "keyed_digest"),
)
"""What the role that checks files may read of an upload: neither its name nor who sent it."""


class FileCheck(OutboxRow):
    """One upload that is to be checked; `key` names it. Companies and accounts take turns (`turns`)."""

    queue: ClassVar[str] = "files"
    task: ClassVar[str] = "work.files"
    may_be_dropped: ClassVar[bool] = False
    label = _("checks of files")

    party = models.UUIDField(help_text="the company for which it was sent")
    account = models.UUIDField(help_text="the account that sent it")
    taken_at = models.DateTimeField(null=True, help_text="when a worker last took it")
    held_until = models.DateTimeField(
        null=True, help_text="a worker looks into it; after this moment that worker is taken for dead"
    )
    unanswered = models.PositiveSmallIntegerField(
        default=0, help_text="how often it was taken and no answer came: a killed worker, a time limit"
    )

    class Meta(OutboxRow.Meta):
        indexes = [
            *OutboxRow.Meta.indexes,
            models.Index(fields=["party", "-taken_at"], name="filecheck_turn_of_party"),
            models.Index(fields=["account", "-taken_at"], name="filecheck_turn_of_account"),
            models.Index(
                fields=["held_until"], name="filecheck_held", condition=models.Q(held_until__isnull=False)
            ),
        ]
        triggers = [
            *OutboxRow.Meta.triggers,
            for_roles(
                "of_an_upload",
                pgtrigger.Insert,
                demand(
                    "NEW.taken_at IS NULL AND NEW.held_until IS NULL AND NEW.unanswered = 0",
                    "a check is added before it is taken",
                ),
                demand(
                    "EXISTS (SELECT 1 FROM documents_upload WHERE id = NEW.key AND state = 'quarantined'"
                    " AND COALESCE(party, NEW.party) = NEW.party AND uploaded_by = NEW.account)",
                    "this is no file that waits, or somebody else sent it",
                ),
                demand(
                    f"NEW.kind = '{KIND}' AND NEW.payload = '{{}}' AND NEW.due_at <= NEW.created_at",
                    "a file is to be checked at once",
                ),
            ),
            # The process that parses files of strangers is the first that may be taken over: it delays none by much.
            for_roles(
                "soon",
                pgtrigger.Update,
                *(
                    demand(
                        f"""NEW.{column} <= (SELECT max(clock_timestamp() + moved) FROM (
                                SELECT interval '0' UNION ALL SELECT moved_by FROM wpis_clockoffset
                            ) AS by (moved)) + interval '{LATEST_MINUTES} minutes'""",  # noqa: S608  our own words
                        "a file does not wait so long",
                        when=f"NEW.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column}",
                    )
                    for column in ("due_at", "held_until")
                ),
            ),
            happens_now("created_at"),
            for_roles(
                "done_with_an_outcome",
                pgtrigger.Update,
                demand(
                    "NOT EXISTS (SELECT 1 FROM documents_upload WHERE id = NEW.key AND state = 'quarantined')",
                    "this file has no outcome",
                    when="NEW.done_at IS NOT NULL AND OLD.done_at IS NULL",
                ),
            ),
        ]

    @classmethod
    def waiting(cls, at: datetime) -> models.QuerySet[Self]:
        """Files that a worker could take now: none of a company or account of which one is being looked into."""
        held = cls._default_manager.filter(done_at=None, held_until__gt=at)
        return (
            super()
            .waiting(at)
            .exclude(
                Exists(held.filter(party=OuterRef("party")))
                | Exists(held.filter(account=OuterRef("account")))
            )
        )

    def fail(self, at: datetime, error: Exception) -> None:
        """Try again later, and let the next file of this company be taken."""
        self.held_until = None
        super().fail(at, error)
        self.save(update_fields=["held_until", "unanswered"])

    def done(self, at: datetime) -> None:
        """The outcome is written; commit this with it."""
        self.held_until = None
        self.save(update_fields=["held_until"])
        super().done(at)


class CheckedFile(OutboxRow):
    """An upload with an outcome; `key` names it. Whoever waits for it is told by the `open` workers."""

    queue: ClassVar[str] = "open"
    task: ClassVar[str] = "work.open"
    may_be_dropped: ClassVar[bool] = False
    label = _("what follows from checks of files")

    class Meta(OutboxRow.Meta):
        triggers = [
            *OutboxRow.Meta.triggers,
            for_roles(
                "with_an_outcome",
                pgtrigger.Insert,
                demand(
                    "NEW.kind = 'checked' AND NEW.payload = '{}' AND EXISTS"
                    " (SELECT 1 FROM documents_upload WHERE id = NEW.key AND state <> 'quarantined')",
                    "this file has no outcome",
                ),
            ),
        ]


class FileTurn(models.Model):
    """One row that is locked while it is decided whose file comes next; only the process that checks files can."""

    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="fileturn_one_row", condition=models.Q(id=1))]

    def __str__(self) -> Any:
        return str(self.taken_at)
