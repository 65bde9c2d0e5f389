"""Detects the type of a file from its bytes and decides whether it is accepted."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from django.conf import settings

from wpis.documents import sandbox
from wpis.documents.endings import ENDINGS, OTHER_ENDINGS
from wpis.documents.verdicts import FileType, Refusal

MAX_NAME = 100
STARTS = {
    FileType.PDF: re.compile(rb"(?:\xef\xbb\xbf)?[\s\0]{0,64}%PDF-"),  # readers pass over blanks in front
    FileType.JPEG: re.compile(rb"\xff\xd8\xff"),
    FileType.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
}
IMAGES = (FileType.JPEG, FileType.PNG)
OTHER_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"PK",
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"#!",
    b"BM",
)
SECOND_FILE = re.compile(rb"<\s*(script|html|!doctype|svg)\b|<\?php", re.IGNORECASE)
PDF_HEADER_ZONE = 1024  # a reader accepts a PDF that begins anywhere in here
END = b"%%EOF"
PADDING = b" \t\r\n\f\0\x1a"  # what programs fill a file up with; no program reads it as anything
LONG_NAMES = (
    (re.compile(rb"/(JavaScript|Launch|SubmitForm|ImportData|RichMedia)\b"), Refusal.ACTIVE),
    (re.compile(rb"/(EmbeddedFiles?|FileAttachment)\b"), Refusal.ATTACHMENT),
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. `kind` is None for a file of no accepted type; `reason` is None when it is accepted."""

    kind: FileType | None
    name: str
    reason: Refusal | None = None
    pages: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the file is accepted."""
        return self.reason is None

    @property
    def mime(self) -> str:
        """The media type, by content; empty for a file of no accepted type."""
        return self.kind.value if self.kind else ""


def glance(data: bytes, declared_name: str) -> Inspection:
    """Test size, type, name and embedded files by the bytes alone; parses nothing, so it is safe in a request."""
    kind = next((kind for kind, start in STARTS.items() if start.match(data)), None)
    name = clean_name(declared_name, kind)
    if not data:
        return Inspection(None, name, Refusal.EMPTY)
    if len(data) > settings.WPIS_UPLOAD_MAX_BYTES:
        return Inspection(kind, name, Refusal.TOO_LARGE)
    if kind is None or not _agrees(data, kind):
        return Inspection(None, name, Refusal.TYPE)
    if not _fits(clean_name(declared_name, None), kind):
        return Inspection(kind, name, Refusal.NAME)
    return Inspection(kind, name, _second_file(data, kind) or _plain_text_names(data, kind))


def inspect(data: bytes, declared_name: str) -> Inspection:
    """Everything `glance` sees, then the structure, parsed in a process of its own.

    Raises OSError when that process cannot be started.
    """
    seen = glance(data, declared_name)
    if not seen.ok:
        return seen
    try:
        findings, _picture = sandbox.run("inspect", data)
    except sandbox.Unreadable as refused:
        return Inspection(seen.kind, seen.name, refused.reason)
    return Inspection(seen.kind, seen.name, pages=findings["pages"])


def clean_name(declared: str, kind: FileType | None) -> str:
    """The sender's name for the file, safe to show and to save: no path, no control or direction characters.

    With `kind`, the ending is the one of the content.
    """
    text = unicodedata.normalize("NFC", declared).replace("\\", "/")
    text = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    base = re.sub(r'[<>:"|?*]', "_", PurePosixPath(text).name)
    base = " ".join(base.split()).strip(". ") or "document"
    path = PurePosixPath(base)
    ending = path.suffix[:12]
    if kind is not None and path.suffix.lower() not in ENDINGS[kind]:
        known = {end for ends in ENDINGS.values() for end in ends}
        stem = path.stem if path.suffix.lower() in known else base
        path, ending = PurePosixPath(f"{stem}{ENDINGS[kind][0]}"), ENDINGS[kind][0]
    return path.stem[: MAX_NAME - len(ending)].rstrip(". ") + ending


def _agrees(data: bytes, kind: FileType) -> bool:
    """Whether the independent list of signatures knows these bytes as the same type."""
    start = data.find(b"%PDF-") if kind is FileType.PDF else 0
    try:
        return kind.value in {match.mime_type for match in puremagic.magic_string(data[start:])}
    except puremagic.PureError:
        return False


def _fits(name: str, kind: FileType) -> bool:
    """Whether the ending fits the content; phones save one image type under the other's ending, which is accepted."""
    ending = PurePosixPath(name).suffix.lower()
    allowed = [end for other in (IMAGES if kind in IMAGES else (kind,)) for end in ENDINGS[other]]
    promises = OTHER_ENDINGS.union(*ENDINGS.values())
    return ending in allowed or ending not in promises


def _second_file(data: bytes, kind: FileType) -> Refusal | None:
    """Bytes that another program would read as a file of its own."""
    head = data[:PDF_HEADER_ZONE]
    if zipfile.is_zipfile(io.BytesIO(data)) or SECOND_FILE.search(data if kind in IMAGES else head):
        return Refusal.MIXED
    if kind in IMAGES and b"%PDF-" in head:
        return Refusal.MIXED
    return _behind_the_end(data) if kind is FileType.PDF else None


def _behind_the_end(data: bytes) -> Refusal | None:
    """What stands behind the last end mark of a PDF: padding of any length is harmless."""
    _before, end, rest = data.rpartition(END)
    if not end:
        return Refusal.DAMAGED
    rest = rest.strip(PADDING)
    if not rest:
        return None
    return Refusal.MIXED if SECOND_FILE.search(rest) or rest.startswith(OTHER_STARTS) else Refusal.TRAILING


def _plain_text_names(data: bytes, kind: FileType) -> Refusal | None:
    """Names in plain text, also in parts of the file that no cross-reference table lists."""
    if kind is not FileType.PDF:
        return None
    return next((reason for pattern, reason in LONG_NAMES if pattern.search(data)), None)
