"""The documents of a submission, and the page that the viewer shows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from permits.models import ApplicationDocument
from wpis.documents import reading
from wpis.documents.models import State


@dataclass(frozen=True)
class Look:
    """The page that is shown, and its neighbours; (document, page) or None at the ends."""

    documents: list[ApplicationDocument]
    current: ApplicationDocument | None
    page: int
    pages: int
    before: tuple[UUID, int] | None
    after: tuple[UUID, int] | None

    @cached_property
    def replaced(self) -> bool:
        """Whether the file that was cleared is no longer the one that is stored; reads it."""
        if self.current is None or self.current.upload.state != State.CLEAN:
            return False
        return not reading.is_as_checked(self.current.upload)


def look(documents: list[ApplicationDocument], document: Any = None, page: Any = None) -> Look:
    """The asked page of the asked document; the first page of the first one when there is no such thing."""
    if not documents:
        return Look([], None, 0, 0, None, None)
    places = [
        (attached, number) for attached in documents for number in range(1, (attached.upload.pages or 1) + 1)
    ]
    asked = [
        index
        for index, (attached, number) in enumerate(places)
        if str(attached.pk) == document and str(number) == (page or "1")
    ]
    index = asked[0] if asked else 0
    current, number = places[index]
    return Look(
        documents,
        current,
        number,
        current.upload.pages or 1,
        _key(places[index - 1]) if index else None,
        _key(places[index + 1]) if index + 1 < len(places) else None,
    )


def _key(place: tuple[ApplicationDocument, int]) -> tuple[UUID, int]:
    return place[0].pk, place[1]
