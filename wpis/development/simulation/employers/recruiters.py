"""Recruiters abroad: one office serves several employers and takes its fee from them, not from the worker."""

from dataclasses import dataclass
from random import Random

from wpis.development.simulation.people.nationalities import Nationality, filled

_WORDS = ("Global", "Bright", "Horizon", "Gulf Star", "Silk Road", "United", "Caucasus", "Golden Gate")
_KINDS = ("Manpower", "Overseas", "Recruitment", "Placement")
SEVERAL = 4
"""Recruiters of each country of origin."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A recruiter as declared."""

    name: str
    country: str
    phone: str
    email: str

    def declared(self) -> dict[str, str]:
        """Under the names of the form."""
        return {
            "recruiter_name": self.name,
            "recruiter_country": self.country,
            "recruiter_phone": self.phone,
            "recruiter_email": self.email,
        }


class Agents:
    """The recruiters of a country, made when first needed."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.known: dict[str, list[Agent]] = {}

    def one_of(self, origin: Nationality) -> Agent:
        """A recruiter who works in that country of origin."""
        known = self.known.setdefault(origin.code, [])
        while len(known) < SEVERAL:
            known.append(self.new(origin))
        return self.chance.choice(known)

    def new(self, origin: Nationality) -> Agent:
        """A recruiter whom nobody else has used."""
        chance = self.chance
        name = f"{chance.choice(_WORDS)} {chance.choice(_KINDS)} {origin.agent_city}"
        host = f"{name.lower().replace(' ', '-')}-{chance.randint(1000, 9999)}.example"
        return Agent(name, origin.code, filled(origin.phone, chance), f"jobs@{host}")
