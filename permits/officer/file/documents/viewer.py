"""The documents of a submission, and the page that the viewer shows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from permits.models import ApplicationDocument


@dataclass(frozen=True, slots=True)
class Look:
    """The page that is shown, and its neighbours; (document, page) or None at the ends."""

    documents: list[ApplicationDocument]
    current: ApplicationDocument | None
    page: int
    pages: int
    before: tuple[UUID, int] | None
    after: tuple[UUID, int] | None


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
