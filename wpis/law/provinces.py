"""The eleven marzes of Armenia by their ISO 3166-2 codes."""

from dataclasses import dataclass
from types import MappingProxyType

from wpis.law.reading import Words


@dataclass(frozen=True, slots=True)
class Province:
    """A marz (Yerevan counts as one); `code` is ISO 3166-2:AM."""

    code: str
    name: Words


PROVINCES: tuple[Province, ...] = (
    Province("AM-ER", Words("Yerevan", "Երևան")),
    Province("AM-AG", Words("Aragatsotn", "Արագածոտն")),
    Province("AM-AR", Words("Ararat", "Արարատ")),
    Province("AM-AV", Words("Armavir", "Արմավիր")),
    Province("AM-GR", Words("Gegharkunik", "Գեղարքունիք")),
    Province("AM-KT", Words("Kotayk", "Կոտայք")),
    Province("AM-LO", Words("Lori", "Լոռի")),
    Province("AM-SH", Words("Shirak", "Շիրակ")),
    Province("AM-SU", Words("Syunik", "Սյունիք")),
    Province("AM-TV", Words("Tavush", "Տավուշ")),
    Province("AM-VD", Words("Vayots Dzor", "Վայոց Ձոր")),
)
"""The capital first, the others by code."""

BY_CODE = MappingProxyType({province.code: province for province in PROVINCES})

CHOICES: tuple[tuple[str, str], ...] = tuple((province.code, province.name.en) for province in PROVINCES)
"""Pairs of code and English name, for model fields and forms."""
