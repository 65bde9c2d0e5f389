"""Employers: registered through the real action, with delegates who come and go."""

from dataclasses import dataclass
from datetime import date

from permits.actions import delegates
from permits.models import Employer
from tests.factories.permits import a_delegate, an_employer
from tests.upgrade.stories.cast import Cast


@dataclass(frozen=True, slots=True)
class Companies:
    """Two old employers, and one that was registered the month before."""

    builder: Employer
    garment: Employer
    shell: Employer


def register(cast: Cast) -> Companies:
    """Register three companies; two people may file for the first, a third one no longer."""
    builder = an_employer(
        cast["anna"],
        cast.clock(),
        tax_number="01234567",
        name_hy="«Արարատ Շին և Որդիներ» ՍՊԸ",
        name_en="Ararat Build & Sons LLC",
        address="ք. Երևան, Աբովյան 12",
    )
    a_delegate(builder, cast["tigran"], by=cast["anna"], at=cast.clock())
    a_delegate(builder, cast["dismissed"], by=cast["anna"], at=cast.clock())
    a_delegate(builder, cast["karim"], by=cast["anna"], at=cast.clock())
    garment = an_employer(
        cast["oleg"],
        cast.clock(),
        tax_number="02345678",
        name_hy="«Գյումրի Տեքստիլ» ՓԲԸ",
        name_en="Gyumri Textile CJSC",
        province="AM-SH",
        address="г. Гюмри, ул. Руставели, 7",
        nace="14.13",
        registered_on=date(1998, 11, 30),
        phone="+37431255555",
    )
    shell = an_employer(
        cast["karim"],
        cast.clock(),
        tax_number="03456789",
        name_hy="«Նուր Գլոբալ» ՍՊԸ",
        name_en="Nour Global LLC",
        province="AM-LO",
        address="Vanadzor, Tigran Mets 1",
        nace="78.10",
        registered_on=date(2026, 5, 4),
        phone="+37432244444",
    )
    return Companies(builder, garment, shell)


def dismiss(cast: Cast, company: Employer) -> None:
    """Take the right to file back from the delegate whose tokens were made meanwhile."""
    delegates.dismiss(company, cast["dismissed"], by=cast["anna"], at=cast.clock())
