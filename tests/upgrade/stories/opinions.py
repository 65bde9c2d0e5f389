"""Opinions of the agencies of the one window: given with an objection and without, and still awaited."""

from permits.agencies.directory import Meaning, Reader, agencies
from permits.checks.opinions import record_opinion, request_opinions
from permits.models import Application
from tests.upgrade.stories.cast import Cast


def ask(cast: Cast, file: Application) -> None:
    """The officer of a file asks every agency; each answers in its own way, and the last one has not yet."""
    checks = request_opinions(file, agencies(), by=cast["gor"], at=cast.clock())
    meanings = (Meaning.NO_OBJECTION, Meaning.OBJECTION)
    for check, meaning in zip(checks, meanings, strict=False):
        agency = agencies()[check.agency]
        outcome = next(slug for slug, each in agency.outcomes.items() if each.means is meaning)
        told = "Աշխատավայրն ազատ է։" if Reader.EMPLOYER in agency.read_by else ""
        text = "Տեղեկություն միայն գրասենյակի համար։ Только для службы."
        record_opinion(check, outcome, text, employer_text=told, by=cast["narine"], at=cast.clock())
