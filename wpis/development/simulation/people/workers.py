"""Makes workers: name in both scripts, passport with a right machine-readable zone, contact, languages."""

from datetime import date, timedelta
from random import Random

from wpis.development.simulation.country import Worker
from wpis.development.simulation.people.armenian import in_armenian_letters
from wpis.development.simulation.people.nationalities import Nationality, draw, filled
from wpis.development.simulation.people.passports import zone
from wpis.development.simulation.people.unusual import Unusual, unusual


class Workers:
    """Makes people, each with a passport number and contact of their own."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.given: set[str] = set()

    def make(
        self, on: date, *, women: float, nationality: Nationality | None = None, age: int | None = None
    ) -> Worker:
        """Somebody who applies `on` that day; `women` is their share in the sector, `age` whole years."""
        chance = self.chance
        origin = nationality or draw(chance)
        is_woman = chance.random() < women
        given, surname = (
            chance.choice(origin.women if is_woman else origin.men),
            chance.choice(origin.surnames),
        )
        years = age if age is not None else min(max(int(chance.gauss(31, 8)), 19), 60)
        born = on - timedelta(days=int(years * 365.25) + chance.randint(20, 330))
        expires = on + timedelta(days=chance.randint(400, 3300))
        number = self._once(origin.passport)
        sex = "F" if is_woman else "M"
        phone = self.armenian_phone() if chance.random() < 0.25 else self._once(origin.phone)
        box = f"{given.split()[0].lower()}.{surname.split()[-1].lower()}{len(self.given)}"
        worker = Worker(
            given_names=given,
            surname=surname,
            given_names_hy=in_armenian_letters(given),
            surname_hy=in_armenian_letters(surname),
            birth_date=born,
            sex=sex,
            nationality=origin.code,
            passport_number=number,
            passport_issuer=origin.code,
            passport_expires_on=expires,
            mrz=None,
            phone=phone,
            email=f"{box}@mail.example" if chance.random() < 0.7 else None,
            contact_is_own=True,
            languages=list(origin.languages.pick(chance)),
        )
        _leave_out(worker, unusual(number))
        worker.mrz = zone(worker)
        return worker

    def armenian_phone(self) -> str:
        """The number of a card bought in Armenia."""
        return self._once("+37477######")

    def _once(self, pattern: str) -> str:
        while True:
            number = filled(pattern, self.chance)
            if number not in self.given:
                self.given.add(number)
                return number


def _leave_out(worker: Worker, papers: Unusual) -> None:
    """Take away what the passport does not say."""
    worker.birth_known = papers.birth_known
    worker.nationality = papers.nationality or worker.nationality
    if papers.one_name:
        empty = "surname" if papers.one_name == "given_names" else "given_names"
        worker.one_name = True
        setattr(worker, empty, "")
        setattr(worker, f"{empty}_hy", "")
