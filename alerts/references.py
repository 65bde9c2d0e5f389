"""References of alerts: random, so that they tell neither order nor number."""

from wpis import references


def new() -> str:
    """A fresh reference such as S-7KQ2-M9XD; 32^8 of them make a clash as good as impossible."""
    return references.new("S", 8, block=4)
