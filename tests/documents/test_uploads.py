"""The life of an upload: quarantine, inspection, and what can be read before and after."""

import hashlib
import importlib.util
import io
import socket
import struct
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from PIL import Image

from tests.conftest import let_database_follow, standing_on
from tests.factories.permits import a_user
from wpis.crypto.fields import Tampered
from wpis.documents import images, reading
from wpis.documents.actions import store
from wpis.documents.checking.inspection import inspect
from wpis.documents.checking.scanner import Clamd, ScannerDown
from wpis.documents.models import State, Upload, UploadContent
from wpis.documents.queues import KIND, FileCheck
from wpis.documents.sandbox import Unreadable
from wpis.documents.verdicts import Refusal
from wpis.errors import Refused

_spec = importlib.util.spec_from_file_location("upload_corpus", Path(__file__).with_name("corpus.py"))
assert _spec
assert _spec.loader
corpus: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(corpus)

AT = datetime(2027, 1, 25, 9, tzinfo=UTC)
SENDER: Any = SimpleNamespace(pk=uuid.uuid4(), role="employer")


@pytest.fixture(autouse=True)
def no_scanner(settings: Any) -> None:
    settings.WPIS_CLAMD = ""


def sent(data: bytes, name: str = "contract.pdf") -> Upload:
    file = SimpleUploadedFile(name, data)
    return store(file, owner=uuid.uuid4(), party=uuid.uuid4(), kind="contract", by=SENDER, at=AT)


@contextmanager
def role(name: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {name}")
        yield
        cursor.execute("RESET ROLE")


class Answering(threading.Thread):
    """A server that speaks clamd's protocol (clamd(8), INSTREAM); `answer` decides on the bytes sent."""

    def __init__(self, answer: Callable[[bytes], bytes | None]) -> None:
        super().__init__(daemon=True)
        self.answer, self.seen = answer, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                wire, _ = self.server.accept()
            except OSError:
                return
            with wire, wire.makefile("rb") as received:
                command = b""
                while not command.endswith(b"\0"):
                    command += received.read(1)
                if command == b"zVERSION\0":
                    wire.sendall(b"ClamAV 1.4.3/27800/Mon Nov 16 2026\0")
                    continue
                data = b""
                while size := struct.unpack("!L", received.read(4))[0]:
                    data += received.read(size)
                self.seen = data
                if (answer := self.answer(data)) is not None:
                    wire.sendall(answer)


@pytest.fixture
def clamd(settings: Any) -> Iterator[Callable[..., Answering]]:
    started = []

    def start(answer: Callable[[bytes], bytes | None]) -> Answering:
        thread = Answering(answer)
        thread.start()
        started.append(thread)
        settings.WPIS_CLAMD = thread.address
        return thread

    yield start
    for thread in started:
        thread.server.close()


@pytest.mark.django_db
class TestStore:
    def test_a_file_waits_in_quarantine_and_its_check_is_asked_for(self) -> None:
        data = corpus.pdf()
        upload = sent(data, "C:\\scans\\contract.PDF")
        assert (upload.state, upload.name, upload.size, upload.pages) == (
            State.QUARANTINED,
            "contract.PDF",
            len(data),
            None,
        )
        assert upload.sha256 == upload.received_sha256 == hashlib.sha256(data).hexdigest()
        check = FileCheck.objects.get(kind=KIND, key=upload.pk)
        assert (check.due_at, check.party, check.account) == (AT, upload.party, SENDER.pk)

    def test_a_wrong_file_is_refused_at_once_in_words_and_leaves_nothing(self) -> None:
        with pytest.raises(Refused) as caught:
            sent(b"<svg/>", "photo.png")
        assert (caught.value.field, caught.value.reasons) == ("file", [str(Refusal.TYPE.label)])
        assert not Upload.objects.exists()

    def test_a_file_larger_than_allowed_is_not_read_to_its_end(self, settings: Any) -> None:
        settings.WPIS_UPLOAD_MAX_BYTES = 1000
        file = io.BytesIO(corpus.pdf() + b"%" * 10_000)
        file.name = "a.pdf"
        with pytest.raises(Refused):
            store(file, owner=uuid.uuid4(), party=uuid.uuid4(), kind="x", by=SENDER, at=AT)
        assert file.tell() == 1001

    def test_the_database_never_sees_the_bytes(self) -> None:
        upload = sent(corpus.pdf())
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM documents_uploadcontent WHERE upload_id = %s", [upload.pk])
            assert b"%PDF" not in bytes(cursor.fetchone()[0])

    def test_nothing_is_read_before_the_check(self) -> None:
        with pytest.raises(Refused):
            reading.content(sent(corpus.pdf()))


@pytest.mark.django_db
class TestCheck:
    def test_a_good_file_is_cleared_once(self) -> None:
        upload = sent(corpus.pdf())
        cleared = inspect(upload.pk, at=AT)
        assert (cleared.state, cleared.pages, cleared.reason, cleared.checked_at) == (State.CLEAN, 1, "", AT)
        assert reading.content(cleared) == corpus.pdf()
        assert inspect(upload.pk, at=datetime(2028, 1, 1, tzinfo=UTC)).checked_at == AT

    def test_without_a_scanner_the_upload_says_so(self) -> None:
        assert inspect(sent(corpus.pdf()).pk, at=AT).scanned_by == "structure only"

    def test_an_active_file_is_refused_and_not_kept(self) -> None:
        upload = sent(corpus.pdf(b"/OpenAction 4 0 R", b"<< /S /Named /JS (x) >>"))
        refused = inspect(upload.pk, at=AT)
        assert (refused.state, refused.reason, refused.why) == (
            State.REFUSED,
            Refusal.ACTIVE,
            str(Refusal.ACTIVE.label),
        )
        assert UploadContent.objects.get(pk=upload.pk).content is None
        with pytest.raises(Refused, match="program"):
            reading.content(refused)

    def test_a_photo_loses_its_place_and_stands_upright(self) -> None:
        photo = corpus.photo_with_place()
        upload = inspect(sent(photo, "me.jpg").pk, at=AT)
        kept = reading.content(upload)
        picture = Image.open(io.BytesIO(kept))
        assert (b"Camera of a person" in photo, b"Camera of a person" in kept) == (True, False)
        assert b"taken at home" not in kept
        assert not picture.getexif()
        assert picture.size == (48, 64)  # the phone lay on its side
        assert upload.received_sha256 == hashlib.sha256(photo).hexdigest()
        assert (upload.sha256, upload.size) == (hashlib.sha256(kept).hexdigest(), len(kept))

    def test_bytes_behind_a_picture_are_dropped(self) -> None:
        kept = reading.content(inspect(sent(corpus.picture("JPEG") + b"SECOND FILE" * 9, "me.jpg").pk, at=AT))
        assert b"SECOND FILE" not in kept

    def test_a_file_changed_after_its_check_is_not_read(self) -> None:
        upload = inspect(sent(corpus.pdf()).pk, at=AT)
        stored = UploadContent.objects.get(pk=upload.pk)
        stored.content = corpus.pdf(b"/Lang (hy)")
        stored.save()
        with pytest.raises(Tampered):
            reading.content(upload)

    def test_the_file_of_another_upload_is_not_read(self) -> None:
        mine, other = inspect(sent(corpus.pdf()).pk, at=AT), inspect(sent(corpus.pdf()).pk, at=AT)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE documents_uploadcontent SET content = (SELECT content FROM documents_uploadcontent "
                "WHERE upload_id = %s) WHERE upload_id = %s",
                [other.pk, mine.pk],
            )
        with pytest.raises(Tampered):
            reading.content(mine)


@pytest.mark.django_db
class TestDatabase:
    def test_each_surface_does_its_part_with_its_own_role(self) -> None:
        with time_machine.travel(AT, tick=False):
            let_database_follow()
        boss, photo = a_user(), SimpleUploadedFile("me.png", corpus.picture())
        with standing_on("portal"):
            upload = store(photo, owner=uuid.uuid4(), party=uuid.uuid4(), kind="photo", by=boss, at=AT)
        with standing_on("files"):
            assert inspect(upload.pk, at=AT).state == State.CLEAN
        with standing_on("office"):
            assert reading.content(Upload.objects.get(pk=upload.pk))

    @pytest.mark.parametrize("name", ["wpis_portal", "wpis_office", "wpis_protection"])
    def test_who_does_not_check_cannot_clear(self, name: str) -> None:
        upload = sent(corpus.pdf())
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), role(name):
            Upload.objects.filter(pk=upload.pk).update(state=State.CLEAN)

    def test_a_verdict_is_given_once_and_never_at_the_start(self) -> None:
        upload = Upload.objects.get(pk=inspect(sent(corpus.pdf()).pk, at=AT).pk)
        for state, reason in ((State.QUARANTINED, ""), (State.REFUSED, "type")):
            with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                Upload.objects.filter(pk=upload.pk).update(state=state, reason=reason)
        upload.pk = uuid.uuid4()
        with pytest.raises(DatabaseError, match="Cannot insert"), transaction.atomic():
            upload.save(force_insert=True)

    def test_a_refusal_has_a_reason(self) -> None:
        upload = sent(corpus.pdf())
        with pytest.raises(DatabaseError, match="upload_refused_with_reason"), transaction.atomic():
            Upload.objects.filter(pk=upload.pk).update(state=State.REFUSED)


@pytest.mark.django_db
class TestScanner:
    def test_the_scanner_sees_every_byte_and_is_named(self, clamd: Any) -> None:
        server = clamd(lambda data: b"stream: OK\0")
        data = corpus.pdf(b"", b"(" + b"x" * 300_000 + b")")
        upload = inspect(sent(data).pk, at=AT)
        assert (upload.state, server.seen) == (State.CLEAN, data)
        assert upload.scanned_by == "ClamAV 1.4.3/27800/Mon Nov 16 2026"

    def test_what_the_scanner_finds_is_refused_and_not_kept(self, clamd: Any) -> None:
        clamd(lambda data: b"stream: Eicar-Signature FOUND\0" if corpus.EICAR in data else b"stream: OK\0")
        upload = inspect(sent(corpus.pdf(b"", corpus.stream(b"", corpus.EICAR))).pk, at=AT)
        assert (upload.state, upload.reason) == (State.REFUSED, Refusal.MALWARE)
        assert UploadContent.objects.get(pk=upload.pk).content is None

    @pytest.mark.parametrize(
        "answer", [None, b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \0"]
    )
    def test_without_a_verdict_the_file_stays_in_quarantine(self, clamd: Any, answer: bytes | None) -> None:
        clamd(lambda data: answer)
        upload = sent(corpus.pdf())
        with pytest.raises(ScannerDown):
            inspect(upload.pk, at=AT)
        upload.refresh_from_db()
        assert (upload.state, upload.checked_at) == (State.QUARANTINED, None)

    def test_a_scanner_that_is_not_there_is_down(self, tmp_path: Path) -> None:
        for address in ("127.0.0.1:1", f"unix:{tmp_path}/nobody"):
            with pytest.raises(ScannerDown):
                Clamd(address).scan(b"x")


class TestPictures:
    def test_a_page_becomes_a_picture_of_the_asked_width(self) -> None:
        picture = Image.open(io.BytesIO(images.page_image(corpus.many_pages(3), 3, 400)))
        assert (picture.format, picture.size) == ("PNG", (400, 400))

    def test_a_photo_is_shown_no_larger_than_asked(self) -> None:
        picture = Image.open(io.BytesIO(images.page_image(corpus.picture("JPEG", (800, 600)), 1, 200)))
        assert picture.size == (200, 150)

    def test_the_page_shows_what_is_written_on_it(self) -> None:
        black = corpus.pdf(
            b"",
            corpus.stream(b"", b"0 0 100 100 re f"),
            page=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R >>",
        )
        picture = Image.open(io.BytesIO(images.page_image(black, 1, 200))).convert("L")
        assert (picture.getpixel((50, 50)), picture.getpixel((150, 50))) == (0, 255)

    def test_a_tall_page_cannot_make_an_endless_picture(self) -> None:
        tall = corpus.pdf(page=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 14000] >>")
        picture = Image.open(io.BytesIO(images.page_image(tall, 1, 2000)))
        assert picture.width * picture.height <= 2000 * 8000

    def test_a_page_that_does_not_exist_is_said(self) -> None:
        for page in (0, 2, -1):
            with pytest.raises(Unreadable):
                images.page_image(corpus.pdf(), page)

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
    def test_every_kind_of_picture_is_written_anew(self, mode: str) -> None:
        out = io.BytesIO()
        image = Image.linear_gradient("L").resize((64, 48))
        kind = "JPEG" if mode == "CMYK" else "PNG"
        (Image.new("I;16", (64, 48), 30_000) if mode == "I;16" else image.convert(mode)).save(out, kind)
        again = Image.open(io.BytesIO(images.reencode(out.getvalue())))
        assert (again.format, again.size) == (kind, (64, 48))

    def test_a_photo_keeps_enough_to_be_read(self) -> None:
        again = Image.open(io.BytesIO(images.reencode(corpus.picture("JPEG", (6000, 4000)))))
        assert max(again.size) == 5000
