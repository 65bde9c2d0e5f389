"""Addresses in Armenia: towns by province, streets, and no house twice.

The shares of provinces outside Yerevan follow their population roughly (our assumption). Streets exist, the
house and flat numbers need not.
"""

from random import Random

from wpis.development.simulation.randomness import Weighted

YEREVAN = "AM-ER"
TOWNS: dict[str, tuple[str, ...]] = {
    "AM-AG": ("Ashtarak", "Talin"),
    "AM-AR": ("Artashat", "Masis", "Ararat"),
    "AM-AV": ("Armavir", "Vagharshapat", "Metsamor"),
    "AM-GR": ("Gavar", "Sevan", "Martuni"),
    "AM-KT": ("Abovyan", "Hrazdan", "Charentsavan", "Yeghvard"),
    "AM-LO": ("Vanadzor", "Alaverdi", "Stepanavan"),
    "AM-SH": ("Gyumri", "Artik"),
    "AM-SU": ("Kapan", "Goris", "Kajaran", "Sisian"),
    "AM-TV": ("Ijevan", "Dilijan", "Berd"),
    "AM-VD": ("Yeghegnadzor", "Jermuk", "Vayk"),
}
_PROVINCES = Weighted(
    [
        *(("AM-KT", 0.22), ("AM-AR", 0.15), ("AM-AV", 0.14), ("AM-LO", 0.12), ("AM-SH", 0.11)),
        *(("AM-TV", 0.07), ("AM-SU", 0.07), ("AM-GR", 0.05), ("AM-AG", 0.05), ("AM-VD", 0.02)),
    ]
)
_STREETS = (
    "Abovyan Street", "Tumanyan Street", "Komitas Avenue", "Mashtots Avenue", "Baghramyan Avenue",
    "Tigran Mets Avenue", "Arshakunyats Avenue", "Artashisyan Street", "Shirak Street", "Gai Avenue",
    "Azatutyan Avenue", "Nalbandyan Street", "Khorenatsi Street", "Sebastia Street", "Bagratunyats Avenue",
    "Raffi Street", "Leningradyan Street", "Tsarav Aghbyur Street", "Myasnikyan Street", "Charents Street",
    "Isahakyan Street", "Shahumyan Street", "Garegin Nzhdeh Street", "Sayat-Nova Street", "Vardanants Street",
)  # fmt: skip


def province(chance: Random, outside: float) -> str:
    """Yerevan, or by the given share one of the ten other provinces."""
    return _PROVINCES.pick(chance) if chance.random() < outside else YEREVAN


class Places:
    """Gives out each building once, so that two applications share an address only on purpose."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.given: set[str] = set()
        self.longest: dict[str, int] = {}

    def building(self, province: str) -> str:
        """A house: `48 Raffi Street, Yerevan`."""
        return self._once(province)

    def flat(self, province: str) -> str:
        """A flat: `48 Raffi Street, apt 17, Yerevan`."""
        return self._once(province, flats=90)

    def _once(self, province: str, flats: int = 0) -> str:
        houses = self.longest.get(province, 160)
        while True:
            town = self.chance.choice(TOWNS.get(province, ("Yerevan",)))
            inside = f", apt {int(self.chance.random() * flats) + 1}" if flats else ""
            house = int(self.chance.random() * houses) + 1
            address = f"{house} {self.chance.choice(_STREETS)}{inside}, {town}"
            if address not in self.given:
                self.given.add(address)
                return address
            houses = self.longest[province] = houses + 3  # a large country needs longer streets
