"""A clock that moves only when a story goes on, and entropy that is the same each time."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from unittest.mock import patch

import time_machine
from django.utils import timezone

BEGIN = datetime(2026, 6, 1, 5, tzinfo=UTC)
"""A Monday, nine in the morning in Yerevan."""


class Clock:
    """Every call is one step later and gives that moment; between two steps no time passes."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.traveller = traveller

    def __call__(self, minutes: float = 7) -> datetime:
        """The moment of the next step."""
        self.traveller.shift(timedelta(minutes=minutes))
        return timezone.now()

    def morning_of(self, day: date) -> None:
        """Go on in the morning of a later day."""
        morning = datetime.combine(day, time(5), tzinfo=UTC)
        assert morning > timezone.now(), f"{day} is over"
        self.traveller.move_to(morning)


@contextmanager
def stopped_clock(at: datetime = BEGIN) -> Iterator[Clock]:
    """The clock stands at `at` inside the block."""
    with time_machine.travel(at, tick=False) as traveller:
        yield Clock(traveller)


@contextmanager
def same_entropy(seed: int) -> Iterator[None]:
    """Ids, references, nonces and salts are drawn from `seed`: for throw-away data only, nothing here is secret."""
    drawn = random.Random(seed)
    random.seed(seed)
    with patch("os.urandom", drawn.randbytes), patch("random._urandom", drawn.randbytes):
        yield
