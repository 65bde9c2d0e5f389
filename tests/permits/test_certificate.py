"""The printed permit: equal bytes, standards, long names, and a picture that is the code."""

import base64
import dataclasses
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pgtrigger
import pypdf
import pypdfium2
import pytest
import segno
from django.core.exceptions import ValidationError
from pypdf.generic import DictionaryObject, StreamObject

from permits.certificate import Bilingual, PermitFace, render
from permits.completeness.missing import missing
from permits.completeness.unprintable import unprintable_in
from permits.parts.catalogue import SUBMITTED
from permits.parts.kinds import Text
from permits.submissions.reading import read
from tests.factories import permits as make
from wpis.classifications.occupations import occupation_title, titles
from wpis.crypto.new_keys import public_keys as public_keys_of
from wpis.crypto.permit_codes import PermitClaims, issue, verify
from wpis.errors import Refused
from wpis.fonts.coverage import FONTS, as_printed, printable_signs, unprintable
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
    assert len(list(FONTS.glob("*.ttf"))) == 4
    licences = list(FONTS.glob("*.txt"))
    assert len(licences) == 2
    assert all("SIL Open Font License" in path.read_text() for path in licences)


PRINTED: dict[str, tuple[str, str] | None] = {
    "number": None,
    "worker": ("worker", "surname given_names surname_hy given_names_hy"),
    "birth_year": None,
    "employer": ("employer", "name_en name_hy"),
    "occupation": None,
    "workplace": ("terms", "workplace"),
    "marz": None,
    "monthly_wage": None,
    "weekly_hours": None,
    "valid_from": None,
    "valid_until": None,
    "legal_ground": None,
    "issued_at": None,
    "issued_by": None,
    "verify_url": None,
    "code": None,
    "signed_again_at": None,
}
"""What is printed -> the part and the fields that somebody types for it; None where the product writes it."""


def test_it_is_known_of_every_printed_field_where_it_comes_from() -> None:
    assert set(PRINTED) == {field.name for field in dataclasses.fields(PermitFace)}


@pytest.mark.parametrize("typed", ["中国路桥 site 3", "محمد", "हिन्दी ज्ञ 가", "😀", "ελληνικά \u4e00"])
@pytest.mark.parametrize(
    ("part", "name"),
    [(source[0], name) for source in PRINTED.values() if source for name in source[1].split()],
)
def test_what_is_typed_to_be_printed_is_refused_at_its_field_or_can_be_printed(
    face: PermitFace, part: str, name: str, typed: str
) -> None:
    kind = SUBMITTED[part].by_name[name].kind
    assert isinstance(kind, Text)
    if _accepts(kind.cleaner(), typed):
        render(dataclasses.replace(face, workplace=Bilingual(typed, typed)))


def test_every_sign_that_a_field_accepts_can_be_printed(face: PermitFace) -> None:
    """All signs of the fonts at once, and no sign beside them that the rules of a printed field let through."""
    every = " ".join(sorted(sign for sign in printable_signs() if as_printed(sign).strip()))
    render(dataclasses.replace(face, workplace=Bilingual(every, every)))
    letters = [chr(code) for code in range(0x250, 0x30000) if chr(code) not in printable_signs()]
    for source in filter(None, PRINTED.values()):
        for name in source[1].split():
            field = SUBMITTED[source[0]].by_name[name].kind.cleaner()  # type: ignore[attr-defined]
            let_through = [sign for sign in letters[:: len(source[1])] if _accepts(field, f"A{sign}")]
            assert [sign for sign in let_through if unprintable(f"A{sign}")] == [], name


def _accepts(field: Any, text: str) -> bool:
    try:
        field.clean(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("code", ["1111", "5120", "7112", "9333"])
def test_what_the_product_writes_can_be_printed(code: str) -> None:
    for language in ("hy", "en"):
        assert unprintable(occupation_title(code, language)) == ""


def test_all_titles_and_grounds_can_be_printed() -> None:
    assert [c for c in titles() if unprintable(titles()[c]["hy"] + titles()[c]["en"])] == []


def test_a_rare_sign_is_printed_as_the_plain_one_that_means_the_same() -> None:
    assert as_printed("A\u2011B ＣＤ ㎡ ﬁ\u200b") == "A\u2010B CD m2 fi"
    assert unprintable("A\u2011B ＣＤ ㎡ ﬁ\u200b") == ""


def test_a_name_of_the_employer_that_cannot_be_shown_gives_way_to_the_other(face: PermitFace) -> None:
    said = text(render(dataclasses.replace(face, employer=Bilingual("«Արարատ» ՍՊԸ", "中国路桥"))))
    assert said.count("«Արարատ» ՍՊԸ") == 2


@pytest.mark.django_db
def test_what_was_filed_before_the_rule_is_known_before_its_approval() -> None:
    application = make.a_submitted_application()
    filed = read(application.submissions.get())
    assert unprintable_in(filed) == []
    old = dataclasses.replace(filed, terms=dataclasses.replace(filed.terms, workplace="中国路桥 site 3"))
    assert "中国路桥" in unprintable_in(old)[0]
    with pgtrigger.ignore():
        application.terms.workplace = "中国路桥 site 3"
        application.terms.save()
    assert [item.field for item in missing(application)] == ["workplace"]


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
