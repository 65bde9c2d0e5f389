"""Reads the machine-readable zone of travel documents and verifies its check digits (ICAO Doc 9303)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wpis import clock
from wpis.dates.partial import PartialDate

LAYOUTS = {(3, 30): "TD1", (2, 36): "TD2", (2, 44): "TD3"}  # lines, characters a line
FILLERS = str.maketrans(dict.fromkeys("\u2039\u2329\u27e8\u3008\u276e\uff1c\ufe64", "<"))
"""Signs that a scanner or a word processor puts for one filler."""
TWO_FILLERS = "\u00ab\u226a\u300a\u27ea"
"""Signs that it puts for two of them, or for one."""
VISAS = {"TD2": "MRV-B", "TD3": "MRV-A"}
NAMES = "[A-Z][A-Z<]*|<+[A-Z]+(<[A-Z]+)*<*"
"""Surname and given names; a filler in front where there is one name only, as some states print it."""
FIRST_LETTERS = {"TD1": "ACI", "TD2": "ACI", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}


def _(text: str) -> str:
    """Marks a message for the catalogue; the form shows `gettext(error.message)`."""
    return text


MESSAGES = {
    "length": _(
        "Enter the 2 or 3 lines from the bottom of the document, complete: "
        "3 lines of 30 characters, or 2 of 36 or 44."
    ),
    "visa": _("These are the lines of a visa. Use those of the passport: they begin with P."),
    "characters": _("The lines may hold only the letters A to Z, digits and the sign <."),
    "document_code": _("The first letter does not say which kind of document this is."),
    "issuer": _("The code of the issuing country must be letters."),
    "names": _("The names must be letters, the surname first."),
    "document_number": _("The document number does not fit its check digit. Compare both with the document."),
    "nationality": _("The code of the nationality must be letters."),
    "birth_date": _(
        "The date of birth is not a date or does not fit its check digit. Compare both with the document."
    ),
    "sex": _("The sex must be M, F or <."),
    "expiry_date": _(
        "The expiry date is not a date or does not fit its check digit. Compare both with the document."
    ),
    "personal_number": _("The personal number does not fit its check digit. Compare both with the document."),
    "composite": _("The last check digit does not fit the lines. Compare every character with the document."),
}
"""Fault -> what a person is told."""


class InvalidMRZ(ValueError):
    """The lines are no valid zone; `fault` names what is wrong first, `message` says it in words."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.message = MESSAGES[fault]
        super().__init__(f"{fault}: {self.message}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MRZ:
    """A valid zone. Texts are without fillers; a `<` inside a text is a space.

    `birth` is YYMMDD as printed, with `<<` for an unknown part (some states print 00); `birth_date` is None unless
    all are known, `born` says what is known from the year on.
    `sex` is M, F or X (printed as `<`: not specified). `optional_data` has no meaning common to all states;
    `optional_data_2` exists on TD1 only. `personal_number` exists on TD3 only.
    """

    format: str
    document_code: str
    issuer: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth: str
    birth_year: int | None
    birth_date: date | None
    sex: str
    expiry: str
    expiry_date: date | None
    personal_number: str = ""
    optional_data: str = ""
    optional_data_2: str = ""
    names_may_be_cut: bool = False

    @property
    def born(self) -> PartialDate | None:
        """The date of birth as far as it is known; None without a year."""
        if self.birth_year is None:
            return None
        return PartialDate(self.birth_year, self.birth_month, self.birth_day if self.birth_month else None)

    @property
    def one_name(self) -> bool:
        """Whether the document gives one name only, in either place; unknown, so no, where the line cut names off."""
        return not (self.surname and self.given_names) and not self.names_may_be_cut

    @property
    def birth_month(self) -> int | None:
        return _known(self.birth[2:4])

    @property
    def birth_day(self) -> int | None:
        return _known(self.birth[4:6])


def check_digit(text: str) -> str:
    """The check digit of a field: weights 7, 3, 1; A is 10, Z is 35, `<` is 0 (Doc 9303-3, 4.9)."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * (7, 3, 1)[n % 3] for n, value in enumerate(values)) % 10)


def parse(lines: str | Sequence[str], today: date | None = None) -> MRZ:
    """Read and verify a zone; raises InvalidMRZ with the first fault.

    `lines` may be a text with line breaks, or the lines joined to one; small letters, spaces, invisible signs and
    what looks like a filler are forgiven. `today` (default: the day in Yerevan) settles the century: nobody is born in
    the future, and of the possible expiry years the one nearest to today is meant.
    """
    rows, layout = _rows(lines)
    today = today or clock.today()
    if layout == "TD1":
        return _parse_td1(rows, today)
    if rows[0][0] == "V":
        layout = VISAS[layout]
    return _parse_two_lines(rows, layout, today)


def parse_passport(lines: str | Sequence[str], today: date | None = None) -> MRZ:
    """Read the lines of the document that a person travels on; those of a visa in it are refused before all else.

    Raises:
        InvalidMRZ: as `parse` does, and for a visa, whose number and expiry are not the passport's.
    """
    rows, _layout = _rows(lines)
    _require(not rows[0].startswith("V"), "visa")
    return parse(rows, today)


def _parse_td1(rows: list[str], today: date) -> MRZ:
    first, second, third = rows
    number, optional = _number(first[5:14], first[14], first[15:30])
    return _document(
        layout="TD1",
        head=first[:5],
        names=third,
        number=number,
        nationality=second[15:18],
        dates_and_sex=second[:15],
        optional=optional,
        optional_2=second[18:29],
        composite=(first[5:30] + second[0:7] + second[8:15] + second[18:29], second[29]),
        today=today,
    )


def _parse_two_lines(rows: list[str], layout: str, today: date) -> MRZ:
    first, second = rows
    optional, personal, composite = second[28:], "", None
    if layout == "TD3":
        optional, personal = "", second[28:43]
    if layout == "TD2":
        number, optional = _number(second[:9], second[9], second[28:35])
    else:
        number, _unused = _number(second[:9], second[9], "")
    if layout in ("TD2", "TD3"):
        composite = (second[0:10] + second[13:20] + second[21:-1], second[-1])
    return _document(
        layout=layout,
        head=first[:5],
        names=first[5:],
        number=number,
        nationality=second[10:13],
        dates_and_sex=second[13:28],
        optional=optional,
        personal=personal,
        composite=composite,
        today=today,
    )


def _document(
    *,
    layout: str,
    head: str,
    names: str,
    number: str,
    nationality: str,
    dates_and_sex: str,
    optional: str,
    composite: tuple[str, str] | None,
    today: date,
    optional_2: str = "",
    personal: str = "",
) -> MRZ:
    """Checks that all layouts share, in the order a person reads the document."""
    birth, birth_check, sex, expiry, expiry_check = re.findall(r"(.{6})(.)(.)(.{6})(.)", dates_and_sex)[0]
    _require(re.fullmatch("[A-Z][A-Z<]", head[:2]) and head[0] in FIRST_LETTERS[layout], "document_code")
    _require(re.fullmatch("[A-Z][A-Z]*<*", head[2:]), "issuer")
    _require(re.fullmatch(NAMES, names), "names")
    _require(number, "document_number")
    _require(re.fullmatch("[A-Z][A-Z]*<*", nationality), "nationality")
    birth = _unknown_as_fillers(birth)
    birth_date = _birth_date(birth, birth_check, today)
    _require(sex in "MF<", "sex")
    expiry_date = _expiry_date(expiry, expiry_check, today)
    if personal:
        digit, personal = personal[14], personal[:14]
        unused = not personal.strip("<") and digit == "<"
        _require(unused or check_digit(personal) == digit, "personal_number")
    if composite:
        _require(check_digit(composite[0]) == composite[1], "composite")
    surname, _sep, given = names.partition("<<")
    return MRZ(
        format=layout,
        document_code=_plain(head[:2]),
        issuer=_plain(head[2:]),
        surname=_plain(surname),
        given_names=_plain(given),
        number=number,
        nationality=_plain(nationality),
        birth=birth,
        birth_year=birth_date.year if birth_date else _birth_year(birth, today),
        birth_date=birth_date,
        sex="X" if sex == "<" else sex,
        expiry=expiry,
        expiry_date=expiry_date,
        personal_number=_plain(personal),
        optional_data=_plain(optional),
        optional_data_2=_plain(optional_2),
        names_may_be_cut=not names.endswith("<"),
    )


def tidy(lines: str) -> str:
    """The lines as the document prints them. Raises InvalidMRZ when their number, length or letters are wrong."""
    return "\n".join(_rows(lines)[0])


def _rows(lines: str | Sequence[str]) -> tuple[list[str], str]:
    given = lines.splitlines() if isinstance(lines, str) else lines
    rows = [row for row in map(_without_spaces, given) if row]
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


def _without_spaces(row: str) -> str:
    """The signs that are to be seen, wide ones in their usual width, and each that stands for a filler as one."""
    seen = (sign for sign in row if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc"))
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


def _number(field: str, digit: str, optional: str) -> tuple[str, str]:
    """The verified number and what is left of the optional data.

    A number of more than nine characters has `<` in place of its check digit and goes on in the optional
    data, up to the next filler; the last character there is the check digit (Doc 9303-5 and 9303-6).
    """
    rest = optional
    if digit == "<" and optional.strip("<"):
        overflow, _sep, rest = optional.partition("<")
        field, digit = field + overflow[:-1], overflow[-1:]
        _require(len(field) > 9, "document_number")
    _require(field.strip("<") and check_digit(field) == digit, "document_number")
    return _plain(field), rest


def _unknown_as_fillers(field: str) -> str:
    """Some states print an unknown day, or month and day, as 00; a filler has the same check digit."""
    unknown = re.fullmatch(r"(\d\d)(0000|(?!00)\d\d00)", field)
    if not unknown or field == "000000":
        return field
    return field[:2] + ("<<<<" if unknown[2] == "0000" else field[2:4] + "<<")


def _birth_date(field: str, digit: str, today: date) -> date | None:
    _require(re.fullmatch(r"(\d\d|<<){3}", field) and check_digit(field) == digit, "birth_date")
    if "<" in field:
        month, day = _known(field[2:4]), _known(field[4:6])
        # 2000 is a leap year: an unknown year may be one.
        _require(_day(2000, 1 if month is None else month, 1 if day is None else day), "birth_date")
        return None
    found = [born for century in (2000, 1900) if (born := _dated(field, century)) and born <= today]
    _require(found, "birth_date")
    return found[0]


def _birth_year(field: str, today: date) -> int | None:
    """The latest year that does not put an incompletely known birth in the future."""
    year, month, day = (_known(field[n : n + 2]) for n in (0, 2, 4))
    if year is None:
        return None
    earliest = (2000 + year, month or 1, day or 1)
    return year + (2000 if earliest <= (today.year, today.month, today.day) else 1900)


def _expiry_date(field: str, digit: str, today: date) -> date | None:
    _require(check_digit(field) == digit, "expiry_date")
    if field == "<<<<<<":  # a document without expiry
        return None
    _require(re.fullmatch(r"\d{6}", field), "expiry_date")
    found = [day for century in (2100, 2000, 1900) if (day := _dated(field, century))]
    _require(found, "expiry_date")
    return min(found, key=lambda day: abs(day - today))


def _dated(field: str, century: int) -> date | None:
    return _day(century + int(field[:2]), int(field[2:4]), int(field[4:6]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _known(part: str) -> int | None:
    return None if part == "<<" else int(part)


def _plain(field: str) -> str:
    return " ".join(field.replace("<", " ").split())


def _require(condition: object, fault: str) -> None:
    if not condition:
        raise InvalidMRZ(fault)
