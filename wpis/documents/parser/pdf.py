"""PDF files: every object is looked at, nothing of it is executed, and a page is drawn with all that shows on it."""

import io
from collections.abc import Iterator
from typing import Any

from wpis.documents.parser import scans, visibility
from wpis.documents.parser.refusing import Refused

MAX_PAGES = 60
MAX_OBJECTS = 200_000

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
OTHER_LOOKS = {"/Alternates"}  # another picture in print than on a screen (ISO 32000-1, 8.9.5.4)
REFUSALS = {
    name: reason
    for names, reason in (
        (ACTIVE, "active"),
        (ATTACHED, "attachment"),
        (FORM, "form"),
        (OTHER_LOOKS, "unseen"),
    )
    for name in names
}


def inspect(data: bytes) -> dict[str, Any]:
    """The number of pages, after every object has been looked at and the first page has been drawn."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):  # what opens without a password is not locked
        raise Refused("locked")
    for name in names_in(reader):
        if name in REFUSALS:
            raise Refused(REFUSALS[name])
    pages = len(reader.pages)
    if pages > MAX_PAGES:
        raise Refused("too_many_pages")
    if not pages:
        raise Refused("damaged")
    if visibility.hidden(reader):
        raise Refused("unseen")
    draw(data, 1, 100)
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


def draw(data: bytes, page: int, width: int) -> bytes:
    """One page as PNG, `width` pixels wide; a page far too long is drawn smaller.

    Filled fields, ticks and signatures are drawn as well as notes: what `visibility` lets through is all visible.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    document.init_forms()  # before a page is loaded, or the fields of a form stay empty
    if not 1 <= page <= len(document):
        raise Refused("damaged")
    leaf = document[page - 1]
    wide, high = leaf.get_size()
    if wide <= 0 or high <= 0:
        raise Refused("damaged")
    scale = min(width / wide, 4 * width / high)
    return scans.as_png(leaf.render(scale=scale).to_pil())
