"""Occupations: the unit groups of ISCO-08 with their titles in English, Armenian and Russian."""

from functools import cache
from pathlib import Path
from typing import Annotated

from wpis.languages.reader import reader_language
from wpis.languages.translated import InLanguages, TranslatedText
from wpis.strict_yaml import read_yaml

LANGUAGES = ("en", "hy", "ru")
HERE = Path(__file__).parent

_InAll = Annotated[TranslatedText, InLanguages(LANGUAGES)]


@cache
def titles() -> dict[str, TranslatedText]:
    """ISCO-08 unit group -> its title in each language."""
    return read_yaml(HERE / "occupations.yaml", dict[str, _InAll])


@cache
def everyday_words() -> dict[str, TranslatedText]:
    """ISCO-08 unit group -> what people call it in each language, with commas between."""
    return read_yaml(HERE / "everyday_words.yaml", dict[str, _InAll])


def occupations() -> list[tuple[str, str]]:
    """(ISCO-08 unit group, title in the reader's language with the code), by code."""
    return [(code, titled(code)) for code in titles()]


def titled(code: str) -> str:
    """The title in the reader's language with the code behind it; the code twice when it is unknown."""
    return f"{occupation_title(code)} ({code})"


def occupation_title(code: str, language: str | None = None) -> str:
    """Title of an ISCO-08 unit group in `language` (default: the reader's); the code when unknown."""
    title = titles().get(code)
    return title.in_language(language or reader_language()) if title else code
