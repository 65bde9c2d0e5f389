"""What is looked for in a name, in whatever script and spelling: its search text, and the words asked of that."""

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import Q

from wpis.documents.names import normalise

WORDS = 6
"""Further words are ignored: they no longer narrow the result."""
SHORTEST_SOUND = 3
"""Signs of the shortest word that is also looked for by its sound: fewer are part of nearly every name."""

_ARMENIAN = {
    **dict(zip("աբգդեզէըթիլկհմյնոպռսվտրւփքօֆ", "abgdezeitilkhmynoprsvtrvpkof", strict=True)),
    **dict(zip("խղջ", "hgj", strict=True)),
    **{"ժ": "zh", "ծ": "ts", "ձ": "dz", "ճ": "ch", "շ": "sh", "չ": "ch", "ց": "ts"},
}
_CYRILLIC = {
    **dict(zip("абвгґдеёєзиійїклмнопрстуўфхыэө", "abvggdeeeziiiiklmnoprstuufhieo", strict=True)),
    **{"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia", "ъ": "", "ь": ""},
    **{
        "қ": "k",
        "ғ": "g",
        "ң": "n",
        "ү": "u",
        "ұ": "u",
        "һ": "h",
        "ә": "a",
        "ҳ": "h",
        "ҷ": "j",
        "ӣ": "i",
        "ӯ": "u",
    },
}
_LATIN = {
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ø": "o",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    "ə": "e",
    "ɓ": "b",
    "ɗ": "d",
}
_LATIN |= {"æ": "ae", "œ": "oe", "þ": "th", "ƙ": "k", "ƴ": "y"}
_PLAIN = str.maketrans(_LATIN)
_SOUND = str.maketrans(_ARMENIAN | _CYRILLIC | _LATIN)
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ñ": "n"})
"""As a machine-readable zone prints them (ICAO Doc 9303-3, section 6)."""

_SOUNDS = (
    (re.compile("ու"), "u"),
    (re.compile("^ո"), "vo"),
    (re.compile("дж"), "j"),
)
_ONE_SOUND = (
    (re.compile("tch"), "ch"),
    (re.compile("sch"), "sh"),
    (re.compile("ck|q"), "k"),
    (re.compile("ph"), "f"),
    (re.compile("kh"), "h"),
    (re.compile("gh"), "g"),
    (re.compile("th"), "t"),
    (re.compile("tz"), "ts"),
    (re.compile("oo|ou"), "u"),
    (re.compile("ee"), "i"),
    (re.compile("w"), "v"),
    (re.compile("x"), "ks"),
    (re.compile("y"), "i"),
    (re.compile(r"(\w)\1+"), r"\1"),
    (re.compile("ie"), "e"),
)


def sound(word: str) -> str:
    """A normalised word in Latin letters, with the spellings of one sound made one: Սևակյան, Севакян, Sevakian."""
    for letters, one in _SOUNDS:
        word = letters.sub(one, word)
    word = word.translate(_SOUND)
    for letters, one in _ONE_SOUND:
        word = letters.sub(one, word)
    return word


def search_text(names: Iterable[str]) -> str:
    """Every word of the names as it is looked for: without accents, spelled out, by its sound, and all as one word."""
    words: list[str] = []
    for name in names:
        parts = normalise(name).split()
        words += [word.translate(_PLAIN) for word in parts]
        words += normalise(_spelled_out(name)).split()
        words += map(sound, parts)
        if len(parts) > 1:
            words += ["".join(parts).translate(_PLAIN), sound("".join(parts))]
    return " ".join(dict.fromkeys(words))


def named(column: str, typed: str) -> Q | None:
    """The rows whose search text holds every word, in any order; None when nothing is left to look for."""
    found = Q()
    for written, spelled in _words(typed):
        word = Q()
        for form in _forms(written, spelled):
            word |= Q(**{f"{column}__contains": form})
        found &= word
    return found or None


def matches(text: str, typed: str) -> bool:
    """The same asked of a search text at hand; nothing to look for matches nothing."""
    words = _words(typed)
    return bool(words) and all(any(form in text for form in _forms(*word)) for word in words)


def _forms(written: str, spelled: str) -> list[str]:
    """The spellings of one word that a search text may hold."""
    heard = sound(written)
    forms = [written.translate(_PLAIN), spelled, *([heard] if len(heard) >= SHORTEST_SOUND else [])]
    return sorted(set(forms))


def _words(typed: str) -> list[tuple[str, str]]:
    """Each word that was typed, normalised, and the same spelled out."""
    written, spelled = normalise(typed).split(), normalise(_spelled_out(typed)).split()
    return list(zip(written, spelled if len(spelled) == len(written) else written, strict=True))[:WORDS]


def _spelled_out(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower().translate(_SPELLED_OUT)
