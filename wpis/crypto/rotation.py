"""Re-encrypt stored values under the current field key, in batches, while the service runs."""

from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models

from .fields import EncryptedField, Tampered, reencrypt
from .keys import field_keys
from .sealing import header

PAGE = 500


def sealed_models() -> list[type[models.Model]]:
    """Every installed model that has an encrypted field."""
    return [model for model in apps.get_models() if sealed_fields(model)]


def sealed_fields(model: type[models.Model]) -> list[EncryptedField]:
    """The encrypted columns of a model's own table."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, EncryptedField)]


def stale(model: type[models.Model], after: Any = None) -> list[Any]:
    """Primary keys, in order and at most one page, of rows after `after` that an older key still holds."""
    current = header(field_keys().current)
    condition = models.Q(pk__gt=after) if after is not None else models.Q()
    old = " OR ".join(
        f"substring({connection.ops.quote_name(str(field.column))} from 1 for {len(current)}) <> %s"
        for field in sealed_fields(model)
    )
    params = [current] * len(sealed_fields(model))
    rows = model._base_manager.filter(condition).extra(where=[old], params=params)  # noqa: S610  own names
    return list(rows.order_by("pk").values_list("pk", flat=True)[:PAGE])


def rotate(model: type[models.Model]) -> Iterator[tuple[Any, Exception | None]]:
    """Seal each stale row again; yields its key, and the error of a row that could not be opened.

    Rows that are never edited are sealed again too: their content stays, so their guards are passed over.
    """
    last = None
    while page := stale(model, last):
        for last in page:
            try:
                with pgtrigger.ignore():
                    reencrypt(model(pk=last))
            except (Tampered, ObjectDoesNotExist) as error:
                yield last, error
            else:
                yield last, None
