"""When applications are filed: growth from month to month, the season of the sector, the days of the week."""

from bisect import bisect
from datetime import date, time, timedelta
from itertools import accumulate
from random import Random

from wpis.development.simulation.employers.sectors import Sector
from wpis.law.calendar import is_working_day

MONTHS = 18
DAYS = 548
"""Eighteen months."""

GROWTH = 1.6
"""Applications a month at the end against the beginning. Statuses for Indian workers alone went from 105 in
2020 to 646 in seven months of 2024 (permit-process.md 5.1.1, 5.1.4); today's rate is our assumption."""

ON_A_FREE_DAY = 0.12
"""Some employers file on a weekend or holiday; the portal never closes."""


class Seasons:
    """The days of one country, weighed."""

    def __init__(self, until: date) -> None:
        self.days = [until - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
        self.base = [
            GROWTH ** (n / DAYS) * (1.0 if is_working_day(day) else ON_A_FREE_DAY)
            for n, day in enumerate(self.days)
        ]
        self.sums: dict[str, list[float]] = {}

    def day(self, sector: Sector, chance: Random) -> date:
        """A day of filing for a company of this sector."""
        sums = self.sums.get(sector.name)
        if sums is None:
            weighed = (
                weight * sector.season[day.month - 1]
                for day, weight in zip(self.days, self.base, strict=True)
            )
            sums = self.sums[sector.name] = list(accumulate(weighed))
        return self.days[bisect(sums, chance.random() * sums[-1])]


def soon_after(moment: time, chance: Random) -> time:
    """Some minutes later on the same day: an employer files one application after the other."""
    minute = min(moment.hour * 60 + moment.minute + chance.randint(3, 12), 24 * 60 - 1)
    return time(minute // 60, minute % 60, chance.randint(0, 59))


def clock(chance: Random) -> time:
    """A time of day at which people file: mostly within office hours, Yerevan time."""
    minute = min(max(int(chance.gauss(13.5 * 60, 150)), 8 * 60), 22 * 60)
    return time(minute // 60, minute % 60, chance.randint(0, 59))
