"""The lines of a machine-readable zone as they were copied, made into those that are printed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from wpis.documents.mrz.faults import InvalidMRZ

LAYOUTS = {(3, 30): "TD1", (2, 36): "TD2", (2, 44): "TD3"}  # lines, characters a line
FILLERS = str.maketrans(dict.fromkeys("\u2039\u2329\u27e8\u3008\u276e\uff1c\ufe64", "<"))
"""Signs that a scanner or a word processor puts for one filler."""
FROM_HTML = re.compile("&(?:amp;)?(?:lt|#60|#x3c);", re.IGNORECASE)
"""The filler as the source of a web page has it."""
TWO_FILLERS = "\u00ab\u226a\u300a\u27ea"
"""Signs that it puts for two of them, or for one."""


def tidy(lines: str) -> str:
    """The lines as the document prints them. Raises InvalidMRZ when their number, length or letters are wrong."""
    return "\n".join(rows_of(lines)[0])


def rows_of(lines: str | Sequence[str]) -> tuple[list[str], str]:
    """The lines in capital letters, and the layout that has so many of this length.

    Raises:
        InvalidMRZ: no layout has, or a sign is none that is printed there.
    """
    rows = copied_rows(lines)
    layout = None
    for filled in _readings(rows):
        if len(filled) == 1:  # a single-line input field drops the line breaks
            size = next((size for n, size in LAYOUTS if n * size == len(filled[0])), 0)
            filled = _cut(filled[0], size) if size else filled
        sizes = {len(row) for row in filled}
        layout = LAYOUTS.get((len(filled), sizes.pop())) if len(sizes) == 1 else None
        if layout:
            rows = filled
            break
    # Before upper(), which would turn signs of other scripts into Latin letters.
    if layout and not all(re.fullmatch("[A-Za-z0-9<]+", row) for row in rows):
        raise InvalidMRZ("characters")
    if layout is None:
        raise InvalidMRZ("length")
    return [row.upper() for row in rows], layout


def copied_rows(lines: str | Sequence[str]) -> list[str]:
    """The lines with the signs that were seen, however many there are; signs for two fillers may stand in them."""
    given = lines.splitlines() if isinstance(lines, str) else lines
    return [row for row in map(_without_spaces, given) if row]


def _without_spaces(row: str) -> str:
    """The signs that are to be seen, wide ones in their usual width, and each that stands for a filler as one."""
    seen = (
        sign
        for sign in FROM_HTML.sub("<", row)
        if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc")
    )
    return "".join(_usual_width(sign) for sign in seen).translate(FILLERS)


def _usual_width(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" else sign


def _readings(rows: list[str]) -> Iterator[list[str]]:
    """The rows with signs for two fillers read as two, and as one: their length tells which was meant."""
    for fillers in ("<<", "<"):
        signs = str.maketrans(dict.fromkeys(TWO_FILLERS, fillers))
        yield [row.translate(signs) for row in rows]


def _cut(row: str, size: int) -> list[str]:
    return [row[start : start + size] for start in range(0, len(row), size)]
