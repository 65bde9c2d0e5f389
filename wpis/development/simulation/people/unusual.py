"""People whose passports say less than others': one name only, a part of the date of birth, no citizenship.

Every citizenship has them alike, so that neither tells the other. They are drawn by the passport number and not by
the country's stream of chance: everybody else stays as they would be without them.
"""

from dataclasses import dataclass
from random import Random

ONE_NAME = 0.02
YEAR_OF_BIRTH, MONTH_OF_BIRTH = 0.015, 0.005
"""Only this is known."""
WITHOUT_CITIZENSHIP = {"XXA": 0.004, "XXB": 0.003}
"""Stateless people and refugees, with a travel document of the state where they lived."""


@dataclass(frozen=True, slots=True)
class Unusual:
    """What one passport leaves out. `one_name` is the place that holds the only name, empty where there are two.

    `birth_known` is the smallest known part of the date of birth; `nationality` is empty where there is one.
    """

    one_name: str = ""
    birth_known: str = "day"
    nationality: str = ""


def unusual(passport_number: str) -> Unusual:
    """What the passport of this number leaves out; of most, nothing."""
    chance = Random(f"what the passport {passport_number} leaves out")  # noqa: S311  an invented country
    place = chance.choice(("surname", "given_names")) if chance.random() < ONE_NAME else ""
    birth, known = chance.random(), "day"
    if birth < YEAR_OF_BIRTH + MONTH_OF_BIRTH:
        known = "year" if birth < YEAR_OF_BIRTH else "month"
    at = chance.random()
    for code, share in WITHOUT_CITIZENSHIP.items():
        if at < share:
            return Unusual(place, known, code)
        at -= share
    return Unusual(place, known)
