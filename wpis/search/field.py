"""The stored search text of a row: filled whenever the row is saved, answered by a trigram index."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from wpis.search.words import search_text

if TYPE_CHECKING:
    Base = models.TextField[Any, Any]
else:
    Base = models.TextField

_BATCH = 1000


class SearchTextField(Base):
    """The search text of other columns of its row, filled whenever an instance is saved.

    A `save(update_fields=[...])` that changes one of `sources` must name this field as well: see `with_derived`.
    """

    def __init__(self, *args: Any, sources: tuple[str, ...], **kwargs: Any) -> None:
        self.sources = tuple(sources)
        given: dict[str, Any] = {"default": "", "db_default": "", "editable": False} | kwargs
        super().__init__(*args, **given)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = search_text(getattr(model_instance, source) or "" for source in self.sources)
        setattr(model_instance, self.attname, text)
        return text


def with_derived(model: type[models.Model], changed: Sequence[str]) -> list[str]:
    """The columns to save when these have changed: with the indexes and search texts that are made of them."""
    derived = [
        column.name
        for column in model._meta.concrete_fields
        if set(changed) & {getattr(column, "source", None), *getattr(column, "sources", ())}
    ]
    return [*changed, *derived]


def fill(model: type[models.Model], column: str = "search_text") -> None:
    """Write the search text of every stored row: what a migration does once."""
    field = model._meta.get_field(column)
    assert isinstance(field, SearchTextField)
    rows = model._base_manager.only("pk", *field.sources).order_by("pk")
    batch: list[models.Model] = []
    for row in rows.iterator(chunk_size=_BATCH):
        setattr(row, column, search_text(getattr(row, source) or "" for source in field.sources))
        batch.append(row)
        if len(batch) == _BATCH:
            model._base_manager.bulk_update(batch, [column])
            batch = []
    model._base_manager.bulk_update(batch, [column])
