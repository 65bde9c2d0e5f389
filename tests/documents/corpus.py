"""Generated ordinary and hostile files, each with its expected verdict."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pypdf
from PIL import Image

from wpis.documents.verdicts import Refusal

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>"


def pdf(catalog: bytes = b"", *more: bytes, page: bytes = PAGE, tail: bytes = b"") -> bytes:
    """A valid one-page PDF; `catalog` goes into its root, `more` are objects from number 4 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        *more,
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out) + tail


def stream(head: bytes, body: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


def compressed_objects(*bodies: bytes) -> bytes:
    """A PDF whose extra objects hide in a compressed object stream, with a cross-reference stream."""
    inner, index = b"", b""
    for n, body in enumerate(bodies):
        index += b"%d %d " % (10 + n, len(inner))
        inner += body + b" "
    packed = zlib.compress(index + inner)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 10 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE,
        4: stream(b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(bodies), len(index)), packed),
    }
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = [(0, 0, 65535)] + [(1, places[n], 0) for n in range(1, 5)] + [(1, start, 0)]
    rows += [(0, 0, 0)] * 4 + [(2, 4, n) for n in range(len(bodies))]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    out += b"5 0 obj\n%s\nendobj\n" % stream(
        b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R" % len(rows), table
    )
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def locked(owner_only: bool = False, data: bytes = b"") -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data or pdf())))
    writer.encrypt(user_password="" if owner_only else "secret", owner_password="other", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(out, kind, **options)
    return out.getvalue()


def picture_of(width: int, height: int) -> bytes:
    """One colour, half transparent: a small file that is large when it is opened."""
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (1, 2, 3, 128)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def animated() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 255)]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def with_annotation(*entries: bytes) -> bytes:
    """A page of 200 x 100 points with these fields or notes on it, each in a place of its own from the bottom up."""
    notes = [
        b"<< /Type /Annot /Rect [10 %d 190 %d] %s >>" % (10 + 25 * place, 30 + 25 * place, entry)
        for place, entry in enumerate(entries)
    ]
    return PAGE[:-2] + b"/Annots [" + b" ".join(notes) + b"] >>"


def photo_with_place() -> bytes:
    """A phone's photo, lying on its side, with the camera's name and a place in its metadata."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of a person"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif, comment=b"taken at home")


def png_that_lies(width: int, height: int) -> bytes:
    """A PNG header promising a huge picture over a few bytes of data."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zipped(name: str = "a.txt", body: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = b"<< /Type /Action /S /JavaScript /JS (app.launchURL\\('http://x'\\)) >>"
LOOP = b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"


def accepted() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of files that ordinary people send."""
    yield "contract.pdf", pdf()
    yield "Պայմանագիր.PDF", pdf()
    yield "no ending", pdf()
    yield (
        "with a web address.pdf",
        pdf(b"", b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://x.am) >> >>"),
    )
    yield "with a paper form.pdf", pdf(b"/AcroForm << /Fields [] >>")
    yield "60 pages.pdf", many_pages(60)
    yield "compressed.pdf", compressed_objects(b"[3 0 R /Fit]")
    yield "late header.pdf", b"\n" * 20 + pdf()
    yield "byte order mark.pdf", b"\xef\xbb\xbf" + pdf()
    yield "locked for copying.pdf", locked(owner_only=True)
    yield "padded.pdf", pdf(tail=b"\0" * 5000)
    yield "padded with blank lines.pdf", pdf(tail=b"\r\n" * 4000 + b"\x1a")
    yield "Contract 12.05.2026", pdf()
    yield "Պայմանագիր 12.05.26", picture()
    yield "contract v1.final", pdf()
    yield "Contract No. 5", picture("JPEG")
    yield "passport.png", picture()
    yield "passport.jpg", picture("JPEG")
    yield "phone.jpeg", photo_with_place()
    yield "progressive.jpg", picture("JPEG", progressive=True)
    yield "wrong picture ending.jpg", picture()
    yield "large.jpg", picture("JPEG", (6000, 4000))


def refused() -> Iterator[tuple[str, bytes, Refusal]]:
    """(name, bytes, reason) of files that must not come in."""
    yield "nothing.pdf", b"", Refusal.EMPTY
    yield "large.pdf", pdf() + b"%" * 11 * 2**20, Refusal.TOO_LARGE
    yield "eicar.pdf", EICAR, Refusal.TYPE
    yield "eicar.com", EICAR, Refusal.TYPE
    yield "page.png", SVG, Refusal.TYPE
    yield "page.html", b"<html><script>alert(1)</script>", Refusal.TYPE
    yield "letter.docx", zipped("word/document.xml"), Refusal.TYPE
    yield "bomb.zip", zipped("bomb", b"\0" * 10_000_000), Refusal.TYPE
    yield "program.pdf", b"MZ" + b"\0" * 200, Refusal.TYPE
    yield "animation.gif", b"GIF89a" + b"\0" * 50, Refusal.TYPE
    yield "photo.heic", b"\0\0\0\x18ftypheic" + b"\0" * 50, Refusal.TYPE
    yield "very late header.pdf", b"\n" * 200 + pdf(), Refusal.TYPE
    yield "text in front.pdf", b"hello " + pdf(), Refusal.TYPE
    yield "passport.exe", picture(), Refusal.NAME
    yield "passport\u202egpj.exe", picture("JPEG"), Refusal.NAME
    yield "passport.pdf", picture(), Refusal.NAME
    yield "contract.docx", pdf(), Refusal.NAME
    yield "Contract 12.05.2026.HTML", pdf(), Refusal.NAME
    yield "passport.png", pdf(), Refusal.NAME
    yield "pdf and zip.pdf", pdf(tail=zipped()), Refusal.MIXED
    yield "png and zip.png", picture() + zipped(), Refusal.MIXED
    yield "jpeg and html.jpg", picture("JPEG", comment=b"<script>alert(1)</script>"), Refusal.MIXED
    yield "jpeg and pdf.jpg", picture("JPEG", comment=b"%PDF-1.7\n"), Refusal.MIXED
    yield "pdf and program.pdf", pdf(tail=b"MZ\x90\0" + b"\1" * 3000), Refusal.MIXED
    yield "pdf, padding and zip.pdf", pdf(tail=b"\0" * 5000 + zipped()), Refusal.MIXED
    yield "pdf and page.pdf", pdf(tail=b"\n" * 3000 + b"<script>alert(1)</script>"), Refusal.MIXED
    yield "pdf and more.pdf", pdf(tail=b"\n" * 3000 + b"left over"), Refusal.TRAILING
    yield "pdf and html.pdf", pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<html><body>\n", 1), Refusal.MIXED
    yield "starts a script.pdf", pdf(b"/OpenAction 4 0 R", SCRIPT), Refusal.ACTIVE
    yield "escaped name.pdf", pdf(b"/OpenAction 4 0 R", b"<< /S /J#61va#53cript /#4AS (x) >>"), Refusal.ACTIVE
    yield "hidden in a stream.pdf", compressed_objects(b"<< /S /JavaScript /JS (x) >>"), Refusal.ACTIVE
    yield "nobody points to it.pdf", pdf(b"", b"<< /S /Named /JS (x) >>"), Refusal.ACTIVE
    yield "names tree.pdf", pdf(b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", SCRIPT), Refusal.ACTIVE
    yield "launch.pdf", pdf(b"/OpenAction 4 0 R", b"<< /S /Launch /F (cmd.exe) >>"), Refusal.ACTIVE
    yield "submit.pdf", pdf(b"/OpenAction 4 0 R", b"<< /S /SubmitForm /F (http://x) >>"), Refusal.ACTIVE
    yield (
        "network path.pdf",
        pdf(b"/OpenAction 4 0 R", b"<< /S /GoToR /F (\\\\\\\\x\\\\y) >>"),
        Refusal.ACTIVE,
    )
    yield "older revision.pdf", pdf(b"/OpenAction 4 0 R", SCRIPT) + pdf(), Refusal.ACTIVE
    yield (
        "attachment.pdf",
        pdf(b"/Names << /EmbeddedFiles 4 0 R >>", b"<< /Names [] >>", stream(b"/Type /EmbeddedFile", b"x")),
        Refusal.ATTACHMENT,
    )
    yield "file annotation.pdf", compressed_objects(b"<< /Subtype /FileAttachment >>"), Refusal.ATTACHMENT
    yield "portfolio.pdf", pdf(b"/Collection << /View /D >>"), Refusal.ATTACHMENT
    yield "moving.png", animated(), Refusal.UNSEEN
    yield "unseen.pdf", pdf(page=with_annotation(b"/Subtype /Text /Contents (wage 90000)")), Refusal.UNSEEN
    yield "xfa.pdf", pdf(b"/AcroForm << /XFA 4 0 R >>", stream(b"", b"<xdp/>")), Refusal.FORM
    yield "locked.pdf", locked(), Refusal.LOCKED
    yield (
        "locked for copying, with a program.pdf",
        locked(True, pdf(b"/OpenAction 4 0 R", SCRIPT)),
        Refusal.ACTIVE,
    )
    yield "61 pages.pdf", many_pages(61), Refusal.TOO_MANY_PAGES
    yield "no end.pdf", pdf()[:-20], Refusal.DAMAGED
    yield "header only.pdf", b"%PDF-1.7\n%%EOF\n", Refusal.DAMAGED
    yield "loop.pdf", pdf().replace(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", LOOP), Refusal.DAMAGED
    yield "deep.pdf", pdf(b"/X " + b"[" * 100_000 + b"]" * 100_000), Refusal.DAMAGED
    yield "flood.png", png_that_lies(30_000, 30_000), Refusal.TOO_MANY_PIXELS
    yield "needs too much memory.png", picture_of(7000, 7000), Refusal.TOO_MANY_PIXELS
    yield "cut.png", picture()[:60], Refusal.DAMAGED
    yield "cut.jpg", picture("JPEG", (800, 600))[:2000], Refusal.DAMAGED
    yield "half.png", png_that_lies(3000, 3000), Refusal.DAMAGED
