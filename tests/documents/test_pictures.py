"""Paper and text stay apart in whatever way a scan stores its colours, and only what is kept is shown."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from wpis.documents import images

SIZE = (64, 48)
TEXT_AT, PAPER_AT = (10, 10), (50, 40)


def drawn(mode: str, paper: Any, text: Any) -> Image.Image:
    """A light page with a dark patch of text at its upper left."""
    page = Image.new(mode, SIZE, paper)
    page.paste(text, (0, 0, 32, 24))
    return page


def deep(paper: int, text: int) -> Image.Image:
    """The same page with 16 bits for each pixel."""
    width, height = SIZE
    rows = [
        (text if x < 32 and y < 24 else paper).to_bytes(2, "little")
        for y in range(height)
        for x in range(width)
    ]
    return Image.frombytes("I;16", SIZE, b"".join(rows))


def with_palette(transparent: bool = False) -> tuple[Image.Image, dict[str, Any]]:
    page = drawn("P", 1, 0)
    page.putpalette([20, 20, 20, 240, 240, 240])
    return page, {"transparency": bytes([255, 0])} if transparent else {}


def scans() -> Iterator[tuple[str, str, Image.Image, dict[str, Any]]]:
    """(name, type, picture, options of saving)."""
    yield "one bit", "PNG", drawn("1", 1, 0), {}
    yield "grey", "PNG", drawn("L", 220, 40), {}
    yield "16-bit grey", "PNG", deep(52_000, 9_000), {}
    yield "16-bit grey of a 12-bit scanner", "PNG", deep(3_900, 600), {}
    yield "16-bit grey, all above one half", "PNG", deep(65_000, 40_000), {}
    yield (
        "16-bit grey with a transparent shade",
        "PNG",
        deep(52_000, 9_000),
        {"transparency": 52_000},
    )
    yield "grey with transparent paper", "PNG", drawn("LA", (0, 0), (30, 255)), {}
    yield "palette", "PNG", *with_palette()
    yield "palette with transparent paper", "PNG", *with_palette(transparent=True)
    yield "colour", "PNG", drawn("RGB", (240, 240, 220), (10, 10, 60)), {}
    yield (
        "colour with a transparent shade",
        "PNG",
        drawn("RGB", (240, 240, 220), (10, 10, 60)),
        {"transparency": (240, 240, 220)},
    )
    yield "dark text on transparent paper", "PNG", drawn("RGBA", (0, 0, 0, 0), (10, 10, 60, 255)), {}
    yield (
        "dark text on half transparent paper",
        "PNG",
        drawn("RGBA", (255, 255, 255, 128), (10, 10, 60, 255)),
        {},
    )
    yield "photo in grey", "JPEG", drawn("L", 220, 40), {}
    yield "photo in colour", "JPEG", drawn("RGB", (240, 240, 220), (10, 10, 60)), {}
    yield "photo for printing", "JPEG", drawn("CMYK", (0, 0, 20, 10), (200, 200, 100, 200)), {}


def light(data: bytes, at: tuple[int, int]) -> int:
    value = Image.open(io.BytesIO(data)).convert("RGBA")
    on_white = Image.new("RGBA", value.size, "white")
    on_white.alpha_composite(value)
    return int(on_white.convert("L").getpixel(at))  # type: ignore[arg-type]


@pytest.mark.parametrize("scan", list(scans()), ids=lambda scan: scan[0])
def test_text_stays_darker_than_its_paper(scan: tuple[str, str, Image.Image, dict[str, Any]]) -> None:
    _name, kind, page, options = scan
    out = io.BytesIO()
    page.save(out, kind, **options)
    kept = images.reencode(out.getvalue())
    for shown in (kept, images.page_image(kept), images.page_image(out.getvalue())):
        assert light(shown, PAPER_AT) - light(shown, TEXT_AT) > 100


def test_white_text_on_transparent_paper_is_shown_on_a_dark_ground() -> None:
    out = io.BytesIO()
    drawn("RGBA", (255, 255, 255, 0), (250, 250, 250, 255)).save(out, "PNG")
    kept = images.reencode(out.getvalue())
    assert light(kept, TEXT_AT) - light(kept, PAPER_AT) > 100


def test_thin_lines_of_a_large_one_bit_scan_are_kept() -> None:
    """Leaving out every second row would lose whole strokes."""
    page = Image.new("1", (6000, 6000), 1)
    for row in range(0, 6000, 100):
        page.paste(0, (0, row, 6000, row + 1))
    out = io.BytesIO()
    page.save(out, "PNG")
    kept = Image.open(io.BytesIO(images.reencode(out.getvalue())))
    column = [int(kept.convert("L").getpixel((1000, row))) for row in range(0, 5000)]  # type: ignore[arg-type]
    assert sum(1 for value in column if value < 240) >= 60
