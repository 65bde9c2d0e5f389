"""Writes names of Latin letters in Armenian ones, by sound, as the employer's form asks for them."""

import re
from functools import lru_cache

_SOUNDS = {
    **{
        "shch": "շչ",
        "sch": "շ",
        "tch": "չ",
        "sh": "շ",
        "ch": "չ",
        "kh": "խ",
        "zh": "ժ",
        "gh": "ղ",
        "th": "թ",
    },
    **{"ph": "ֆ", "dh": "դ", "bh": "բ", "jh": "ջ", "ts": "ց", "dz": "ձ", "tz": "ց", "qu": "կվ", "ck": "կ"},
    **{"oo": "ու", "ou": "ու", "ee": "ի", "aa": "ա", "ya": "յա", "yu": "յու", "yo": "յո", "ye": "յե"},
    **{"a": "ա", "b": "բ", "c": "կ", "d": "դ", "e": "ե", "f": "ֆ", "g": "գ", "h": "հ", "i": "ի", "j": "ջ"},
    **{"k": "կ", "l": "լ", "m": "մ", "n": "ն", "o": "ո", "p": "պ", "q": "ք", "r": "ր", "s": "ս", "t": "տ"},
    **{"u": "ու", "v": "վ", "w": "վ", "x": "քս", "y": "ի", "z": "զ", "'": ""},
}
_TOKEN = re.compile("|".join(sorted(map(re.escape, _SOUNDS), key=len, reverse=True)))
_FIRST = {"e": "է", "o": "օ"}  # at the beginning of a word these two have letters of their own


@lru_cache(maxsize=4096)
def in_armenian_letters(name: str) -> str:
    """`Rajesh Kumar` as `Ռաջեշ Կումար`; one letter or group of letters after the other, words capitalised."""
    return " ".join(_word(word) for word in name.casefold().split())


def _word(word: str) -> str:
    written = _TOKEN.sub(lambda found: _SOUNDS[found[0]], word)
    if word[0] in _FIRST and not word.startswith(("ee", "oo", "ou")):
        written = _FIRST[word[0]] + written[1:]
    if written.startswith("ր"):  # ր does not begin a word
        written = "ռ" + written[1:]
    return "-".join(part[:1].upper() + part[1:] for part in written.split("-"))
