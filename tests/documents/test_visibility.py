"""What a person sees in another program stands on the officer's picture too, or the file is refused in words."""

import io

import pytest
from PIL import Image

from tests.documents import corpus
from wpis.documents import images
from wpis.documents.checking import sniff
from wpis.documents.verdicts import Refusal

HELVETICA = b"/DR << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /DA (/Helv 12 Tf 0 g)"
FORM = b"/AcroForm << /Fields [] " + HELVETICA + b" >>"
LOOK = b"/AP << /N 4 0 R >>"
BOX = corpus.stream(b"/Type /XObject /Subtype /Form /BBox [0 0 180 20]", b"0 g 0 0 180 20 re f")
NOTHING = corpus.stream(b"/Type /XObject /Subtype /Form /BBox [0 0 180 20]", b"")
TICK = b"/AP << /N << /Yes 4 0 R /Off 5 0 R >> >>"
TEXT = b"/Subtype /Widget /FT /Tx /T (a) /F 4 "
BUTTON = b"/Subtype /Widget /FT /Btn /T (a) /F 4 "

DRAWN = {
    "a filled field with its appearance": (FORM, TEXT + b"/V (IVAN TEST 450000)" + LOOK),
    "a filled field without an appearance": (FORM, TEXT + b"/V (IVAN TEST 450000) /DA (/Helv 12 Tf 0 g)"),
    "a filled field of a form that asks for new appearances": (
        FORM.replace(b"/Fields", b"/NeedAppearances true /Fields"),
        TEXT + b"/V (IVAN TEST 450000) /DA (/Helv 12 Tf 0 g)",
    ),
    "a chosen option": (
        FORM,
        b"/Subtype /Widget /FT /Ch /Ff 131072 /F 4 /T (a) /Opt [(one) (two)] /V (two) /DA (/Helv 12 Tf 0 g)",
    ),
    "a tick": (FORM, BUTTON + b"/V /Yes /AS /Yes " + TICK),
    "a signature": (FORM, b"/Subtype /Widget /FT /Sig /T (a) /F 4 " + LOOK),
    "a stamp": (b"", b"/Subtype /Stamp /F 4 " + LOOK),
    "a line drawn by hand": (b"", b"/Subtype /Ink /F 4 /C [0 0 0] /InkList [[10 10 150 30]]"),
    "words written over the page": (b"", b"/Subtype /FreeText /F 4 /Contents (IVAN) /DA (/Helv 12 Tf 0 g)"),
    "a mark": (b"", b"/Subtype /Highlight /F 4 /C [0 0 0] /QuadPoints [10 60 190 60 10 40 190 40]"),
    "a note with its appearance that is not printed": (b"", b"/Subtype /Square /F 0 " + LOOK),
}

EMPTY = {
    "an empty field": (FORM, TEXT),
    "a box without its tick": (FORM, BUTTON + b"/AS /Off " + TICK),
    "a signature that is not there yet": (FORM, b"/Subtype /Widget /FT /Sig /T (a) /F 4"),
    "a link": (b"", b"/Subtype /Link /F 4 /C [0 0 0]"),
    "a note that nobody sees": (b"", b"/Subtype /Stamp /F 2 " + LOOK),
}

UNSEEN = {
    "a field in Armenian without an appearance": (FORM, TEXT + b"/V <FEFF054D0565> /DA (/Helv 12 Tf 0 g)"),
    "a field whose form is missing": (b"", TEXT + b"/V (IVAN)" + LOOK),
    "a field that is to be drawn anew and shows something else": (
        FORM.replace(b"/Fields", b"/NeedAppearances true /Fields"),
        TEXT + b"/V (IVAN TEST 450000)" + LOOK,
    ),
    "a tick that does not say which look it has": (FORM, BUTTON + b"/V /Yes " + TICK),
    "a tick without any look": (FORM, BUTTON + b"/V /Yes /AS /Yes /MK << /CA (4) >>"),
    "a tick in a state without a look": (
        FORM,
        BUTTON + b"/V /On /AS /On /AP << /N << /Yes 4 0 R >> >>",
    ),
    "a choice that no button of its group shows": (FORM, BUTTON + b"/V /b /AS /Off " + TICK),
    "a field with nothing but rich text": (
        FORM,
        TEXT + b"/Ff 33554432 /RV (<body><p>IVAN</p></body>) /DA (/Helv 12 Tf 0 g)",
    ),
    "a field in white": (FORM, TEXT + b"/V (IVAN) /DA (/Helv 12 Tf 1 g)"),
    "a field in pale grey": (FORM, TEXT + b"/V (IVAN) /DA (0.9 0.95 .9 rg /Helv 12 Tf)"),
    "a field in no ink": (FORM, TEXT + b"/V (IVAN) /DA (0 0 0 0 k /Helv 12 Tf)"),
    "a field in invisible letters": (FORM, TEXT + b"/V (IVAN) /DA (/Helv 12 Tf 3 Tr 0 g)"),
    "words in white over the page": (
        b"",
        b"/Subtype /FreeText /F 4 /Contents (IVAN) /DA (/Helv 12 Tf 1 1 1 rg)",
    ),
    "a window of words without its mark": (b"", b"/Subtype /Popup /F 4 /Open true /Contents (wage 90000)"),
    "a note whose words open beside it": (b"", b"/Subtype /Text /F 4 /Contents (wage 90000)" + LOOK),
    "a mark with a comment": (
        b"",
        b"/Subtype /Highlight /F 4 /C [0 0 0] /QuadPoints [10 60 190 60 10 40 190 40] /Contents (wage 90000)",
    ),
    "a line without an appearance": (b"", b"/Subtype /Line /F 4 /C [0 0 0] /L [10 10 150 30]"),
    "a stamp without an appearance": (b"", b"/Subtype /Stamp /F 4 /Name /Approved"),
    "Armenian words without an appearance": (b"", b"/Subtype /FreeText /F 4 /Contents <FEFF054D0565>"),
    "what appears on paper only": (b"", b"/Subtype /Stamp /F 36 " + LOOK),
}


UNSEEN |= {
    f"a {kind.decode()} with a comment {key.decode()}": (
        b"",
        b"/Subtype /%b /F 4 /C [0 0 0] %b (<p>wage 90000</p>) " % (kind, key) + LOOK,
    )
    for kind in (
        b"Square Circle Ink Line Polygon PolyLine Stamp Caret Redact Underline Squiggly StrikeOut Watermark Projection"
    ).split()
    for key in (b"/Contents", b"/RC")
}


def with_note(catalog: bytes, note: bytes) -> bytes:
    return corpus.pdf(catalog, BOX, NOTHING, page=corpus.with_annotation(note))


def dark(data: bytes) -> int:
    """How many dark pixels the officer's picture of the first page has."""
    picture = Image.open(io.BytesIO(images.page_image(data, 1, 200))).convert("L")
    return sum(picture.histogram()[:128])


@pytest.mark.parametrize("name", DRAWN)
def test_what_a_reader_shows_is_on_the_picture(name: str) -> None:
    data = with_note(*DRAWN[name])
    assert sniff.inspect(data, "contract.pdf").ok
    assert dark(data) > 20


@pytest.mark.parametrize("name", EMPTY)
def test_what_shows_nothing_anywhere_is_no_reason_to_refuse(name: str) -> None:
    assert sniff.inspect(with_note(*EMPTY[name]), "contract.pdf").ok


@pytest.mark.parametrize("name", UNSEEN)
def test_what_the_picture_would_miss_is_refused_in_words(name: str) -> None:
    assert sniff.inspect(with_note(*UNSEEN[name]), "contract.pdf").reason == Refusal.UNSEEN


def test_a_field_below_a_group_of_fields_has_the_value_of_the_group() -> None:
    group = b"<< /FT /Tx /T (a) /V <FEFF054D0565> /Kids [] >>"
    widget = b"/Subtype /Widget /F 4 /Parent 4 0 R"
    data = corpus.pdf(FORM, group, page=corpus.with_annotation(widget))
    assert sniff.inspect(data, "contract.pdf").reason == Refusal.UNSEEN


def test_a_note_on_a_later_page_counts_too() -> None:
    second = corpus.with_annotation(b"/Subtype /Text /F 4 /Contents (wage 90000)")
    data = corpus.pdf(b"", second).replace(b"/Kids [3 0 R] /Count 1", b"/Kids [3 0 R 4 0 R] /Count 2")
    assert sniff.inspect(data, "contract.pdf").reason == Refusal.UNSEEN


@pytest.mark.parametrize(
    ("default", "usage", "shown"),
    [
        (b"/ON [4 0 R]", b"", True),
        (b"", b"", True),
        (b"/OFF [4 0 R]", b"", False),
        (b"/BaseState /OFF", b"", False),
        (b"", b"/Usage << /View << /ViewState /OFF >> >>", False),
        (b"", b"/Usage << /Print << /PrintState /OFF >> >>", False),
    ],
)
def test_a_layer_that_is_not_always_on_is_refused_in_words(default: bytes, usage: bytes, shown: bool) -> None:
    data = corpus.pdf(
        b"/OCProperties << /OCGs [4 0 R] /D << " + default + b" >> >>",
        b"<< /Type /OCG /Name (L) " + usage + b" >>",
        corpus.stream(b"", b"/OC /L BDC 0 0 100 100 re f EMC"),
        page=corpus.PAGE[:-2] + b"/Contents 5 0 R /Resources << /Properties << /L 4 0 R >> >> >>",
    )
    assert sniff.inspect(data, "contract.pdf").reason == (None if shown else Refusal.UNSEEN)
    assert not shown or dark(data) > 1000


def test_another_picture_for_print_is_refused() -> None:
    data = corpus.pdf(b"", b"<< /Type /XObject /Subtype /Image /Alternates [] >>")
    assert sniff.inspect(data, "contract.pdf").reason == Refusal.UNSEEN
