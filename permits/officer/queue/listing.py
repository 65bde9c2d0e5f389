"""Presents the files of one page of the queue as lines of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from permits.models import Application, State
from permits.officer.queue.clocks import Clock, clock_of
from permits.states import OPEN

COLUMNS = (
    *("reference", "kind", "state", "submitted_at", "due_on", "paused_on", "decided_at"),
    *("employer__name_en", "employer__name_hy", "employer__state", "worker__given_names", "worker__surname"),
    *("terms__province", "officer__name", "officer__email"),
)
"""What a list needs and no more: encrypted columns are not even read."""

KIND_OF_TAG: dict[str, str] = {
    State.SUBMITTED: "info",
    State.WAITING: "warn",
    State.APPROVAL_PROPOSED: "info",
    State.REFUSAL_PROPOSED: "info",
    State.APPROVED: "ok",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One file in a list."""

    file: Application
    clock: Clock | None
    kind: str

    @property
    def can_be_taken(self) -> bool:
        """Whether nobody works on it yet."""
        return self.file.state == State.SUBMITTED

    @property
    def unverified(self) -> bool:
        """Whether the file is open and its company holds the decision."""
        return self.file.state in OPEN and not self.file.employer.is_verified


def lines(files: Iterable[Any], today: date) -> list[Line]:
    """The lines of these files, in their order."""
    return [Line(file, clock_of(file, today), KIND_OF_TAG.get(file.state, "")) for file in files]
