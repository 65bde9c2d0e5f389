"""Equality search on an encrypted value: HMAC-SHA-256 with its own key for each column."""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import Exact

from .keys import index_keys

if TYPE_CHECKING:
    Base = models.BinaryField[Any, Any]
    Equal = Exact[Any]
else:
    Base, Equal = models.BinaryField, Exact

DIGEST_BYTES = 32


def normalise_identifier(value: str) -> str:
    """Letters and digits only, in upper case, so that 'ab 123-4' and 'AB1234' are one document number."""
    return "".join(c for c in unicodedata.normalize("NFKC", value).upper() if c.isalnum())


class BlindIndex:
    """Digests that tell whether two values are equal, and nothing else, without the key.

    Columns with different labels cannot be compared with each other; give two columns one label to join them.
    """

    @staticmethod
    def digest(label: str, value: str, key: bytes | None = None) -> bytes:
        """32 bytes for `value` in the column `label`, under the current key or this one.

        `value` must be normalised by the caller.
        """
        root = index_keys()[0] if key is None else key
        column_key = hmac.digest(root, b"wpis blind index|" + label.encode(), hashlib.sha256)
        return hmac.digest(column_key, value.encode(), hashlib.sha256)


class BlindIndexField(Base):
    """A column of digests of another attribute, filled when the instance is saved.

    Search with the plain value: `Worker.objects.filter(passport_index="AB 1234567")`.
    While the index is rebuilt under a new key the plain value finds rows under either.
    `source` is the attribute it follows; `normalise` a module-level function from text to text; `label`
    separates its key (default: table.column). An empty or absent source gives NULL.
    A `save(update_fields=[source])` must name this field as well, Django asks only the fields named.
    """

    def __init__(
        self,
        *args: Any,
        source: str,
        normalise: Callable[[str], str] = normalise_identifier,
        label: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.source, self.normalise, self.label = source, normalise, label
        self.db_index: bool
        super().__init__(*args, **({"null": True, "db_index": True, "max_length": DIGEST_BYTES} | kwargs))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {"source": self.source, "null": self.null, "db_index": self.db_index}
        if self.normalise is not normalise_identifier:
            kwargs["normalise"] = self.normalise
        if self.label is not None:
            kwargs["label"] = self.label
        return name, path, args, kwargs

    def digest(self, value: str | None) -> bytes | None:
        """The digest this column holds for `value`; None when nothing is left of it after normalising."""
        return next(iter(self.digests(value)), None)

    def digests(self, value: str | None) -> list[bytes]:
        """The digest under each key that is in use, the current one first."""
        text = self.normalise(value) if value else ""
        label = self.label or f"{self.model._meta.db_table}.{self.column}"
        return [BlindIndex.digest(label, text, key) for key in index_keys()] if text else []

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        digest = self.digest(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, digest)
        return digest

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        plain = self.digest(value) if isinstance(value, str) else value
        return super().get_db_prep_value(plain, connection, prepared)


@BlindIndexField.register_lookup
class EqualUnderAnyKey(Equal):
    """`passport_index="AB 1234567"`: equal to the digest of the plain value under any key that is in use."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Bytes are compared as they are."""
        if not isinstance(self.rhs, str):
            return super().as_sql(compiler, connection)
        column, params = self.process_lhs(compiler, connection)
        held = [connection.Database.Binary(digest) for digest in self.lhs.output_field.digests(self.rhs)]
        return f"{column} = ANY(%s::bytea[])", [*params, held]
