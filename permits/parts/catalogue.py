"""Which parts there are: the only list of them, in the order of the form."""

from django.db import models

from permits.parts.declaration import Field, Part
from permits.parts.documents import DOCUMENTS
from permits.parts.employer import EMPLOYER
from permits.parts.housing import HOUSING
from permits.parts.recruitment import RECRUITMENT
from permits.parts.terms import TERMS
from permits.parts.worker import WORKER

ASKED: dict[str, Part] = {part.name: part for part in (WORKER, TERMS, HOUSING, RECRUITMENT, DOCUMENTS)}
"""What the form asks, and what an officer can open for correction."""

SUBMITTED: dict[str, Part] = {part.name: part for part in (*ASKED.values(), EMPLOYER) if part.record}
"""What a submission holds, in the order in which staff read it."""

MODELS: dict[str, type[models.Model]] = {
    part.name: part.model for part in ASKED.values() if part.model is not None
}
"""The rows that an application is kept in while the employer works on it."""


def field(part: str, name: str) -> Field | None:
    """A field of a filed part; None when there is none."""
    return SUBMITTED[part].by_name.get(name) if part in SUBMITTED else None
