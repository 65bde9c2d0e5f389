"""Encrypts a text column of an earlier release, in a migration: row by row, in batches, without losing one."""

from collections.abc import Callable
from typing import Any

import pgtrigger

BATCH = 500


def encrypt_column(app: str, model: str, plain: str, sealed: str) -> Callable[[Any, Any], None]:
    """What `RunPython` calls: the texts of the column `plain` move, encrypted, into the new column `sealed`.

    Rows that are never changed are changed here: what they say stays the same, and so does a digest of it.
    """

    def encrypt(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager
        field = rows.model._meta.get_field(sealed)
        written = rows.exclude(**{plain: ""}).exclude(**{f"{plain}__isnull": True}).order_by("pk")
        with pgtrigger.ignore():
            for row in written.only("pk", plain).iterator(chunk_size=BATCH):
                value = field.seal(getattr(row, plain), row)
                rows.filter(pk=row.pk).update(**{sealed: value, plain: ""})

    return encrypt
