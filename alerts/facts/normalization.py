"""Brings telephones, e-mails, accounts and addresses to one form, so that equal things compare equal."""

import re
from functools import lru_cache

import phonenumbers

from wpis.crypto.blind_index import normalise_identifier
from wpis.documents.names import normalise

SHORTEST_PHONE = 6  # digits; less than that is a slip of the pen, not a number


@lru_cache(maxsize=8192)
def phone(text: str | None) -> str:
    """A number in E.164, read as Armenian when it names no country; its digits when that is impossible.

    Without the extension: whoever answers the same line shares it.
    """
    if not text:
        return ""
    try:
        return phonenumbers.format_number(phonenumbers.parse(text, "AM"), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        digits = "".join(sign for sign in text if sign.isdigit())
        return digits if len(digits) >= SHORTEST_PHONE else ""


_DOTS_DO_NOT_COUNT = frozenset({"gmail.com", "googlemail.com"})


def email(text: str | None) -> str:
    """An address in small letters, without the part after "+" and without dots that the host ignores."""
    box, at, host = (text or "").strip().casefold().rpartition("@")
    if not (box and at and host):
        return ""
    box = box.split("+")[0]
    if host in _DOTS_DO_NOT_COUNT:
        box, host = box.replace(".", ""), "gmail.com"
    return f"{box}@{host}"


def account(text: str | None) -> str:
    """An IBAN or account number as capital letters and digits."""
    return normalise_identifier(text or "")


def name(text: str | None, country: str = "") -> str:
    """A recruiter by name and country, in Latin letters."""
    words = _latin(normalise(text or ""))
    return f"{words} {country.casefold()}".strip() if words else ""


_SAME_LETTERS = {
    **dict(zip("աբգդեզէըթիլկհմյնոպռսվտրփքօֆ", "abgdezeytilkhmynoprsvtrpkof", strict=True)),
    **{
        "ժ": "zh",
        "խ": "kh",
        "ծ": "ts",
        "ձ": "dz",
        "ղ": "gh",
        "ճ": "ch",
        "շ": "sh",
        "չ": "ch",
        "ջ": "j",
        "ց": "ts",
    },
    **dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)),
    **{
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ю": "yu",
        "я": "ya",
        "ъ": "",
        "ь": "",
    },
}
_LETTERS = str.maketrans(_SAME_LETTERS)

_SOUNDS = (
    (re.compile(r"^ye"), "e"),  # Yerevan, Erevan
    (re.compile(r"^vo"), "o"),
    (re.compile(r"([a-z])\1"), r"\1"),
    (re.compile(r"ian$"), "yan"),  # Abovian, Abovyan
    (re.compile(r"yan[ai]$"), "yan"),  # Абовяна, Աբովյանի
    (re.compile(r"(?<=[a-z]{4})i$"), ""),  # the Armenian genitive: Կոմիտասի
)


def _latin(text: str) -> str:
    """Small letters in Latin script, with the spellings of one sound made one (Erevan, Yerevan, Երևան)."""
    words = []
    for word in text.replace("ու", "u").split():
        word = word.translate(_LETTERS)
        for sound, one in _SOUNDS:
            word = sound.sub(one, word)
        words.append(word)
    return " ".join(words)


_KINDS_OF_PLACE = frozenset(
    _latin(
        """street str st poghots pogh avenue ave av poghota prospekt prospect ulitsa ul lane
        nrbantsk building bldg bld shenk sheng korpus house tun dom apartment apt flat bnakaran bnak bn
        kvartira kv room
        city town kaghak gorod village gyugh province region marz district
        armenia hayastan republic of the ra hh no number"""
    ).split()
)
_SHORT_FOR_PLACE = frozenset(["k", "p", "sh", "t", "g", "n", "d", "s"])  # ք. փ. շ. տ. գ. ն. д. с.
_NUMBER = re.compile(r"\d")


@lru_cache(maxsize=8192)
def address(text: str | None, province: str = "") -> str:
    """A place as its words in Latin letters and its numbers in order, within a province.

    Armenian, Russian and Latin spellings of the same street meet; words like "street" or "շենք" do not count,
    and neither does the order of words ("Abovyan 12" and "12, Abovyan str."). Empty when no name or no number
    is left: a street or village alone is not an address.
    """
    names: list[str] = []
    numbers: list[str] = []
    before = ""
    for word in _latin(normalise(text or "")).split():
        if _NUMBER.match(word):
            numbers.append(word)
        elif word in _SHORT_FOR_PLACE:
            if _NUMBER.match(before):
                numbers[-1] += word  # house "12 g", not the abbreviation
        elif word not in _KINDS_OF_PLACE and (word, province) != ("erevan", "AM-ER"):
            names.append(word)
        before = word
    return f"{province} {' '.join(sorted(names))} {' '.join(numbers)}" if names and numbers else ""
