"""Keyset pagination: each page begins at a known row, so its cost does not grow with the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

SIZE = 25


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of one page; `after` leads to the next page and `before` to the one before, None at the ends."""

    rows: list[Any]
    before: UUID | None
    after: UUID | None


def page_of(
    rows: QuerySet[Any], order: tuple[str, ...], *, after: UUID | None = None, before: UUID | None = None
) -> Slice:
    """The page after or before a row, the first one without either.

    `order` must be total and hold no NULL for any of `rows`. An unknown row means the first page.
    """
    if before is not None:
        found = _beyond(rows, order, before, backwards=True)
        if len(found) > SIZE:
            page = found[:SIZE][::-1]
            return Slice(page, page[0].pk, page[-1].pk)
        after = None  # fewer rows than a page in front: that is the first page
    found = _beyond(rows, order, after, backwards=False)
    page = found[:SIZE]
    return Slice(
        page,
        page[0].pk if page and after is not None else None,
        page[-1].pk if len(found) > SIZE else None,
    )


def row_of(query: Mapping[str, str], name: str) -> UUID | None:
    """The row that the parameter `name` of an address names; None when it names none."""
    try:
        return UUID(query.get(name, ""))
    except ValueError:
        return None


def _beyond(
    rows: QuerySet[Any], order: tuple[str, ...], anchor: UUID | None, *, backwards: bool
) -> list[Any]:
    names = [name.lstrip("-") for name in order]
    down = [name.startswith("-") is not backwards for name in order]
    found = rows.order_by(*(f"-{name}" if fall else name for name, fall in zip(names, down, strict=True)))
    if anchor is not None:
        place = rows.model._default_manager.filter(pk=anchor).values_list(*names).first()
        if place is not None and None not in place:
            found = found.filter(_past(names, down, place))
    return list(found[: SIZE + 1])


def _past(names: list[str], down: list[bool], place: tuple[Any, ...]) -> Q:
    """The rows later than `place`, column by column; the first column bounds the walk over the index."""
    later = Q()
    same = Q()
    for name, fall, value in zip(names, down, place, strict=True):
        later |= same & Q(**{f"{name}__{'lt' if fall else 'gt'}": value})
        same &= Q(**{name: value})
    return Q(**{f"{names[0]}__{'lte' if down[0] else 'gte'}": place[0]}) & later
