"""Encrypted fields on a real table: what is stored, what is read back, and what is refused."""

import base64
import uuid
from typing import Any, ClassVar

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models, transaction

from wpis.crypto.blind_index import BlindIndexField
from wpis.crypto.fields import EncryptedJSONField, EncryptedTextField, Tampered, UnknownKey, reencrypt
from wpis.crypto.sealing import Sealed

NEW = base64.b64encode(b"N" * 32).decode()
OLD = base64.b64encode(b"O" * 32).decode()


class Dossier(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    passport_number = EncryptedTextField(null=True)
    note = EncryptedTextField(null=True, max_length=200)
    terms = EncryptedJSONField(null=True)
    passport_index = BlindIndexField(source="passport_number")

    objects: ClassVar[models.Manager["Dossier"]] = models.Manager()  # mypy sees no app of these models

    class Meta:
        app_label = "crypto_tests"


class Numbered(models.Model):
    secret = EncryptedTextField()

    class Meta:
        app_label = "crypto_tests"


@pytest.fixture(autouse=True)
def tables(db: None, settings: Any) -> None:
    settings.WPIS_FIELD_KEYS = {"old": OLD}
    settings.WPIS_INDEX_KEY = base64.b64encode(b"I" * 32).decode()
    with connection.schema_editor() as editor:
        editor.create_model(Dossier)
        editor.create_model(Numbered)
    # the test's transaction takes the tables away again


def found(row: Dossier, column: str = "passport_number") -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM crypto_tests_dossier WHERE id = %s", [row.pk])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def stored(row: Dossier, column: str = "passport_number") -> bytes:
    value = found(row, column)
    assert value is not None
    return value


def store(row: Dossier, blob: bytes, column: str = "passport_number") -> Dossier:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE crypto_tests_dossier SET {column} = %s WHERE id = %s", [blob, row.pk])
    return Dossier.objects.get(pk=row.pk)


@pytest.mark.parametrize("value", [None, "", "0", "AN 123456", "Հայաստան և ընկերներ", "x" * 100_000])
def test_text_comes_back_exactly(value: str | None) -> None:
    row = Dossier.objects.create(passport_number=value)
    assert Dossier.objects.get(pk=row.pk).passport_number == value
    assert (found(row) is None) == (value is None)


@pytest.mark.parametrize("value", [None, {}, [], 0, "", False, {"լեզու": ["hy", None, 1.5]}])
def test_json_comes_back_exactly(value: object) -> None:
    row = Dossier.objects.create(terms=value)
    again = Dossier.objects.get(pk=row.pk).terms
    assert again == value
    assert type(again) is type(value)


def test_the_database_never_sees_the_plain_text() -> None:
    row = Dossier.objects.create(passport_number="AN123456", terms={"pay": "AN123456"})
    for column in ("passport_number", "terms", "passport_index"):
        assert b"AN123456" not in (found(row, column) or b"")


def test_the_same_text_never_has_the_same_ciphertext_twice() -> None:
    assert stored(Dossier.objects.create(note="one"), "note") != stored(
        Dossier.objects.create(note="one"), "note"
    )


def test_loading_a_list_decrypts_nothing(settings: Any) -> None:
    Dossier.objects.bulk_create([Dossier(passport_number=f"P{n}") for n in range(3)])
    settings.WPIS_FIELD_KEYS = {"other": NEW}
    rows = list(Dossier.objects.all())
    assert all(isinstance(row.__dict__["passport_number"], Sealed) for row in rows)
    with pytest.raises(UnknownKey):
        _ = rows[0].passport_number


def test_bulk_create_seals_each_row_to_itself() -> None:
    rows = Dossier.objects.bulk_create([Dossier(passport_number=f"P{n}") for n in range(50)])
    assert {row.pk: row.passport_number for row in Dossier.objects.all()} == {
        row.pk: f"P{n}" for n, row in enumerate(rows)
    }


def test_ciphertext_of_another_row_raises() -> None:
    mine, other = Dossier.objects.create(passport_number="A1"), Dossier.objects.create(passport_number="B2")
    with pytest.raises(Tampered):
        _ = store(mine, stored(other)).passport_number


def test_ciphertext_of_another_column_raises() -> None:
    row = Dossier.objects.create(passport_number="A1", note="B2")
    with pytest.raises(Tampered):
        _ = store(row, stored(row, "note")).passport_number


def test_injected_plain_text_raises() -> None:
    row = Dossier.objects.create(passport_number="A1")
    for injected in (
        b"",
        b"A1",
        b"\x01",
        b"\x01\x03old",
        b"A plain text that is long enough to be a ciphertext",
    ):
        with pytest.raises(Tampered):
            _ = store(row, injected).passport_number


def test_a_ciphertext_cut_anywhere_raises() -> None:
    row = Dossier.objects.create(passport_number="A1")
    whole = stored(row)
    for length in range(len(whole)):
        with pytest.raises(Tampered):
            _ = store(row, whole[:length]).passport_number


def test_every_changed_bit_raises() -> None:
    row = Dossier.objects.create(passport_number="A1")
    whole = stored(row)
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Tampered):
            Dossier._meta.get_field("passport_number").open(Sealed(bytes(changed)), row)


def test_a_wrong_key_under_the_right_name_raises(settings: Any) -> None:
    row = Dossier.objects.create(passport_number="A1")
    settings.WPIS_FIELD_KEYS = {"old": NEW}
    with pytest.raises(Tampered):
        _ = Dossier.objects.get(pk=row.pk).passport_number


def test_old_keys_stay_readable_and_rows_move_to_the_new_key(settings: Any) -> None:
    row = Dossier.objects.create(passport_number="A1", terms={"a": 1})
    settings.WPIS_FIELD_KEYS = {"new": NEW, "old": OLD}
    assert Dossier.objects.get(pk=row.pk).passport_number == "A1"
    assert reencrypt(row) == ["passport_number", "terms"]
    assert reencrypt(row) == []
    settings.WPIS_FIELD_KEYS = {"new": NEW}
    again = Dossier.objects.get(pk=row.pk)
    assert (again.passport_number, again.note, again.terms) == ("A1", None, {"a": 1})


def test_an_unread_value_is_written_back_unchanged() -> None:
    row = Dossier.objects.create(passport_number="A1")
    before = stored(row)
    Dossier.objects.get(pk=row.pk).save()
    assert stored(row) == before


def test_a_copied_row_cannot_store_a_value_nobody_can_open() -> None:
    copy = Dossier.objects.get(pk=Dossier.objects.create(passport_number="A1").pk)
    copy.pk = uuid.uuid4()
    copy._state.adding = True
    with pytest.raises(Tampered):
        copy.save()


def test_update_and_bulk_update_are_refused() -> None:
    row = Dossier.objects.create(passport_number="A1")
    with pytest.raises(FieldError, match="save the instance"), transaction.atomic():
        Dossier.objects.update(passport_number="B2")
    with pytest.raises(FieldError, match="save the instance"), transaction.atomic():
        Dossier.objects.bulk_update([row], ["passport_number"])
    Dossier.objects.update(passport_number=None)  # erasing needs no key
    assert Dossier.objects.get(pk=row.pk).passport_number is None


@pytest.mark.parametrize("lookup", ["passport_number", "passport_number__in", "passport_number__icontains"])
def test_searching_the_ciphertext_is_refused(lookup: str) -> None:
    with pytest.raises(FieldError, match="BlindIndexField"):
        list(Dossier.objects.filter(**{lookup: "A1"}))


def test_absence_can_be_searched() -> None:
    Dossier.objects.create(passport_number="A1")
    assert Dossier.objects.filter(note__isnull=True, passport_number__isnull=False).count() == 1


def test_a_row_without_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no primary key yet"):
        Numbered(secret="x").save()


def test_anything_but_text_is_refused() -> None:
    with pytest.raises(TypeError, match="holds text"):
        Dossier(passport_number=b"A1").save()


def test_deferred_values_open_too() -> None:
    row = Dossier.objects.create(passport_number="A1")
    assert Dossier.objects.defer("passport_number").get(pk=row.pk).passport_number == "A1"
    row.refresh_from_db()
    assert row.passport_number == "A1"


def test_the_sealed_form_shows_nothing() -> None:
    Dossier.objects.create(passport_number="A1")
    assert str(Dossier.objects.values_list("passport_number", flat=True)[0]).startswith("<sealed, ")


def test_missing_keys_are_said_plainly(settings: Any) -> None:
    for wrong in ({}, None, {"k": "not base64"}, {"k": base64.b64encode(b"short").decode()}, {"": OLD}):
        settings.WPIS_FIELD_KEYS = wrong
        with pytest.raises(ImproperlyConfigured, match="WPIS_FIELD_KEYS"):
            Dossier(passport_number="A1").save()


def test_the_blind_index_finds_equal_numbers_in_any_spelling() -> None:
    row = Dossier.objects.create(passport_number="an 123-456")
    Dossier.objects.create(passport_number="AN123457")
    assert Dossier.objects.get(passport_index="AN123456").pk == row.pk
    assert Dossier.objects.filter(passport_index=row.passport_index).count() == 1


def test_absent_numbers_are_not_equal_to_each_other() -> None:
    Dossier.objects.bulk_create([Dossier(passport_number=v) for v in (None, "", " - ")])
    assert Dossier.objects.filter(passport_index__isnull=True).count() == 3


def test_changing_the_number_changes_the_index() -> None:
    row = Dossier.objects.create(passport_number="A1")
    row.passport_number = "B2"
    row.save()
    assert Dossier.objects.filter(passport_index="A1").count() == 0
    assert Dossier.objects.get(passport_index="b2").pk == row.pk


def test_the_index_key_and_the_column_both_separate_digests(settings: Any) -> None:
    from wpis.crypto.blind_index import BlindIndex

    first = BlindIndex.digest("a.number", "A1")
    assert BlindIndex.digest("b.number", "A1") != first
    settings.WPIS_INDEX_KEY = NEW
    assert BlindIndex.digest("a.number", "A1") != first


def test_migrations_can_rebuild_both_kinds_of_field() -> None:
    for name in ("note", "terms", "passport_index"):
        field = Dossier._meta.get_field(name)
        assert isinstance(field, models.Field)
        _, path, args, kwargs = field.deconstruct()
        assert path.startswith("wpis.crypto.")
        assert type(field)(*args, **kwargs).deconstruct()[3] == kwargs
