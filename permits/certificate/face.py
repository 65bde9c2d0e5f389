"""The data of the printed permit, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One value in the two languages of the permit; an empty side shows the other one."""

    hy: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitFace:
    """The face of one permit. Wage in drams a month before tax, hours a week; None is not printed.

    `valid_until` is the last valid day. `issued_at` is aware; it dates the file, so the same face gives the
    same bytes. `signed_again_at` is the moment of the newest signature, if it is not the first one. `code` is the
    signed code of `wpis.crypto.permit_codes`, `verify_url` the page that checks it.
    """

    number: str
    worker: Bilingual  # en: as in the machine-readable zone of the passport
    birth_year: int | None
    employer: Bilingual
    occupation: Bilingual
    workplace: Bilingual
    marz: Bilingual
    monthly_wage: int | None
    weekly_hours: int | float | None
    valid_from: date
    valid_until: date
    legal_ground: Bilingual
    issued_at: datetime
    issued_by: Bilingual  # the desk that decided, not a person's name
    verify_url: str
    code: str
    signed_again_at: datetime | None = None
