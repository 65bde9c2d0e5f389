"""Finds the occupation that somebody means: by its code, its title or what people call it, in any of the languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from wpis.classifications.occupations import LANGUAGES, everyday_words, occupation_title, titled, titles
from wpis.documents.names import normalise
from wpis.search.words import sound

OFFERED = 8
"""At most so many are offered at once."""
LIKE_ENOUGH = 75
"""Similarity (0 to 100) from which a phrase counts as a misspelling of another."""
LONGEST = 100
"""Signs that are read; no title is called more."""

TOO_SHORT = 2
"""Letters: a word of no more is taken for an occupation only where people call one exactly so."""

_CODE = re.compile(r"(?:^|[(\s])(?:isco(?:[\s-]?08)?[\s:.№#-]*)?([0-9]{4})\)?[.,;]?$", re.IGNORECASE)
_GROUP = re.compile(r"^(?:isco(?:[\s-]?08)?[\s:.№#-]*)?([0-9]{1,3})$", re.IGNORECASE)
"""The beginning of a code: somebody is still typing, or knows only the major or minor group."""
_SMALL_WORDS = {"the", "for", "and", "other", "not", "для", "или", "կամ"}
"""Of more than TOO_SHORT letters, and still no occupation."""
_ENDINGS = (
    re.compile(r"(?<=[a-z]{3})(?:(?<=ss)es|(?<!s)s)$"),
    re.compile(
        r"(?<=[а-я]{3})(?:ами|ями|ого|его|ыми|ими|ах|ях|ов|ев|ей|[ыи]й|ая|яя|[ое]е|[ыи]е|[ыи]х|[аяое]м|ой|[аяуюыиоеь])$"
    ),
    re.compile(r"(?<=[ա-ֆ]{4})(?:ներ|եր)?(?:ին|ից|ով|ի|ը)?$"),
)
_FEMININE = (
    (re.compile(r"(?<=[а-я]{3})(?<=[щчн])иц$"), "ик"),
    (re.compile(r"(?<=[а-я]{2}те)льник$"), "л"),
    (re.compile(r"(?<=[а-я]{3})(ист|ант|ент)к$"), r"\1"),
    (re.compile(r"(?<=[а-я]{2})(ер|ор|ир|ен)ш$"), r"\1"),
    (re.compile(r"(?<=[ա-ֆ]{4})ուհ$"), ""),
)
"""The word for a woman is one with the word for a man; tried on the stem."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one unit group is called: as it is written, and by the stems of its words."""

    code: str
    written: str
    stems: frozenset[str]
    sounds: frozenset[str]
    is_title: bool


def meant(typed: str) -> str:
    """The unit group that is obviously meant; empty when several may be, or none."""
    if (code := _code(typed)) or not typed.strip():
        return code
    if title_of := _by_title().get(normalise(typed)):
        return title_of
    telling = any(len(stem) > TOO_SHORT and stem not in _SMALL_WORDS for stem in _stems(typed))
    for grade in (_SAME, _SAME_SOUND, _HOLDS_ALL) if telling else (_SAME,):
        if codes := {phrase.code for found, _extra, phrase in _graded(typed) if found == grade}:
            return codes.pop() if len(codes) == 1 else ""
    return ""


def offered(typed: str) -> list[str]:
    """The unit groups that may be meant, the likeliest first; the nearest spellings when nothing fits."""
    if codes := _codes(typed):
        return codes
    return list(dict.fromkeys(phrase.code for phrase in _likeliest(typed)))[:OFFERED]


def suggestions(typed: str) -> list[str]:
    """The same as lines for a list: the title with its code, behind the everyday word where that is what fits."""
    if codes := _codes(typed):
        return [_line(typed, code) for code in codes]
    lines: dict[str, str] = {}
    for phrase in _likeliest(typed):
        title = titled(phrase.code)
        named = normalise(typed) in normalise(title) or phrase.is_title
        lines.setdefault(phrase.code, title if named else f"{phrase.written}: {title}")
    return list(lines.values())[:OFFERED]


def code_of_title(title: str) -> str:
    """The unit group with this title in any language, also one shortened to its beginning; empty when none has it."""
    found = {
        code
        for code in titles()
        for language in LANGUAGES
        if occupation_title(code, language).startswith(title)
    }
    exact = {code for code in found if title in {occupation_title(code, language) for language in LANGUAGES}}
    return next(iter(exact or (found if len(found) == 1 else ())), "")


_SAME, _SAME_SOUND, _HOLDS_ALL, _HOLDS_BEGINNINGS = range(4)


def _code(typed: str) -> str:
    found = _CODE.search(typed.strip())
    return found[1] if found and found[1] in titles() else ""


def _codes(typed: str) -> list[str]:
    """The unit group whose code was typed, or those whose codes begin so."""
    if code := _code(typed):
        return [code]
    begins = _GROUP.search(typed.strip())
    return [code for code in titles() if begins and code.startswith(begins[1])][:OFFERED]


def _line(typed: str, code: str) -> str:
    """The title, behind what was typed where it does not hold that: browsers show only lines that do."""
    title = titled(code)
    return title if typed.strip() in title else f"{typed.strip()[:LONGEST]}: {title}"


def _likeliest(typed: str) -> list[Phrase]:
    fitting = [phrase for _grade, _extra, phrase in sorted(_graded(typed), key=lambda found: found[:2])]
    return fitting or _misspelled(typed)


def _graded(typed: str) -> Iterator[tuple[int, int, Phrase]]:
    """Every phrase that fits: how well, and how many words it has beyond those that were typed."""
    stems = _stems(typed)
    if not stems:
        return
    sounds = frozenset(map(sound, stems))
    for phrase in _phrases():
        extra = len(phrase.stems) - len(stems)
        if stems == phrase.stems:
            yield _SAME, 0, phrase
        elif sounds == phrase.sounds:
            yield _SAME_SOUND, 0, phrase
        elif stems <= phrase.stems:
            yield _HOLDS_ALL, extra, phrase
        elif all(any(word.startswith(stem) for word in phrase.stems) for stem in stems):
            yield _HOLDS_BEGINNINGS, extra, phrase


def _misspelled(typed: str) -> list[Phrase]:
    phrases = _phrases()
    near = process.extract(
        normalise(typed[:LONGEST]),
        _written(),
        scorer=fuzz.WRatio,
        limit=3 * OFFERED,
        score_cutoff=LIKE_ENOUGH,
    )
    return [phrases[place] for _written, _score, place in near]


@cache
def _phrases() -> list[Phrase]:
    found = []
    for code, title in titles().items():
        everyday = everyday_words().get(code)
        for language in LANGUAGES:
            found.append(_phrase(code, title[language], is_title=True))
            for word in everyday[language].split(",") if everyday else ():
                found.append(_phrase(code, word.strip(), is_title=False))
    return found


@cache
def _by_title() -> dict[str, str]:
    return {normalise(phrase.written): phrase.code for phrase in _phrases() if phrase.is_title}


@cache
def _written() -> list[str]:
    return [normalise(phrase.written) for phrase in _phrases()]


def _phrase(code: str, written: str, *, is_title: bool) -> Phrase:
    stems = _stems(written)
    return Phrase(code, written, stems, frozenset(map(sound, stems)), is_title)


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in normalise(text[:LONGEST]).replace("ё", "е").split())


def _stem(word: str) -> str:
    """The word without the ending of its number and case; roughly, but the same for what is typed and stored."""
    for ending in _ENDINGS:
        word = ending.sub("", word, count=1)
    for ending, instead in _FEMININE:
        word = ending.sub(instead, word)
    return word
