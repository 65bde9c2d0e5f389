"""Show or move the clock of a development database; as its owner, and only where WPIS_DEMO is set."""

import re
import time
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from wpis import clock
from wpis.development.invented_people import refuse_elsewhere
from wpis.models import ClockOffset

_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def moment(text: str) -> datetime:
    """2026-12-01T09:00, in Yerevan unless it names another zone."""
    read = datetime.fromisoformat(text)
    return read if timezone.is_aware(read) else timezone.make_aware(read, timezone.get_default_timezone())


def duration(text: str) -> timedelta:
    """3d, 12h or 30m."""
    if not (found := re.fullmatch(r"(\d{1,5})([dhm])", text)):
        raise ValueError(text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        change = parser.add_mutually_exclusive_group()
        change.add_argument("--set", type=moment, metavar="MOMENT", help="go on from 2026-12-01T09:00")
        change.add_argument("--advance", type=duration, metavar="LENGTH", help="3d, 12h or 30m later")
        change.add_argument("--clear", action="store_true", help="the clock of the machine again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move the clock, wait until every running process has noticed, and print the time."""
        refuse_elsewhere()
        if options["clear"]:
            ClockOffset.objects.all().delete()
        elif options["set"] or options["advance"]:
            moved_by = (
                options["set"] - clock.real_now()
                if options["set"]
                else clock.read_offset() + options["advance"]
            )
            ClockOffset.objects.update_or_create(id=ClockOffset.ONLY, defaults={"moved_by": moved_by})
        if options["clear"] or options["set"] or options["advance"]:
            clock.forget()
            time.sleep(clock.REFRESH_SECONDS)
        self.stdout.write(f"{timezone.localtime(clock.now()):%Y-%m-%d %H:%M}")
