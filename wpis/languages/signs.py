"""Signs of typed text: those that nobody sees, those that only look like another one, and breaks between lines."""

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What Unicode says to show as nothing (Default_Ignorable_Code_Point) though it counts as a letter, mark or symbol."""

_CYRILLIC = dict(zip("АВЕЁКМНОРСТУХЅІЈԚԜ", "ABEEKMHOPCTYXSIJQW", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
_ARMENIAN = {"Օ": "O", "Տ": "S"}
_LOOK_LIKE_LATIN = str.maketrans(_CYRILLIC | _GREEK | _ARMENIAN)


def one_break(text: str) -> str:
    """The text with one sign for each line break: a browser counts one, and sends two (HTML, form submission)."""
    return _BREAKS.sub("\n", text)


def is_invisible(sign: str) -> bool:
    """Whether a sign is shown as nothing, turns the direction of writing, or is a control; spaces are not."""
    return not sign.isspace() and (unicodedata.category(sign) in ("Cc", "Cf") or bool(_IGNORABLE.match(sign)))


def without_invisible(text: str) -> str:
    """The text without signs that are shown as nothing: what is left is all that its writer has seen.

    For addresses, numbers and codes; in names of some scripts a joiner is part of the spelling.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign for sign in text if not is_invisible(sign))


def usual_width(text: str) -> str:
    """The text with wide and narrow signs, as East Asian keyboards put them, in their usual width.

    Unlike Unicode's NFKC it makes no letters of signs that stand for words: № stays № and is not "No".
    """
    if text.isascii():
        return text
    return "".join(_usual_width(sign) for sign in text)


def _usual_width(sign: str) -> str:
    wide = unicodedata.decomposition(sign).startswith(("<wide>", "<narrow>"))
    return unicodedata.normalize("NFKC", sign) if wide else sign


def upper_latin(text: str) -> str:
    """The letters a to z in upper case, all others as they are: the upper case of ß would be two other letters."""
    return "".join(sign.upper() if sign.isascii() else sign for sign in text)


def clean_address(typed: str) -> str:
    """An e-mail address without invisible signs, spaces around it and full-width letters; not in small letters."""
    return usual_width(without_invisible(typed)).strip()


def latin_twin(letter: str) -> str:
    """The Latin capital letter that a letter of another script looks like; empty where it has none, and for Latin."""
    return "" if letter.isascii() else _LOOK_LIKE_LATIN.get(ord(letter.upper()[0]), "")


def code_signs(text: str) -> str:
    """The letters and digits of a number or reference, in upper case; Cyrillic А, Greek Α and Ａ are the Latin A."""
    plain = usual_width(without_invisible(text)).upper().translate(_LOOK_LIKE_LATIN)
    return "".join(sign for sign in plain if sign.isalnum())
