"""Makes companies: an Armenian name in both scripts, tax number, activity, age, address, director."""

from datetime import date, timedelta
from random import Random

from wpis.development.simulation.country import Company
from wpis.development.simulation.employers.places import Places, province
from wpis.development.simulation.employers.sectors import Sector

_ROOTS = (
    ("Ararat", "Արարատ"), ("Masis", "Մասիս"), ("Urartu", "Ուրարտու"), ("Nairi", "Նաիրի"), ("Ani", "Անի"),
    ("Van", "Վան"), ("Arax", "Արաքս"), ("Hayk", "Հայկ"), ("Aragats", "Արագած"), ("Sevan", "Սևան"),
    ("Erebuni", "Էրեբունի"), ("Garni", "Գառնի"), ("Zvartnots", "Զվարթնոց"), ("Tatev", "Տաթև"),
    ("Dvin", "Դվին"), ("Lori", "Լոռի"), ("Syunik", "Սյունիք"), ("Shirak", "Շիրակ"), ("Artsakh", "Արցախ"),
    ("Narek", "Նարեկ"), ("Astghik", "Աստղիկ"), ("Anahit", "Անահիտ"), ("Vahagn", "Վահագն"),
    ("Tigran", "Տիգրան"), ("Ashot", "Աշոտ"), ("Nor Ani", "Նոր Անի"), ("Arev", "Արև"),
    ("Lusabats", "Լուսաբաց"), ("Kamurj", "Կամուրջ"),
    ("Vardan", "Վարդան"), ("Hrazdan", "Հրազդան"), ("Akhtamar", "Ախթամար"), ("Cilicia", "Կիլիկիա"),
)  # fmt: skip
_DIRECTORS = tuple(
    f"{name} {surname}"
    for name in ("Armen", "Tigran", "Hayk", "Gor", "Anna", "Lilit", "Narine", "Vahe", "Karen", "Mariam")
    for surname in ("Sargsyan", "Hakobyan", "Grigoryan", "Petrosyan", "Harutyunyan", "Avetisyan", "Manukyan")
)


class Companies:
    """Makes companies with tax numbers that are used once."""

    def __init__(self, chance: Random, places: Places, until: date) -> None:
        self.chance, self.places, self.until = chance, places, until
        self.tax_numbers: set[str] = set()

    def make(self, sector: Sector, *, registered_on: date | None = None, where: str | None = None) -> Company:
        """A company of the sector; by default one that has existed for two to twenty-five years."""
        chance = self.chance
        latin, armenian = chance.choice(_ROOTS)
        word, word_hy = chance.choice(sector.words)
        number = self._tax_number()
        home = where or province(chance, sector.outside)
        sole = chance.random() < 0.06
        return Company(
            tax_number=number,
            name_en=f"{latin} {word} {'SP' if sole else 'LLC'}",
            name_hy=f"«{armenian} {word_hy}» {'ԱՁ' if sole else 'ՍՊԸ'}",
            province=home,
            address=self.places.building(home),
            nace=chance.choice(sector.nace),
            registered_on=registered_on
            or self.until - timedelta(days=DAYS_OLD + int(chance.expovariate(1 / 2200)) % 7500),
            phone=f"+37410{chance.randint(200000, 599999)}",
            email=f"office@{latin.lower().replace(' ', '')}-{number}.example",
            sector=sector.name,
            director=chance.choice(_DIRECTORS),
        )

    def _tax_number(self) -> str:
        while True:
            number = f"{self.chance.randint(0, 99_999_999):08d}"
            if number not in self.tax_numbers:
                self.tax_numbers.add(number)
                return number


DAYS_OLD = 548 + 730
"""Two years on the first day of the country: an old company is never mistaken for a new one."""
