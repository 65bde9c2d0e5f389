"""Which signs a printed document can show: those that its fonts hold, light and bold, as their own tables say."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from wpis.languages.signs import is_invisible

FONTS = Path(__file__).parent
FAMILIES = ("NotoSans", "NotoSansArmenian")
WEIGHTS = ("Regular", "Bold")


def as_printed(text: str) -> str:
    """The text as it is set: composed letters, single spaces, nothing that is not seen, and plain signs for rare ones.

    A sign that no font holds is set as the plain ones that mean the same (Unicode NFKC), or as a hyphen if it is one.
    """
    spaced = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(_plainer(sign) for sign in spaced if not _left_out(sign)).split())


def unprintable(text: str) -> str:
    """The signs of a text that no font holds, each once, in their order; empty when all of it can be printed."""
    signs = printable_signs()
    return "".join(dict.fromkeys(sign for sign in as_printed(text) if sign not in signs))


@cache
def printable_signs() -> frozenset[str]:
    """Every sign that can be printed."""
    found: set[str] = set()
    for family in FAMILIES:
        held = [set(_signs(FONTS / f"{family}-{weight}.ttf")) for weight in WEIGHTS]
        found |= set.intersection(*held)
    return frozenset(found)


def _plainer(sign: str) -> str:
    if sign in (held := printable_signs()):
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    if plain and held.issuperset(plain):
        return plain
    return "-" if unicodedata.category(sign) == "Pd" or sign == "\u2212" else sign


def _left_out(sign: str) -> bool:
    return is_invisible(sign) or unicodedata.category(sign).startswith("C")


def _signs(font: Path) -> Iterator[str]:
    """The signs in the character map of a font (OpenType 1.9, `cmap`, subtables of format 4 and 12)."""
    data = font.read_bytes()
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _checksum, start, _length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
        if tag == b"cmap":
            break
    else:
        raise ValueError(f"{font} has no character map")
    subtables = struct.unpack_from(">H", data, start + 2)[0]
    for place in {struct.unpack_from(">HHL", data, start + 4 + 8 * one)[2] for one in range(subtables)}:
        form = struct.unpack_from(">H", data, start + place)[0]
        if form == 12:
            yield from _long_groups(data, start + place)
        elif form == 4:
            yield from _segments(data, start + place)


def _long_groups(data: bytes, at: int) -> Iterator[str]:
    for group in range(struct.unpack_from(">L", data, at + 12)[0]):
        first, last, _glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * group)
        yield from map(chr, range(first, last + 1))


def _segments(data: bytes, at: int) -> Iterator[str]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts = at + 14, at + 16 + 2 * count
    deltas, offsets = starts + 2 * count, starts + 4 * count
    for segment in range(count):
        last = struct.unpack_from(">H", data, ends + 2 * segment)[0]
        first = struct.unpack_from(">H", data, starts + 2 * segment)[0]
        delta = struct.unpack_from(">H", data, deltas + 2 * segment)[0]
        offset = struct.unpack_from(">H", data, offsets + 2 * segment)[0]
        for code in range(first, last + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", data, offsets + 2 * segment + offset + 2 * (code - first))[0]
            if (glyph + delta) % 65536 if glyph or not offset else 0:
                yield chr(code)
