"""Identifies a draft by its content, so that exactly the content that the person reviewed is submitted."""

from enum import Enum
from uuid import UUID

from permits.models import Application
from permits.parts.catalogue import SUBMITTED
from permits.submissions.canonical import canonical_text, digest_of


class Draft(Enum):
    """What is declared by somebody who was shown no page."""

    AS_SAVED = "as saved"
    """A program declares what is saved, whatever that is: it has no page that could show something else."""


def content_id(application: Application) -> UUID:
    """An id computed from the draft's content: the answers, the employer's data and which files are attached.

    Reads the rows that the application object already holds, so it names what was shown or locked with them.
    """
    parts = {
        name: {field: getattr(getattr(application, name), field) for field in part.by_name}
        for name, part in SUBMITTED.items()
    }
    attached = sorted((str(document.pk), document.kind) for document in application.attached)
    return UUID(digest_of(canonical_text({**parts, "attached": attached}))[:32])
