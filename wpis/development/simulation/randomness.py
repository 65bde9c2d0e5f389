"""Seeded chance: a stream that gives the same answers for the same seed on every machine."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def random_stream(*about: object) -> Random:
    """The stream of chance for these words: `random_stream(seed, "country")`. Other words give another stream."""
    return Random("/".join(str(word) for word in about))  # noqa: S311  an invented country needs no secrets


class Weighted(Generic[T]):
    """Choices with weights, added up once."""

    def __init__(self, choices: Sequence[tuple[T, float]]) -> None:
        self.choices = [choice for choice, _ in choices]
        self.sums = list(accumulate(weight for _, weight in choices))

    def pick(self, chance: Random) -> T:
        """One of the choices, by weight."""
        return self.choices[bisect(self.sums, chance.random() * self.sums[-1])]


def round_to(amount: float, step: int) -> int:
    """The amount in whole steps: wages are agreed in round numbers."""
    return max(step, int(amount / step + 0.5) * step)
