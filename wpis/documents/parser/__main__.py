"""Parses one untrusted file in a short-lived process with limited resources.

Started by `sandbox.py` as a script, never imported by the site: it knows no Django, no database and no keys.
It limits itself before it reads a byte. Standard input is the file; standard output is one line of JSON and,
after it, the bytes of a picture if one was asked for.
"""

import contextlib
import ctypes
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 512 * 2**20
CPU_SECONDS = 8
MAX_PIXELS = 50_000_000
MAX_SIDE = 5000  # pixels kept of a photo: 600 dpi for a passport page
MAX_PAGES = 60
MAX_OBJECTS = 200_000
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000  # unshare(2)
NO_NEW_PRIVILEGES = 38  # prctl(2)

# What a PDF may not hold, by the name of the key (ISO 32000-1, 12.6 actions, 12.7 forms, 7.11.4 files).
ACTIVE = {
    "/JS",
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMedia",
}
ACTIVE |= {"/Movie", "/Sound", "/3D", "/RichMediaExecute"}
ATTACHED = {"/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/EF", "/Collection"}
FORM = {"/XFA"}


class Refused(Exception):
    """The file is refused; the text is a value of `verdicts.Refusal`."""


def limit() -> None:
    """Limit memory and time; forbid new files, new processes and, where the kernel allows it, the network."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.unshare(NEW_USER | NEW_NETWORK)  # a container may forbid it; the limits above hold all the same
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def inspect_pdf(data: bytes) -> dict[str, Any]:
    """The number of pages, after every object has been looked at and the first page has been drawn."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refused("locked")
    for name in names_in(reader):
        if name in ACTIVE:
            raise Refused("active")
        if name in ATTACHED:
            raise Refused("attachment")
        if name in FORM:
            raise Refused("form")
    pages = len(reader.pages)
    if pages > MAX_PAGES:
        raise Refused("too_many_pages")
    if not pages:
        raise Refused("damaged")
    draw_pdf(data, 1, 100)
    return {"pages": pages}


def names_in(reader: Any) -> Iterator[str]:
    """Every key and name of every object in the file, reachable or not; names are unescaped."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

    numbers = {(n, g) for g, table in reader.xref.items() for n in table} | {
        (n, 0) for n in reader.xref_objStm
    }
    if len(numbers) > MAX_OBJECTS:
        raise Refused("damaged")
    waiting: list[Any] = [reader.trailer]
    waiting += [IndirectObject(n, g, reader).get_object() for n, g in sorted(numbers)]
    steps = 0
    while waiting:
        value = waiting.pop()
        steps += 1
        if steps > 20 * MAX_OBJECTS:
            raise Refused("damaged")
        if isinstance(value, DictionaryObject):
            yield from (str(key) for key in value)
            waiting += dict.values(value)
        elif isinstance(value, ArrayObject):
            waiting += list.__iter__(value)
        elif isinstance(value, NameObject):
            yield str(value)


def draw_pdf(data: bytes, page: int, width: int) -> bytes:
    """One page as PNG, `width` pixels wide; a page far too long is drawn smaller."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    if not 1 <= page <= len(document):
        raise Refused("damaged")
    leaf = document[page - 1]
    wide, high = leaf.get_size()
    if wide <= 0 or high <= 0:
        raise Refused("damaged")
    scale = min(width / wide, 4 * width / high)
    return as_png(leaf.render(scale=scale, may_draw_forms=False).to_pil())


def inspect_image(data: bytes) -> dict[str, Any]:
    """Open and decode the picture completely."""
    opened(data)
    return {"pages": 1}


def opened(data: bytes) -> Any:
    """The picture upright, without anything that was attached to it, at most MAX_SIDE pixels on a side."""
    try:
        return decoded(data)
    except MemoryError:
        raise Refused("too_many_pixels") from None


def decoded(data: bytes) -> Any:
    """Decode for `opened` within the memory limit."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the next lines hold our own limit, before anything is decoded
    picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused("too_many_pixels")
    picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
    picture.load()
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(picture)
    mode = "RGBA" if upright.has_transparency_data else "L" if upright.mode in {"1", "L"} else "RGB"
    plain = Image.new(mode, upright.size)
    plain.paste(upright.convert(mode))
    return plain


def reencode(data: bytes) -> bytes:
    """The image re-encoded, without metadata or trailing data."""
    out = io.BytesIO()
    picture = opened(data)
    if data[:2] == b"\xff\xd8":
        picture.convert("L" if picture.mode == "L" else "RGB").save(out, "JPEG", quality=90)
    else:
        picture.save(out, "PNG")
    return out.getvalue()


def draw_image(data: bytes, width: int) -> bytes:
    """The picture as PNG, at most `width` pixels wide."""
    picture = opened(data)
    picture.thumbnail((width, 4 * width))
    return as_png(picture)


def as_png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def main(task: str, *arguments: str) -> tuple[dict[str, Any], bytes]:
    """Do one task on the file at standard input."""
    data = sys.stdin.buffer.read()
    pdf = data[:5] == b"%PDF-"
    if task == "inspect":
        return (inspect_pdf(data) if pdf else inspect_image(data)), b""
    if task == "reencode":
        return {}, reencode(data)
    page, width = (int(argument) for argument in arguments)
    return {}, draw_pdf(data, page, width) if pdf else draw_image(data, width)


if __name__ == "__main__":
    limit()
    try:
        answer, picture = main(*sys.argv[1:])
    except Refused as refusal:
        answer, picture = {"refused": str(refusal)}, b""
    except (Exception, RecursionError, MemoryError):  # whatever a parser says of a broken file
        answer, picture = {"refused": "damaged"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + picture)
