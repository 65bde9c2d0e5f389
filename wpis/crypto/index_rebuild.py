"""Rebuild what is kept under the index key, beside running work: which tables there are, and columns of digests.

An app that keeps digests elsewhere than in a BlindIndexField names them in its module `keyed_index`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction

from wpis.installed_apps import own_modules

from .blind_index import BlindIndexField
from .fields import Tampered

PAGE = 500


@dataclass(slots=True)
class Progress:
    """How many rows were written or removed, and the ids of those that could not be dealt with."""

    rows: int = 0
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyedIndex:
    """Digests of one kind. Each step yields after every batch, which is committed by then, and can be repeated."""

    label: str
    add: Callable[[], Iterator[Progress]]
    """Let every row be found under the current key; under a former one it may still be found too."""
    finish: Callable[[], Iterator[Progress]]
    """Take away what is under another key than the current one."""
    left: Callable[[bool], int]
    """How many are not under the current key; asked with True also how many are under another one beside it."""


def keyed_indexes() -> list[KeyedIndex]:
    """All of this installation."""
    columns = [
        _of_column(model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, BlindIndexField)
    ]
    return [*columns, *(module.INDEX for module in own_modules("keyed_index"))]


def _of_column(model: type[models.Model], field: BlindIndexField) -> KeyedIndex:
    def move() -> Iterator[Progress]:
        for page in _pages(model, field):
            progress = Progress()
            for row in page:
                try:
                    if field.digest(getattr(row, field.source)) != getattr(row, field.attname):
                        progress.rows += _move(row, field)
                except Tampered:
                    progress.failed += (str(row.pk),)
            yield progress

    def left(_: bool) -> int:
        stale = 0
        for page in _pages(model, field):
            for row in page:
                try:
                    stale += field.digest(getattr(row, field.source)) != getattr(row, field.attname)
                except Tampered:
                    stale += 1
        return stale

    return KeyedIndex(f"{model._meta.label}.{field.name}", move, move, left)


def _pages(model: type[models.Model], field: BlindIndexField) -> Iterator[list[models.Model]]:
    """Rows that have a digest, in order of their key; a table has one for each row at most."""
    rows = model._base_manager.filter(**{f"{field.name}__isnull": False}).only(field.name, field.source)
    after: Any = None
    while page := list((rows.filter(pk__gt=after) if after is not None else rows).order_by("pk")[:PAGE]):
        yield page
        after = page[-1].pk


def _move(stale: models.Model, field: BlindIndexField) -> int:
    """Write the digest under the current key; the row is read again under a lock, its value may have changed since."""
    rows = type(stale)._base_manager
    with transaction.atomic():
        row = rows.select_for_update(of=("self",)).filter(pk=stale.pk).first()
        if row is None:
            return 0
        digest = field.digest(getattr(row, field.source))
        return rows.filter(pk=row.pk).update(**{field.name: digest})
