"""References of applications and permits: how long they are, and that they end in a check letter."""

from wpis import references

LETTERS = {"WP": 12, "P": 13}
"""prefix -> random letters of 5 bits each. Anybody may look a permit up by its number, so a number has 65 bits, and
trying out finds nothing (promise P12); an application shows only to those who signed in and whose it is."""


_CHECK_LETTER = 1


def new(prefix: str) -> str:
    """A fresh reference such as WP-7K3M9QXD2FHA4."""
    return references.new(prefix, LETTERS[prefix], checked=True)


def readings(typed: str, prefix: str) -> list[str]:
    """The references with this prefix that a person may mean, the likeliest first; see `wpis.references.readings`."""
    return references.readings(typed, prefix, LETTERS[prefix] + _CHECK_LETTER)
