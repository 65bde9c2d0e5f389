"""The printed permit: equal bytes, standards, long names, and a picture that is the code."""

import base64
import dataclasses
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import segno
from pypdf.generic import DictionaryObject, StreamObject

from permits.certificate import Bilingual, PermitFace, render
from wpis.crypto.new_keys import public_keys as public_keys_of
from wpis.crypto.permit_codes import PermitClaims, issue, verify
from wpis.errors import Refused
from wpis.ui.fields.name import BELONGS, Script, tidy

MM = 72 / 25.4  # points


@pytest.fixture
def face(settings: Any) -> PermitFace:
    settings.WPIS_PERMIT_KEY = {"kid": "p1", "seed": base64.b64encode(b"p" * 32).decode()}
    settings.WPIS_PERMIT_PUBLIC_KEYS = json.loads(public_keys_of(json.dumps(settings.WPIS_PERMIT_KEY)))
    code = issue(
        PermitClaims(
            number="WP-2027-000123",
            name="R*** S***",
            employer="«Արարատ Շինարարություն» ՍՊԸ",
            occupation="Mason",
            marz="Ararat",
            valid_from=date(2027, 2, 1),
            valid_until=date(2028, 1, 31),
            issuer="Migration and Citizenship Service",
        )
    )
    return PermitFace(
        number="WP-2027-000123",
        worker=Bilingual("Ռաջեշ Շարմա", "RAJESH SHARMA"),
        birth_year=1991,
        employer=Bilingual("«Արարատ Շինարարություն» ՍՊԸ", "Ararat Construction LLC"),
        occupation=Bilingual("Որմնադիր", "Mason"),
        workplace=Bilingual("ք. Արտաշատ, Շահումյան փողոց 12", "12 Shahumyan Street, Artashat"),
        marz=Bilingual("Արարատ", "Ararat"),
        monthly_wage=250_000,
        weekly_hours=40,
        valid_from=date(2027, 2, 1),
        valid_until=date(2028, 1, 31),
        legal_ground=Bilingual("«Օտարերկրացիների մասին» օրենք", "Law on Foreigners"),
        issued_at=datetime(2027, 1, 25, 21, 30, tzinfo=UTC),
        issued_by=Bilingual("Միգրացիայի և քաղաքացիության ծառայություն", "Migration and Citizenship Service"),
        verify_url="https://permit.example.am/v/7QK4-M2XD-93HT-BB5P",
        code=code,
    )


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_same_permit_gives_the_same_bytes(face: PermitFace) -> None:
    assert render(face) == render(dataclasses.replace(face))


def test_every_field_changes_the_file(face: PermitFace) -> None:
    before = render(face)
    other = Bilingual("Այլ", "Other")
    changes: dict[str, Any] = {
        f.name: other for f in dataclasses.fields(face) if isinstance(getattr(face, f.name), Bilingual)
    } | {
        "number": "WP-2027-000124",
        "birth_year": 1992,
        "monthly_wage": 250_001,
        "weekly_hours": 39,
        "valid_from": date(2027, 2, 2),
        "valid_until": date(2028, 1, 30),
        "issued_at": face.issued_at + timedelta(seconds=1),
        "signed_again_at": face.issued_at + timedelta(days=1),
        "verify_url": "https://permit.example.am/v/other",
        "code": face.code[:-1] + "B",
    }
    assert set(changes) == {f.name for f in dataclasses.fields(face)}
    assert all(render(dataclasses.replace(face, **{name: new})) != before for name, new in changes.items())


def test_the_file_says_it_is_for_archives_and_for_screen_readers(face: PermitFace) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(face)))
    archive, tagged = (reader.root_object[key].get_object() for key in ("/Metadata", "/MarkInfo"))
    assert isinstance(archive, StreamObject)
    assert isinstance(tagged, DictionaryObject)
    xmp = archive.get_data().decode()
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", xmp)
    assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", xmp)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", xmp)
    assert tagged["/Marked"]
    assert reader.metadata
    assert reader.metadata.creation_date == face.issued_at


def test_both_languages_can_be_read_back(face: PermitFace) -> None:
    said = text(render(face))
    for words in ("RAJESH SHARMA", "Ռաջեշ Շարմա", "AMD 250,000", "250 000 դրամ", "40 ժամ", "WP-2027-000123"):
        assert words in said.replace("\u00a0", " ")
    assert "31 January 2028" in said
    assert "2028 թ. հունվարի 31" in said


def test_the_day_of_issue_is_the_day_in_yerevan(face: PermitFace) -> None:
    assert "26 January 2027" in text(render(face))


def test_what_is_not_known_is_not_printed(face: PermitFace) -> None:
    bare = dataclasses.replace(face, birth_year=None, monthly_wage=None, weekly_hours=None)
    assert "Monthly wage" in text(render(face))
    assert not re.search("Monthly wage|Year of birth|Working time|None", text(render(bare)))


def test_an_absent_language_shows_the_other_one(face: PermitFace) -> None:
    said = text(render(dataclasses.replace(face, occupation=Bilingual("", "Stonecutter"))))
    assert said.count("Stonecutter") == 2


def test_long_names_stay_on_the_paper(face: PermitFace) -> None:
    pdf = render(
        dataclasses.replace(
            face,
            worker=Bilingual(
                "Վենկատանարասիմհարաջուվարիպետա " * 4, "VENKATANARASIMHARAJUVARIPETASIVAPRASAD" * 3
            ),
            employer=Bilingual("Միջազգային շինարարական ընկերություն " * 8, "W" * 200),
        )
    )
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        letters = page.get_textpage()
        for n in range(letters.count_chars()):
            left, bottom, right, top = letters.get_charbox(n)
            assert left >= 17 * MM
            assert right <= (210 - 17) * MM
            assert bottom >= 5 * MM
            assert top <= (297 - 10) * MM
    document.close()


def test_names_are_text_and_never_markup(face: PermitFace) -> None:
    tricky = '#set text(size: 90pt) $x$ *b* _c_ @d <e> "f" \\ // g'
    assert tricky in text(render(dataclasses.replace(face, employer=Bilingual("", tricky))))


def test_invisible_characters_are_not_printed(face: PermitFace) -> None:
    tricky = Bilingual("", "Ara\u202erat\x00 LLC\u200b\ud800")
    assert "Ararat LLC" in text(render(dataclasses.replace(face, employer=tricky)))


def test_a_letter_without_a_shape_is_refused_in_words(face: PermitFace) -> None:
    with pytest.raises(Refused, match="張"):
        render(dataclasses.replace(face, employer=Bilingual("", "張 Trading")))


def test_the_printed_picture_is_the_signed_code(face: PermitFace) -> None:
    """Reads the modules back from the page, at the place where the template puts the code."""
    scale = 6
    document = pypdfium2.PdfDocument(render(face))
    page = document[0].render(scale=scale).to_pil().convert("L")
    document.close()
    left, size = (18 + 83 + 8) * MM * scale, 36 * MM * scale
    column = [page.getpixel((int(left + 4), y)) for y in range(page.height)]
    rows = [y for y in range(int(page.height * 0.6), page.height) if column[y] < 128]
    module = size / len(segno.make_qr(face.code, error="m", boost_error=False).matrix)
    top = next(y for y in rows if all(column[y + k] < 128 for k in range(int(module * 6))))
    matrix = segno.make_qr(face.code, error="m", boost_error=False).matrix
    seen = [
        [
            page.getpixel((int(left + (x + 0.5) * module), int(top + (y + 0.5) * module))) < 128
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert seen == [[bool(cell) for cell in row] for row in matrix]
    assert verify(face.code, now=face.issued_at + timedelta(days=30)).number == face.number


def test_the_fonts_carry_their_licence() -> None:
    fonts = Path(__file__).parents[2] / "permits" / "certificate" / "fonts"
    assert sorted(path.suffix for path in fonts.iterdir()) == [".ttf"] * 4 + [".txt"] * 2
    assert all("SIL Open Font License" in path.read_text() for path in fonts.glob("*.txt"))


def test_every_sign_that_a_name_may_have_can_be_printed(face: PermitFace) -> None:
    for script in Script:
        signs = [chr(code) for code in range(0x20, 0x1F00) if BELONGS[script](chr(code))]
        kept = sorted(
            {sign for name in signs for sign in tidy(f"a{name}" if script is Script.LATIN else name)}
        )
        assert len(kept) > 70
        for start in range(0, len(kept), 60):
            name = "".join(
                f"a{sign}" if "\u0300" <= sign <= "\u036f" else sign for sign in kept[start : start + 60]
            )
            worker = Bilingual(name, name)
            assert render(dataclasses.replace(face, worker=worker)).startswith(b"%PDF"), name
