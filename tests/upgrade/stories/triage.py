"""Screening of what was filed, also where it fails, and alerts left in every state."""

from datetime import date
from unittest.mock import patch
from uuid import UUID

from django.db import OperationalError
from django.utils import timezone

from alerts.models import Alert, Screening
from alerts.rules import engine
from alerts.screening import retry
from alerts.screening.batch import screen_waiting
from alerts.triage import actions as act
from permits.models import Application
from tests.factories.screening import proposed
from tests.upgrade.stories.cast import Cast
from tests.upgrade.stories.companies import Companies
from tests.upgrade.stories.filing import (
    BLIND,
    CHILD,
    CONTROLLED,
    DEBT,
    LEAST,
    POOR,
    SHARED,
    TWO_BIRTH_DATES,
    an_application,
    named,
)

CONFIRMED = "Վճարը կապում է աշխատողին միջնորդի հետ։ Долг больше трёх зарплат."


def screen(cast: Cast) -> None:
    """Everything that waits, as a worker does it."""
    cast.clock(1)
    while screen_waiting(timezone.now()):
        pass


def fail(cast: Cast, times: int) -> None:
    """What waits cannot be screened, however often it is tried."""
    with patch.object(engine, "evaluate", side_effect=OperationalError("the server closed the connection")):
        for _ in range(times):
            cast.clock(30)
            screen_waiting(timezone.now())


def patterns(cast: Cast, companies: Companies) -> dict[str, Alert]:
    """Files in which each rule finds something, or has nothing to look at; the alerts that they raised."""
    builder, garment, shell = companies.builder, companies.garment, companies.shell
    files = {
        "poor": an_application(cast, garment, cast["oleg"], named(0, POOR)),
        "blind": an_application(cast, garment, cast["oleg"], named(1, BLIND)),
        "blind_again": an_application(cast, garment, cast["oleg"], named(2, BLIND, CONTROLLED)),
        "controlled": an_application(cast, garment, cast["oleg"], named(3, CONTROLLED)),
        "two_birth_dates": an_application(cast, builder, cast["anna"], TWO_BIRTH_DATES),
        "debt": an_application(cast, builder, cast["anna"], named(1, DEBT)),
        "debt_again": an_application(cast, builder, cast["anna"], named(2, DEBT)),
        "nothing_said": an_application(cast, garment, cast["oleg"], LEAST),
    }
    for number in range(5):
        cast.clock(60)
        files[f"network_{number}"] = an_application(cast, shell, cast["karim"], named(number, SHARED))
    screen(cast)
    found = {name: Alert.objects.filter(application=file.pk).first() for name, file in files.items()}
    return {name: alert for name, alert in found.items() if alert is not None}


def for_cases(cast: Cast, companies: Companies, names: list[str]) -> dict[str, Alert]:
    """One confirmed alert for each name; the last person is a child."""
    alerts = {}
    for number, name in enumerate(names):
        changes = named(number, DEBT, CHILD if number == len(names) - 1 else {})
        file = an_application(cast, companies.garment, cast["oleg"], changes)
        screen(cast)
        alerts[name] = confirm(cast, Alert.objects.get(application=file.pk))
    return alerts


def confirm(cast: Cast, alert: Alert) -> Alert:
    """An analyst takes an alert and confirms it."""
    act.take(alert, by=cast["zara"], at=cast.clock())
    return act.confirm(alert, by=cast["zara"], at=cast.clock(), reason=CONFIRMED)


def work(cast: Cast, alerts: dict[str, Alert]) -> None:
    """Alerts in every state before the handover; the last one of the network stays new."""
    zara, levon, clock = cast["zara"], cast["levon"], cast.clock
    clock.morning_of(date(2026, 6, 12))
    act.take(alerts["poor"], by=levon, at=clock())
    act.release(alerts["poor"], by=levon, at=clock())
    act.take(alerts["poor"], by=levon, at=clock())
    act.take_over(
        alerts["poor"],
        expected_owner=levon.pk,
        by=zara,
        at=clock(),
        reason="Լևոնը արձակուրդում է մինչև ուրբաթ։",
    )
    act.take(alerts["blind"], by=zara, at=clock())
    act.dismiss(
        alerts["blind"],
        by=zara,
        at=clock(),
        reason="Անմեղ բացատրություն կա, ստուգված է։",
        category="false_alarm",
    )
    act.take(alerts["blind_again"], by=zara, at=clock())
    act.dismiss(
        alerts["blind_again"], by=zara, at=clock(), reason="Данных слишком мало.", category="not_enough"
    )
    act.reopen(alerts["blind_again"], by=levon, at=clock(), reason="A second file says the same.")
    act.dismiss(
        alerts["blind_again"], by=levon, at=clock(), reason="Still nothing to go by.", category="not_enough"
    )
    act.take(alerts["debt"], by=zara, at=clock())
    act.dismiss(
        alerts["debt"], by=zara, at=clock(), reason="A lawful loan for the ticket.", category="useful"
    )
    act.give_back(
        alerts["debt"],
        expected_proposal=proposed(alerts["debt"]),
        by=levon,
        at=clock(),
        reason="The recruiter is known to us.",
    )
    act.dismiss(alerts["debt"], by=zara, at=clock(), reason="A lawful loan, papers seen.", category="useful")
    act.agree(
        alerts["debt"],
        expected_proposal=proposed(alerts["debt"]),
        by=levon,
        at=clock(),
        reason="Համաձայն եմ։",
    )
    act.take(alerts["debt_again"], by=zara, at=clock())
    act.dismiss(
        alerts["debt_again"], by=zara, at=clock(), reason="قرض قانوني حسب الأوراق", category="false_alarm"
    )
    confirm(cast, alerts["controlled"])


def could_not_check(cast: Cast, companies: Companies) -> list[Application]:
    """One that failed and succeeded when a person asked again, one given up, one that will be tried again."""
    files = [
        an_application(cast, companies.builder, cast["tigran"], named(number, DEBT)) for number in range(3)
    ]
    keys = [_newest(file) for file in files]
    fail(cast, times=1)
    cast.clock(30)
    retry.retry(_screening(keys[0]), by=cast["zara"], at=cast.clock())
    cast.clock(1)
    with patch("permits.feed.claim", side_effect=lambda limit, at, *which: [keys[0]]):
        screen_waiting(timezone.now())
    fail(cast, times=14)
    retry.retry(_screening(keys[2]), by=cast["levon"], at=cast.clock())
    fail(cast, times=1)
    return files


def _newest(file: Application) -> UUID:
    return file.submissions.latest("number").pk


def _screening(submission: UUID) -> Screening:
    return Screening.objects.get(submission=submission)
