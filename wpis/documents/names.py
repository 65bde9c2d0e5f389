"""Normalises names of people and companies for comparison."""

import re
import unicodedata


def normalise(name: str) -> str:
    """The name as compared and indexed: small letters, one space between words, no accents on Latin letters.

    Both spellings of the Armenian ligature (և, եւ) become եվ: PostgreSQL and Unicode hold them apart.
    Apostrophes vanish and other punctuation becomes a space, as in a machine-readable zone. Never show
    the result to a person.
    """
    before, after = name, _one_pass(name)
    while before != after:  # folding one letter can make another foldable; two passes are the usual end
        before, after = after, _one_pass(after)
    return after


_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02b9\u02bb\u055a`\u00b4]")


def _one_pass(name: str) -> str:
    folded = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", name)).casefold()
    folded = folded.replace("և", "եվ").replace("եւ", "եվ")
    letters: list[str] = []
    base_is_latin = False
    for sign in unicodedata.normalize("NFKD", folded):
        kind = unicodedata.category(sign)
        if kind == "Mn":
            # An accent says little on a Latin letter; in Devanagari or Arabic a mark is part of the letter.
            if not base_is_latin:
                letters.append(sign)
            continue
        base_is_latin = unicodedata.name(sign, "").startswith("LATIN")
        if kind == "Cf":  # joiners and direction marks are invisible
            continue
        letters.append(sign if kind[0] in "LMN" else " ")
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).split())
