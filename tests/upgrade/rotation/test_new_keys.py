"""A field key is changed on a database with history: no value in any table is left under a former one."""

import base64
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection

from tests.upgrade.restoring import Release
from wpis.crypto.fields import EncryptedField
from wpis.crypto.rotation import sealed_fields, sealed_models
from wpis.crypto.sealing import header
from wpis.second_factor import sealed_factors

NEWEST = "newest"

_COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
  AND c.data_type IN ('bytea', 'text', 'character varying', 'json', 'jsonb', 'ARRAY')
ORDER BY 1, 2
"""


def under(kid: str) -> dict[str, int]:
    """Column -> how many rows hold a value that was sealed under this key, in whatever table and in whatever form."""
    found = {}
    start = header(kid)
    text = base64.b64encode(start).decode().rstrip("=")[: len(start) * 8 // 6]
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        for table, column, kind in cursor.fetchall():
            held = (
                f'substring("{column}" FROM 1 FOR {len(start)}) = %s'
                if kind == "bytea"
                else f'strpos("{column}"::text, %s) > 0'
            )
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE {held}', [start if kind == "bytea" else text]
            )
            if count := cursor.fetchone()[0]:
                found[f"{table}.{column}"] = count
    return found


def test_no_column_of_any_table_is_left_under_a_former_key(release: Release, settings: Any) -> None:
    former = dict(settings.WPIS_FIELD_KEYS)
    held = {kid: under(kid) for kid in former}
    columns = set().union(*held.values())
    assert "mfa_authenticator.data" in columns
    filled = {
        f"{model._meta.db_table}.{field.column}"
        for model in sealed_models()
        for field in sealed_fields(model)
        if model._base_manager.filter(**{f"{field.name}__isnull": False}).exists()
    }
    assert len(filled) > 15
    assert columns - {"mfa_authenticator.data"} == filled

    settings.WPIS_FIELD_KEYS = {NEWEST: base64.b64encode(b"*" * 32).decode(), **former}
    with pytest.raises(SystemExit):
        call_command("rotate_field_keys", "--check")
    call_command("rotate_field_keys")
    call_command("rotate_field_keys", "--check")

    assert {kid: under(kid) for kid in former} == {kid: {} for kid in former}
    assert under(NEWEST).keys() == columns
    settings.WPIS_FIELD_KEYS = {NEWEST: settings.WPIS_FIELD_KEYS[NEWEST]}
    for model in sealed_models():
        fields: list[EncryptedField] = sealed_fields(model)
        for row in model._base_manager.all():
            for field in fields:
                getattr(row, field.name)  # opens
    for factor in Authenticator.objects.filter(type__in=("totp", "recovery_codes")):
        assert get_adapter().decrypt(factor.data["secret" if factor.type == "totp" else "seed"])


def test_codes_and_recovery_codes_still_work(release: Release, settings: Any) -> None:
    before = {
        factor.pk: (factor.data.get("used_mask"), factor.type) for factor in Authenticator.objects.all()
    }
    codes = {f.pk: f.wrap().get_unused_codes() for f in Authenticator.objects.filter(type="recovery_codes")}
    settings.WPIS_FIELD_KEYS = {NEWEST: base64.b64encode(b"*" * 32).decode(), **settings.WPIS_FIELD_KEYS}
    call_command("rotate_field_keys")
    settings.WPIS_FIELD_KEYS = {NEWEST: settings.WPIS_FIELD_KEYS[NEWEST]}
    after = {factor.pk: (factor.data.get("used_mask"), factor.type) for factor in Authenticator.objects.all()}
    assert after == before
    assert codes
    assert {pk: Authenticator.objects.get(pk=pk).wrap().get_unused_codes() for pk in codes} == codes


def test_a_factor_that_cannot_be_opened_is_named_and_the_others_move(
    release: Release, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled = Authenticator.objects.filter(type="totp").earliest("pk")
    spoiled.data["secret"] = base64.b64encode(base64.b64decode(spoiled.data["secret"])[:-1] + b"?").decode()
    spoiled.save()
    settings.WPIS_FIELD_KEYS = {NEWEST: base64.b64encode(b"*" * 32).decode(), **settings.WPIS_FIELD_KEYS}
    with pytest.raises(SystemExit):
        call_command("rotate_field_keys")
    assert f"mfa.Authenticator {spoiled.pk}:" in capsys.readouterr().err
    assert list(sealed_factors.stale_factors()) == [spoiled.pk]
