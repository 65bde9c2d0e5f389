"""Lets every installed app play its part in a synthetic country, one day after the other.

An app takes part by a module `<app>.development.simulation` with `ACCOUNTS` (who plays) and `act(today)` (what they do
on that day, through the app's real actions, with the day's moments as `at`). The order is that of the settings, so
each app finds what the one before it has left.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import import_module
from random import Random
from typing import Any, Protocol, cast
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.utils.module_loading import module_has_submodule

from wpis.development.simulation.country import YEREVAN, Country, Filing
from wpis.development.simulation.playing.accounts import Account, Actors
from wpis.development.simulation.randomness import random_stream

Memory = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FiledApplication:
    """An application that was really filed."""

    filing: Filing
    reference: str


@dataclass(slots=True)
class Today:
    """One day of a country as an app sees it.

    `memory` is the apps' own and is kept from day to day as JSON: put only strings, numbers, lists and dictionaries
    there, and do not rely on the order of a dictionary.
    """

    on: date
    country: Country
    actors: Actors
    now: datetime  # the real moment: nothing may happen after it
    chance: Random
    filed: dict[UUID, FiledApplication]  # by application
    memory: Memory = field(default_factory=dict)
    is_busy: bool = False  # something was submitted or decided today

    @property
    def is_recent(self) -> bool:
        """One of the last two days: what happens now is news, what happened before is history."""
        return self.on > self.country.until - timedelta(days=2)

    def moment(self, hour: int, minute: int = 0, second: int = 0) -> datetime:
        """A time of this day in Yerevan."""
        return self.at(time(hour, minute, second))

    def at(self, clock: time) -> datetime:
        """The same for a time of day; a last day that is not over is drawn together until now."""
        midnight = datetime.combine(self.on, time(), tzinfo=YEREVAN)
        moment = datetime.combine(self.on, clock, tzinfo=YEREVAN)
        if self.now < midnight + timedelta(days=1):
            moment = midnight + (moment - midnight) * ((self.now - midnight) / timedelta(days=1))
        return min(moment, self.now)


@dataclass(frozen=True, slots=True)
class Yesterday:
    """What the last day that is over has left: the apps' memory, and everything filed so far."""

    on: date
    memory: Memory
    filed: dict[UUID, FiledApplication]


class Participant(Protocol):
    """What the module `<app>.development.simulation` of an app that takes part has."""

    ACCOUNTS: tuple[Account, ...]

    def act(self, today: Today) -> None:
        """Do what this app's people do on that day."""


def participants() -> list[Participant]:
    """The simulation modules of the installed apps, in the order of the settings."""
    found = []
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "development"):
            module = import_module(f"{config.name}.development.simulation")
            if hasattr(module, "act"):
                found.append(cast(Participant, module))
    return found


def accounts() -> list[Account]:
    """Everybody who plays, in the order of the settings."""
    return [account for app in participants() for account in app.ACCOUNTS]


def play(
    country: Country, actors: Actors, now: datetime, *, since: Yesterday, keep: Callable[[Today], None]
) -> Iterator[Today]:
    """Play the country day by day, from the day after `since`; yields each day when it is over.

    A day is one transaction: workers of a running service never see a past that is half done, and whatever an
    app leaves waiting (the last days' letters) is found by them as if it had just been filed. `keep` writes down
    in the same transaction what the next day needs, so that an interrupted seeding can continue.
    """
    taking_part = participants()
    with connection.cursor() as cursor:  # invented data may be lost by a crash of the machine
        cursor.execute("SET synchronous_commit = off")
    day = since.on + timedelta(days=1)
    while day <= country.until:
        chance = random_stream(country.seed, "day", day)
        today = Today(day, country, actors, now, chance, since.filed, since.memory)
        with transaction.atomic():
            for app in taking_part:
                app.act(today)
            keep(today)
        yield today
        day += timedelta(days=1)


def have_data() -> bool:
    """Whether some app says (by `has_data()`) that the service is not empty."""
    return any(app.has_data() for app in participants() if hasattr(app, "has_data"))


def load(
    country: Country, actors: Actors, now: datetime, progress: Callable[[int, int], None]
) -> list[FiledApplication]:
    """For benchmarks: every app with a `load()` inserts rows directly, and nothing is played."""
    filed: list[FiledApplication] = []
    for app in participants():
        if hasattr(app, "load"):
            filed += app.load(country, actors, now, progress)
    return filed
