"""Encrypted model fields: the value is ciphertext until its attribute is read.

A row that is loaded keeps its ciphertext; the value is opened when the attribute is read, so lists decrypt
nothing. The ciphertext is bound to table, column and primary key: renaming a table or column, or an
`ON CONFLICT DO UPDATE` that lands on another row, makes it unreadable on purpose.
"""

import json
from typing import TYPE_CHECKING, Any, NoReturn

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import Promise

from .keys import field_keys
from .sealing import Sealed, Tampered, UnknownKey, place, seal, unseal

if TYPE_CHECKING:
    Base = models.Field[Any, Any]
else:
    Base = models.Field

__all__ = [
    "EncryptedBytesField",
    "EncryptedJSONField",
    "EncryptedTextField",
    "Tampered",
    "UnknownKey",
    "reencrypt",
]


class OpenedOnRead(DeferredAttribute):
    """Opens the ciphertext when the attribute is read, and keeps the value on the instance."""

    field: "EncryptedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = self.field.open(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        # Only a descriptor that also sets is asked before the instance's own dictionary.
        instance.__dict__[self.field.attname] = value


class EncryptedField(Base):
    """A `bytea` column sealed with AES-256-GCM to its table, column and row."""

    descriptor_class = OpenedOnRead
    empty_strings_allowed = True

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_plain(self, value: Any) -> bytes:
        """The bytes that are sealed. Raises TypeError for a value this field cannot hold."""
        raise NotImplementedError

    def from_plain(self, plain: bytes) -> Any:
        """The value that `to_plain` was given."""
        raise NotImplementedError

    def open(self, sealed: Sealed, instance: models.Model) -> Any:
        """The value sealed for this column of `instance`. Raises Tampered."""
        return self.from_plain(unseal(sealed, self._place(instance)))

    def seal(self, value: Any, instance: models.Model) -> Sealed:
        """Seal a value for this column of `instance`. Raises ValueError when it has no primary key yet."""
        return seal(self.to_plain(value), self._place(instance))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        if isinstance(value, Sealed):
            # Written back unread; opening it here stops a copied row from storing a value nobody can open.
            self.open(value, model_instance)
            return value
        return self.seal(value, model_instance)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise FieldError(
                f"{self._label()} is encrypted to its row: save the instance. "
                "update() and bulk_update() cannot know the row and are refused."
            )
        return connection.Database.Binary(value.blob)

    def get_lookup(self, lookup_name: str) -> Any:
        return IsNull if lookup_name == "isnull" else self._refuse(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        self._refuse(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self._label()} is encrypted and is not exported in plain text.")

    def _refuse(self, lookup_name: str) -> NoReturn:
        raise FieldError(
            f"{self._label()} is encrypted: '{lookup_name}' cannot be searched. Search its BlindIndexField."
        )

    def _label(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    def _place(self, instance: models.Model) -> str:
        pk_field = instance._meta.pk
        pk = pk_field.to_python(instance.pk)
        if pk is None:
            raise ValueError(f"{self._label()} is encrypted to its row, and the row has no primary key yet.")
        assert self.column is not None
        return place(self.model._meta.db_table, self.column, pk)


class EncryptedTextField(EncryptedField):
    """Text, encrypted; None is NULL and '' is an encrypted empty text. `max_length` is in characters.

    With `blank_is_null` an empty text is NULL and reads as '' again, like a text that need not be given: then a row
    shows whether something was written, and costs nothing where nothing was.
    """

    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def __init__(self, *args: Any, blank_is_null: bool = False, **kwargs: Any) -> None:
        self.blank_is_null = blank_is_null
        if blank_is_null:
            kwargs = {"null": True, "blank": True, "default": ""} | kwargs
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.blank_is_null:
            kwargs["blank_is_null"] = True
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        sealed = super().from_db_value(value, expression, connection)
        return "" if sealed is None and self.blank_is_null else sealed

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        nothing = self.blank_is_null and value == ""
        return super().get_db_prep_save(None if nothing else value, connection)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        if self.blank_is_null and model_instance.__dict__.get(self.attname) == "":
            return None
        return super().pre_save(model_instance, add)

    def to_plain(self, value: Any) -> bytes:
        if not isinstance(value, str | Promise):
            raise TypeError(f"{self._label()} holds text, not {type(value).__name__}.")
        return str(value).encode()

    def from_plain(self, plain: bytes) -> str:
        return plain.decode()

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else str(value)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        widget = {} if self.max_length else {"widget": forms.Textarea}
        return super().formfield(**({"max_length": self.max_length} | widget | kwargs))


class EncryptedJSONField(EncryptedField):
    """A JSON value, encrypted; None is NULL."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def to_plain(self, value: Any) -> bytes:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()

    def from_plain(self, plain: bytes) -> Any:
        return json.loads(plain)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        try:
            self.to_plain(value)
        except (TypeError, ValueError):
            raise ValidationError("Value must be valid JSON.", code="invalid") from None

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": forms.JSONField, "encoder": DjangoJSONEncoder} | kwargs))


class EncryptedBytesField(EncryptedField):
    """Bytes, such as a file, encrypted; None is NULL."""

    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"editable": False} | kwargs))

    def to_plain(self, value: Any) -> bytes:
        if not isinstance(value, bytes | bytearray | memoryview):
            raise TypeError(f"{self._label()} holds bytes, not {type(value).__name__}.")
        return bytes(value)

    def from_plain(self, plain: bytes) -> bytes:
        return plain


def reencrypt(instance: models.Model) -> list[str]:
    """Seal the encrypted fields of one stored row again under the current key; return the fields changed.

    Reads the row under a lock, so it runs with the site up. Raises Tampered, and the model's DoesNotExist.
    """
    current = field_keys().current
    fields = [f for f in instance._meta.concrete_fields if isinstance(f, EncryptedField)]
    rows = type(instance)._base_manager
    with transaction.atomic(using=instance._state.db):
        row = rows.using(instance._state.db).select_for_update().get(pk=instance.pk)
        changed = {}
        for field in fields:
            value = row.__dict__[field.attname]
            if isinstance(value, Sealed) and value.kid != current:
                changed[field.attname] = field.seal(field.open(value, row), row)
        if changed:
            rows.using(instance._state.db).filter(pk=instance.pk).update(**changed)
    return sorted(changed)
