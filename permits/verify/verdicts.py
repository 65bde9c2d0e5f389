"""Decides whether a permit number or signed code is valid now."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from permits import references
from permits.certificate import Bilingual, PermitFace
from permits.certificate.of_permit import face_of
from permits.models import Permit
from permits.submissions.reading import read
from wpis.classifications.occupations import occupation_title
from wpis.classifications.provinces import province_name
from wpis.crypto.permit_codes import PREFIX, InvalidPermitCode, PermitClaims, Reason, shortened, verify
from wpis.errors import UnreadableRecord
from wpis.formatting.masks import initials
from wpis.languages.reader import reader_language
from wpis.languages.signs import without_invisible
from wpis.references import mistyped
from wpis.search.occupations import code_of_title

NUMBER = re.compile(r"P-[0-9A-Z]{1,14}")
"""What a number can look like; anything else is not looked up, and not shown back."""


class Verdict(models.TextChoices):
    """The answer in one word; the page adds a sign and a colour."""

    VALID = "valid", _("Valid")
    NOT_YET = "not_yet", _("Not valid yet")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    FORGED = "forged", _("Not genuine")
    UNKNOWN = "unknown", _("Not found")
    UNREADABLE = "unreadable", _("Cannot be checked now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The verdict, and what may be shown to anybody who holds the permit: never the whole name."""

    verdict: Verdict
    number: str = ""
    name: str = ""
    employer: str = ""
    occupation: str = ""
    province: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    revoked_on: date | None = None

    @property
    def mistyped(self) -> bool:
        """Whether the number was not found because it was copied wrong, as its check letter tells."""
        return self.verdict == Verdict.UNKNOWN and mistyped(self.number)


def look_up(text: str, at: datetime) -> Finding:
    """What the register says of a number, or of a signed code; the code itself is verified first, offline."""
    typed = "".join(without_invisible(text).split())
    if not typed.upper().startswith(PREFIX):
        return _by_number(references.readings(text, "P"), at)
    try:
        claims = verify(typed, now=at)
    except InvalidPermitCode as invalid:
        if invalid.claims is None:
            unreadable = invalid.reason == Reason.UNREADABLE
            return Finding(verdict=Verdict.UNKNOWN if unreadable else Verdict.FORGED)
        claims = invalid.claims
    found = _by_number([claims.number], at)
    return found if found.verdict != Verdict.UNKNOWN else _by_claims(claims, at)


def _by_number(numbers: list[str], at: datetime) -> Finding:
    """The permit with the likeliest of these numbers that exists; all are asked for in one query."""
    numbers = [number for number in numbers if NUMBER.fullmatch(number)]
    if not numbers:
        return Finding(verdict=Verdict.UNKNOWN)
    permits = {
        one.number: one for one in Permit.objects.select_related("submission").filter(number__in=numbers)
    }
    number = next((number for number in numbers if number in permits), numbers[0])
    if number not in permits:
        return Finding(verdict=Verdict.UNKNOWN, number=number)
    permit = permits[number]
    try:
        filed = read(permit.submission)
        printed = face_of(permit, filed)
    except UnreadableRecord:
        return Finding(verdict=Verdict.UNREADABLE, number=permit.number)
    except ObjectDoesNotExist:  # no decision stands behind it
        return Finding(verdict=Verdict.FORGED, number=number)
    term = _term(permit.valid_from, permit.valid_until, at)
    if not _is_signed(permit, printed, at, over=term == Verdict.EXPIRED):
        return Finding(verdict=Verdict.FORGED, number=number)
    return Finding(
        verdict=Verdict.REVOKED if permit.revoked_at else term,
        number=permit.number,
        name=initials(printed.worker.en),
        employer=_in_language(printed.employer),
        occupation=occupation_title(filed.terms.occupation),
        province=province_name(filed.terms.province),
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        revoked_on=timezone.localdate(permit.revoked_at) if permit.revoked_at else None,
    )


def _is_signed(permit: Permit, shown: PermitFace, at: datetime, *, over: bool) -> bool:
    """Whether the code of the register's row is genuine and says what the row says: a row alone proves nothing.

    Of a permit that has ended the key may be gone from the list, which holds the keys of permits in force.
    """
    try:
        claims = verify(permit.code, now=at)
    except InvalidPermitCode as invalid:
        if invalid.claims is None:
            return over and invalid.reason == Reason.UNKNOWN_KEY
        claims = invalid.claims
    return (claims.number, claims.name, claims.employer, claims.valid_from, claims.valid_until) == (
        permit.number,
        shortened(initials(shown.worker.en)),
        shortened(shown.employer.en),
        permit.valid_from,
        permit.valid_until,
    )


def _by_claims(claims: PermitClaims, at: datetime) -> Finding:
    """The verdict by the signed code alone: its number is not in this register, as after a restore of a backup."""
    return Finding(
        verdict=_term(claims.valid_from, claims.valid_until, at),
        number=claims.number,
        name=claims.name,
        employer=claims.employer,
        occupation=occupation_title(code_of_title(claims.occupation) or claims.occupation),
        province=province_name(claims.marz),
        valid_from=claims.valid_from,
        valid_until=claims.valid_until,
    )


def _term(first: date, last: date, at: datetime) -> Verdict:
    today = timezone.localdate(at)
    if today < first:
        return Verdict.NOT_YET
    return Verdict.VALID if today <= last else Verdict.EXPIRED


def _in_language(value: Bilingual) -> str:
    return value.hy if reader_language() == "hy" else value.en
