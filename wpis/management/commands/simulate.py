"""Fill the service with a synthetic country: eighteen months of applications, played through the real actions."""

from argparse import ArgumentTypeError
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from wpis.embedded.local import STATE
from wpis.errors import Refused
from wpis.simulation import stages
from wpis.simulation.accounts import make
from wpis.simulation.country import YEREVAN, Country
from wpis.simulation.generator import generate
from wpis.simulation.truth import truth, write


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--applications", type=int, default=600, help="how many (default: 600)")
        parser.add_argument("--seed", type=int, default=1, help="same seed and last day, same country")
        parser.add_argument("--until", type=_day, help="last day, YYYY-MM-DD (default: today)")
        parser.add_argument("--demo", action="store_true", help="let the demo accounts sign in")
        parser.add_argument("--more", action="store_true", help="add to the data that are there")
        parser.add_argument("--truth", type=Path, help="where to write what was planted")
        parser.add_argument(
            "--bulk",
            action="store_true",
            help="for benchmarks only: insert the rows directly, decide nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line `n/m` as the country grows; write the truth file at the end."""
        try:
            actors = make(stages.accounts(), can_sign_in=options["demo"])
        except PermissionError as error:
            raise CommandError(str(error)) from error
        if stages.have_data() and not options["more"]:
            self.stdout.write("There are applications already; --more adds to them.")
            return
        until = options["until"] or timezone.localdate()
        now = min(timezone.now(), datetime.combine(until + timedelta(days=1), time(), tzinfo=YEREVAN))
        country = generate(seed=options["seed"], applications=options["applications"], until=until)
        try:
            filed = (
                stages.load(country, actors, now, self._progress)
                if options["bulk"]
                else self._live(country, actors, now)
            )
        except Refused as error:
            hint = (
                f" Seed {country.seed} is here already: take another." if error.field == "tax_number" else ""
            )
            raise CommandError(f"{error}{hint}") from error
        path = options["truth"] or STATE / f"truth-{country.seed}.json"
        write(path, truth(country, filed))
        self.stdout.write(f"What was planted stands in {path}")

    def _live(self, country: Country, actors: Any, now: datetime) -> list[stages.Filed]:
        filed: dict[Any, stages.Filed] = {}
        done = 0
        for day in stages.live(country, actors, now, filed):
            if today := country.by_day.get(day):
                done += len(today)
                self._progress(done, len(country.filings))
        return list(filed.values())

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"Applications {done}/{total}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is not a day like 2026-11-21") from error
