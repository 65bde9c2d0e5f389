"""How well a source supports a value of the law book."""

from enum import StrEnum


class Confidence(StrEnum):
    """How well a value is supported by sources; everything but C waits for a lawyer's word."""

    CONFIRMED = "C"
    WEAK = "W"
    CONFLICTING = "X"
    GENERAL = "G"
