"""The story of a release fixture, from the first account to the row that nobody has worked on yet."""

from datetime import date
from io import StringIO

from django.core.management import call_command

from tests.upgrade import keys
from tests.upgrade.clock import Clock
from tests.upgrade.stories import (
    cases,
    cast,
    companies,
    country,
    left_over,
    office,
    programs,
    rulesets,
    triage,
    visits,
)


def tell(clock: Clock) -> dict[str, str]:
    """Three chapters: field keys were rotated after the first and joined by a newer one after the second.

    Gives the tokens of the programs that play, by surface.
    """
    with keys.of_the_past(field="f1", permit="p1"):
        people = cast.gather(clock)
        country.begin(people)
        firms = companies.register(people)
        office.decided(people, firms)
    with keys.of_the_past(field="f2", permit="p2"):
        _rotate()
        office.drafts(people, firms)
        office.under_way(people, firms)
        rulesets.publish(people)
        alerts = triage.patterns(people, firms)
        triage.work(people, alerts)
        employers_token = programs.of_an_employer(people, firms.builder)
        companies.dismiss(people, firms.builder)
    confirmed = triage.for_cases(people, firms, cases.NAMES)
    opened = cases.live(people, confirmed)
    agencys_token = programs.of_an_agency(people, opened["overdue"])
    visits.visit(people, opened["answered"])
    triage.could_not_check(people, firms)
    left_over.background_jobs(people, firms.builder)
    left_over.reminders(people, opened["in_contact"])
    visits.after_its_time(people, date(2026, 7, 13))
    left_over.reminders_of_the_last_minute(people, opened["in_contact"])
    office.at_the_end(people, firms)
    visits.wrong_password(people)
    return {"portal": employers_token, "protection": agencys_token}


def _rotate() -> None:
    call_command("rotate_field_keys", stdout=StringIO())
