"""Where workers live: flats of their own, or houses that an employer rents and never overfills."""

from dataclasses import dataclass
from random import Random

from wpis.development.simulation.country import Company, Housing
from wpis.development.simulation.employers.places import Places

FULL = 0.7
"""Share of the beds given away: people move on, and a declared address counts for twelve months."""


@dataclass(slots=True)
class House:
    """A house with beds."""

    province: str
    address: str
    capacity: int
    per_room: int
    taken: int = 0


class Accommodation:
    """Assigns a bed to each worker."""

    def __init__(self, chance: Random, places: Places) -> None:
        self.chance, self.places = chance, places
        self.houses: dict[str, House] = {}

    def house(self, province: str, capacity: int | None = None) -> House:
        """A new house; decent ones have two to four beds a room."""
        beds = capacity or self.chance.choice((6, 8, 10, 12, 16))
        return House(province, self.places.building(province), beds, self.chance.choice((2, 2, 3, 3, 4)))

    def of_employer(self, company: Company) -> Housing:
        """A bed in the company's current house; the next house is rented before the beds run out."""
        current = self.houses.get(company.tax_number)
        if current is None or current.taken >= FULL * current.capacity:
            current = self.houses[company.tax_number] = self.house(company.province)
        return bed(current, "employer")

    def own_flat(self, province: str) -> Housing:
        """A flat that the worker rents; nobody declares beds then, and some say how many share a room."""
        shared = self.chance.choice((1, 1, 2, 2, 3, None))
        return Housing(
            provider="worker",
            province=province,
            address=self.places.flat(province),
            persons_per_room=shared,
            capacity=None,
            at_workplace=False,
        )


def bed(house: House, provider: str) -> Housing:
    """One more bed of a house."""
    house.taken += 1
    return Housing(
        provider=provider,
        province=house.province,
        address=house.address,
        persons_per_room=house.per_room,
        capacity=house.capacity,
        at_workplace=False,
    )
