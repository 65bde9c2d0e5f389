"""Fill the service with a synthetic country: eighteen months of applications, played through the real actions."""

from argparse import ArgumentTypeError
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from wpis.development.embedded.local import STATE
from wpis.development.invented_people import refuse_elsewhere
from wpis.development.models import SimulationRun
from wpis.development.simulation.country import YEREVAN, Country
from wpis.development.simulation.generator import generate
from wpis.development.simulation.playing import days, progress
from wpis.development.simulation.playing.accounts import Actors, make
from wpis.development.simulation.truth import truth, write
from wpis.errors import Refused


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
        """Print a line `n/m` as the country grows; write the truth file at the end. An interrupted one goes on."""
        refuse_elsewhere()
        actors = make(days.accounts(), can_sign_in=options["demo"])
        begun = progress.interrupted(options["seed"])
        if begun is None and days.have_data() and not options["more"]:
            self.stdout.write("There are applications already; --more adds to them.")
            return
        path = options["truth"] or STATE / f"truth-{options['seed']}.json"
        try:
            if begun is not None:
                self._go_on(begun, actors, path)
            else:
                self._begin(actors, path, options)
        except Refused as error:
            hint = (
                f" Seed {options['seed']} is here already: take another."
                if error.field == "tax_number"
                else ""
            )
            raise CommandError(f"{error}{hint}") from error
        self.stdout.write(f"What was planted stands in {path}")

    def _begin(self, actors: Actors, path: Path, options: dict[str, Any]) -> None:
        until = options["until"] or timezone.localdate()
        now = min(timezone.now(), datetime.combine(until + timedelta(days=1), time(), tzinfo=YEREVAN))
        country = generate(seed=options["seed"], applications=options["applications"], until=until)
        if options["bulk"]:
            write(path, truth(country, days.load(country, actors, now, self._progress)))
        else:
            run = progress.begin(country, applications=options["applications"], at=now)
            self._play(run, country, actors, path)

    def _go_on(self, run: SimulationRun, actors: Actors, path: Path) -> None:
        """As it was begun: its own size and last day, whatever this command line says."""
        since = f" after {run.played_until}" if run.played_until else ""
        self.stdout.write(f"The country of seed {run.seed} was interrupted; it goes on{since}")
        self._play(run, progress.country_of(run), actors, path)

    def _play(self, run: SimulationRun, country: Country, actors: Actors, path: Path) -> None:
        since = progress.yesterday(run, country)
        done = sum(filing.day <= since.on for filing in country.filings)
        keep = partial(progress.save_day, run)
        for today in days.play(country, actors, run.begun_at, since=since, keep=keep):
            if filed := country.by_day.get(today.on):
                done += len(filed)
                self._progress(done, len(country.filings))
        write(path, truth(country, since.filed.values()))
        progress.finish(run, at=timezone.now())

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"Applications {done}/{total}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is not a day like 2026-11-21") from error
