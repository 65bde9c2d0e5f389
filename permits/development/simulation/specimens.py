"""Specimen documents for uploads: real PDF and PNG files marked as specimens, generated once."""

from functools import cache
from typing import Any

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from permits.certificate.render import HERE
from permits.models import DocumentKind

_PASSPORT = """#set page(width: 125mm, height: 88mm, margin: 7mm, fill: rgb("#e9eef2"))
#set text(size: 9pt)
#text(size: 13pt, weight: "bold")[PASSPORT · SPECIMEN · ՆՄՈՒՇ]
#v(3mm)
#grid(columns: (30mm, 1fr), column-gutter: 6mm,
  rect(width: 30mm, height: 38mm, fill: rgb("#c5d0d8"))[#align(center + horizon)[PHOTO]],
  [This page stands for the copy of a passport in a synthetic country. No such person exists. \\
   Այս էջը հորինված երկրի անձնագրի պատճենի փոխարեն է։ Նման անձ գոյություն չունի։])
#v(1fr)
#text(size: 8pt)[P\\<UTOSPECIMEN\\<\\<SYNTHETIC\\<\\<\\<\\<\\<\\<\\<\\<\\<\\<\\<\\<\\<\\<\\<]
"""
_CONTRACT = """#set page(width: 148mm, height: 210mm, margin: 16mm)
#set text(size: 10pt)
#align(center)[#text(size: 14pt, weight: "bold")[Employment contract · Աշխատանքային պայմանագիր]]
#v(4mm)
#align(center)[SPECIMEN · ՆՄՈՒՇ]
#v(6mm)
This page stands for the signed contract in a synthetic country. Its terms are those of the application.

Այս էջը հորինված երկրի ստորագրված պայմանագրի փոխարեն է։ Պայմանները դիմումում նշվածներն են։
#v(1fr)
#grid(columns: (1fr, 1fr), [Employer · Գործատու], [Worker · Աշխատող])
"""


@cache
def _made(kind: str) -> tuple[str, str, bytes]:
    """File name, media type and content."""
    fonts: Any = {"font_paths": [str(HERE / "fonts")], "ignore_system_fonts": True}
    if kind == DocumentKind.PASSPORT:
        picture: bytes = typst.compile(_PASSPORT.encode(), format="png", ppi=110, **fonts)
        return f"{kind}.png", "image/png", picture
    pdf: bytes = typst.compile(_CONTRACT.encode(), format="pdf", **fonts)
    return f"{kind}.pdf", "application/pdf", pdf


def specimen(kind: str) -> SimpleUploadedFile:
    """A specimen document of this kind, as a browser sends it."""
    name, mime, content = _made(kind)
    return SimpleUploadedFile(name, content, content_type=mime)
