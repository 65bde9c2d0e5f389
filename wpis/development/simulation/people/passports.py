"""Builds the machine-readable zone of an invented passport (ICAO Doc 9303, TD3), every check digit right."""

from wpis.dates.partial import PartialDate
from wpis.development.simulation.country import Worker
from wpis.documents.mrz import check_digit

LINE = 44


def zone(worker: Worker) -> str:
    """The two lines, joined by a line break; names that do not fit are cut as the standard says."""
    names = f"{_letters(worker.surname)}<<{_letters(worker.given_names)}"
    first = f"P<{worker.passport_issuer}{names}"[:LINE].ljust(LINE, "<")
    document = worker.passport_number.ljust(9, "<")
    born, ends = _born(worker.born), f"{worker.passport_expires_on:%y%m%d}"
    personal = "<" * 14
    numbered, dated, ending = (field + check_digit(field) for field in (document, born, ends))
    tail = personal + "<"
    composite = check_digit(numbered + dated + ending + tail)
    sex = worker.sex if worker.sex in "MF" else "<"
    return f"{first}\n{numbered}{worker.nationality}{dated}{sex}{ending}{tail}{composite}"


def _born(born: PartialDate) -> str:
    """YYMMDD, with fillers for what is unknown."""
    parts = (born.year % 100, born.month, born.day)
    return "".join("<<" if part is None else f"{part:02d}" for part in parts)


def _letters(name: str) -> str:
    return "".join(sign if sign.isalpha() else "<" for sign in name.upper().replace("'", ""))
