"""Renders the face of a permit as PDF/A-2a and PDF/UA-1, identical byte for byte each time."""

import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
import typst
from babel.dates import format_date
from django.utils.translation import gettext as _

from wpis.errors import Refused
from wpis.fonts.coverage import FONTS, as_printed, unprintable
from wpis.formatting.numbers import NO_BREAK, grouped

from .face import Bilingual, PermitFace

HERE = Path(__file__).parent
STANDARDS: Any = ["a-2a", "ua-1"]  # archive for decades; readable aloud
YEREVAN = ZoneInfo("Asia/Yerevan")


def render(face: PermitFace) -> bytes:
    """The PDF of the permit. The text comes in as data, so no name can be read as markup.

    Raises Refused when a text has a letter that the permit's fonts do not hold: it must be transliterated,
    an official document must not print a blank in a name.
    """
    try:
        pdf: bytes = typst.compile(
            str(HERE / "certificate.typ"),
            root=str(HERE),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int((face.signed_again_at or face.issued_at).timestamp()),
            sys_inputs={"face": json.dumps(_printed(face), ensure_ascii=False)},
        )
    except typst.TypstError as error:
        if missing := re.search(r'the text `"(.+?)"` could not be displayed', str(error)):
            raise Refused(
                _("The permit cannot be printed: write “%(letters)s” in Latin or Armenian letters.")
                % {"letters": missing[1]}
            ) from None
        raise
    return pdf


def _printed(face: PermitFace) -> dict[str, object]:
    """The texts of the template, formatted for each language."""
    issued_on = face.issued_at.astimezone(YEREVAN).date()
    again = face.signed_again_at
    rows = {
        "worker": face.worker,
        "birth_year": Bilingual(f"{face.birth_year} թ.", str(face.birth_year)) if face.birth_year else None,
        "employer": face.employer,
        "occupation": face.occupation,
        "workplace": face.workplace,
        "marz": face.marz,
        "wage": _drams(face.monthly_wage) if face.monthly_wage is not None else None,
        "hours": Bilingual(f"{face.weekly_hours} ժամ", f"{face.weekly_hours} hours")
        if face.weekly_hours is not None
        else None,
        "valid_from": _day(face.valid_from),
        "valid_until": _day(face.valid_until),
        "legal_ground": face.legal_ground,
        "issued_on": _day(issued_on),
        "signed_again_on": _day(again.astimezone(YEREVAN).date()) if again else None,
        "issued_by": face.issued_by,
    }
    return {
        "number": as_printed(face.number),
        "rows": {name: _pair(value) for name, value in rows.items() if value is not None},
        "verify_url": face.verify_url,
        "online": _qr(face.verify_url),
        "offline": _qr(face.code),
    }


def _pair(value: Bilingual) -> dict[str, str]:
    """Both sides as they are printed. One that the fonts cannot show is replaced by the other, if that can be."""
    hy, en = as_printed(value.hy), as_printed(value.en)
    if en and unprintable(hy) and not unprintable(en):
        hy = en
    elif hy and unprintable(en) and not unprintable(hy):
        en = hy
    return {"hy": hy or en, "en": en or hy}


def _drams(amount: int) -> Bilingual:
    return Bilingual(f"{grouped(amount)}{NO_BREAK}դրամ", f"AMD{NO_BREAK}{amount:,}")


def _day(day: date) -> Bilingual:
    return Bilingual(format_date(day, "y թ. MMMM d", locale="hy"), format_date(day, "d MMMM y", locale="en"))


def _qr(content: str) -> str:
    out = io.BytesIO()
    segno.make_qr(content, error="m", boost_error=False).save(
        out, kind="svg", border=0, dark="#1C1F2B", xmldecl=False, nl=False
    )
    return out.getvalue().decode()
