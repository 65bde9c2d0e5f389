"""What entries of the law book have in common: texts in two languages, and how well a source supports a value."""

from enum import StrEnum

from wpis.strict_yaml import Entry, Text


class Confidence(StrEnum):
    """How well a value is supported by sources; everything but C waits for a lawyer's word."""

    CONFIRMED = "C"
    WEAK = "W"
    CONFLICTING = "X"
    GENERAL = "G"


class Words(Entry):
    """The same text in the two languages of the law book."""

    en: Text
    hy: Text

    def in_language(self, code: str) -> str:
        """The Armenian text for `hy`, the English one for every other language code."""
        return self.hy if code.split("-")[0] == "hy" else self.en
