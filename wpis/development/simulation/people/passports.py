"""Builds the machine-readable zone of an invented passport (ICAO Doc 9303, TD3), every check digit right."""

from datetime import date

from wpis.documents.mrz import check_digit

LINE = 44


def zone(
    *, surname: str, given_names: str, number: str, country: str, birth: date, sex: str, expires: date
) -> str:
    """The two lines, joined by a line break; names that do not fit are cut as the standard says."""
    names = f"{_letters(surname)}<<{_letters(given_names)}"
    first = f"P<{country}{names}"[:LINE].ljust(LINE, "<")
    document = number.ljust(9, "<")
    born, ends = f"{birth:%y%m%d}", f"{expires:%y%m%d}"
    personal = "<" * 14
    numbered, dated, ending = (field + check_digit(field) for field in (document, born, ends))
    tail = personal + "<"
    composite = check_digit(numbered + dated + ending + tail)
    return f"{first}\n{numbered}{country}{dated}{sex if sex in 'MF' else '<'}{ending}{tail}{composite}"


def _letters(name: str) -> str:
    return "".join(sign if sign.isalpha() else "<" for sign in name.upper().replace("'", ""))
