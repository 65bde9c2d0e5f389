"""A valid machine-readable zone, read."""

from dataclasses import dataclass
from datetime import date

from wpis.dates.partial import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class MRZ:
    """A valid zone. Texts are without fillers; a `<` inside a text is a space.

    `birth` is YYMMDD as printed, with `<<` for an unknown part (some states print 00); `birth_date` is None unless
    all are known, `born` says what is known from the year on.
    `sex` is M, F or X (printed as `<`: not specified). `optional_data` has no meaning common to all states;
    `optional_data_2` exists on TD1 only. `personal_number` exists on TD3 only.
    """

    format: str
    document_code: str
    issuer: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth: str
    birth_year: int | None
    birth_date: date | None
    sex: str
    expiry: str
    expiry_date: date | None
    personal_number: str = ""
    optional_data: str = ""
    optional_data_2: str = ""
    names_may_be_cut: bool = False

    @property
    def born(self) -> PartialDate | None:
        """The date of birth as far as it is known; None without a year."""
        if self.birth_year is None:
            return None
        return PartialDate(self.birth_year, self.birth_month, self.birth_day if self.birth_month else None)

    @property
    def one_name(self) -> bool:
        """Whether the document gives one name only, in either place; unknown, so no, where the line cut names off."""
        return not (self.surname and self.given_names) and not self.names_may_be_cut

    @property
    def birth_month(self) -> int | None:
        return known(self.birth[2:4])

    @property
    def birth_day(self) -> int | None:
        return known(self.birth[4:6])


def known(part: str) -> int | None:
    """Two digits of a date as a number; None for fillers."""
    return None if part == "<<" else int(part)


def plain(field: str) -> str:
    """A field without fillers; those between words are spaces."""
    return " ".join(field.replace("<", " ").split())
