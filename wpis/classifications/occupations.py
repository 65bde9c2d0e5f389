"""Occupations: the unit groups of ISCO-08 with their titles in English and Armenian."""

from functools import cache
from pathlib import Path

from wpis.languages.reader import reader_language
from wpis.languages.translated import ArmenianEnglish, TranslatedText
from wpis.strict_yaml import read_yaml

TITLES = Path(__file__).with_name("occupations.yaml")


@cache
def _titles() -> dict[str, TranslatedText]:
    return read_yaml(TITLES, dict[str, ArmenianEnglish])


def occupations() -> list[tuple[str, str]]:
    """(ISCO-08 unit group, title in the reader's language with the code), by code."""
    return [(code, titled(code)) for code in _titles()]


def titled(code: str) -> str:
    """The title in the reader's language with the code behind it; the code twice when it is unknown."""
    return f"{occupation_title(code)} ({code})"


def occupation_title(code: str, language: str | None = None) -> str:
    """Title of an ISCO-08 unit group in `language` (default: the reader's); the code when unknown."""
    title = _titles().get(code)
    return title.in_language(language or reader_language()) if title else code
