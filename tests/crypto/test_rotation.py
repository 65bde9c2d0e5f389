"""Key rotation over stored rows: everything moves, nothing is lost, and a spoiled row is named."""

import base64
import io
import re
import uuid
from datetime import UTC, datetime
from typing import Any

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from wpis.audit.models import AuditEvent
from wpis.crypto import rotation
from wpis.crypto.fields import UnknownKey
from wpis.documents.models import Upload, UploadContent

NEW = base64.b64encode(b"N" * 32).decode()
OLD = base64.b64encode(b"O" * 32).decode()
AT = datetime(2027, 1, 25, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rows(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[UploadContent]:
    """Seven stored files under the old key, in pages of three; the new key has become the current one."""
    settings.WPIS_FIELD_KEYS = {"old": OLD}
    monkeypatch.setattr(rotation, "PAGE", 3)
    stored = []
    for n in range(7):
        upload = Upload.objects.create(owner=uuid.uuid4(), size=1, uploaded_by=uuid.uuid4(), uploaded_at=AT)
        stored.append(UploadContent.objects.create(upload=upload, content=b"file %d" % n if n else None))
    settings.WPIS_FIELD_KEYS = {"new": NEW, "old": OLD}
    return stored


def run(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("rotate_field_keys", *args, stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_every_row_moves_and_the_old_key_can_go(rows: list[UploadContent], settings: Any) -> None:
    assert run("--check")[0] == 1
    status, said = run()
    assert (status, "documents.UploadContent: 6 rows" in said) == (0, True)
    assert run("--check")[0] == 0
    assert AuditEvent.objects.filter(action="crypto.keys.rotate", detail__rows=6).count() == 1
    settings.WPIS_FIELD_KEYS = {"new": NEW}
    contents = [UploadContent.objects.get(pk=row.pk).content for row in rows]
    assert contents == [None, *(b"file %d" % n for n in range(1, 7))]


def test_before_the_rotation_the_old_key_cannot_go(rows: list[UploadContent], settings: Any) -> None:
    settings.WPIS_FIELD_KEYS = {"new": NEW}
    with pytest.raises(UnknownKey):
        _ = UploadContent.objects.get(pk=rows[1].pk).content


def test_a_spoiled_row_is_named_and_the_others_move(rows: list[UploadContent]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_uploadcontent SET content = substring(content, 1, 30) WHERE upload_id = %s",
            [rows[3].pk],
        )
    status, said = run()
    assert (status, str(rows[3].pk) in said, "documents.UploadContent: 5 rows" in said) == (1, True, True)
    assert run("--check")[0] == 1


def test_rows_that_nobody_may_edit_move_too(rows: list[UploadContent]) -> None:
    guard = pgtrigger.Protect(name="immutable", operation=pgtrigger.Update)
    with guard.register(UploadContent):  # type: ignore[arg-type]  # annotated as an instance, takes the class
        guard.install(UploadContent)  # type: ignore[arg-type]  # likewise
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            rows[1].save()
        assert run()[0] == 0
    assert UploadContent.objects.get(pk=rows[1].pk).content == b"file 1"


def test_a_second_run_changes_nothing(rows: list[UploadContent]) -> None:
    run()
    assert "documents.UploadContent: 0 rows" in run()[1]


def test_whoever_seals_something_else_than_a_column_is_known(settings: Any) -> None:
    """No registry of models finds that: `wpis.second_factor.sealed_factors` seals factors again.

    A sealed letter waits for minutes and is never opened again once it is sent, so none is sealed again.
    """
    by_hand = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for app in ("wpis", "permits", "alerts", "referral")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if re.search(r"\bseal\(", path.read_text(encoding="utf-8")) and "crypto" not in path.parts
    }
    assert by_hand == {"wpis/accounts/adapters.py", "wpis/accounts/signing_up/letters.py"}
