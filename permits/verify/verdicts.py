"""Decides whether a permit number or signed code is valid now."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from permits import references
from permits.certificate import Bilingual, PermitFace
from permits.certificate.of_permit import face, face_of
from permits.models import Permit, PermitSigning
from permits.submissions.reading import read
from wpis.classifications.occupations import occupation_title
from wpis.classifications.provinces import province_name
from wpis.crypto.keys import permit_public_keys
from wpis.crypto.permit_codes import (
    PREFIX,
    InvalidPermitCode,
    PermitClaims,
    Reason,
    kid_of,
    shortened,
    verify,
)
from wpis.errors import UnreadableRecord
from wpis.formatting.masks import initials
from wpis.languages.reader import reader_language
from wpis.languages.signs import without_invisible
from wpis.references import mistyped

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


class Note(models.TextChoices):
    """What the page adds to a verdict: about a signature that was replaced, or why nothing can be said."""

    NEW_PRINT_WAITS = "new_print_waits"
    SIGNED_AGAIN = "signed_again"
    STOLEN_KEY = "stolen_key"
    BEING_CONFIRMED = "being_confirmed"
    NOT_IN_REGISTER = "not_in_register"


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
    note: str = ""
    noted_on: date | None = None

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
        if invalid.unproven is not None:
            return _by_stolen_key(typed, invalid.unproven, at)
        if invalid.claims is None:
            unreadable = invalid.reason == Reason.UNREADABLE
            return Finding(verdict=Verdict.UNKNOWN if unreadable else Verdict.FORGED)
        claims = invalid.claims
    found = _by_number([claims.number], at)
    if found.verdict == Verdict.UNKNOWN:
        # Signed by us and lost with a backup, or by whoever has the key: the register alone can tell.
        return Finding(verdict=Verdict.UNREADABLE, number=claims.number, note=Note.NOT_IN_REGISTER)
    if found.name and not (_was_issued(typed, claims) or _says_what_was_issued(claims)):
        return Finding(verdict=Verdict.FORGED, number=claims.number)
    return found


def _by_stolen_key(code: str, claims: PermitClaims, at: datetime) -> Finding:
    """Only the very code that the register holds is ours; of every other one nobody knows who signed it."""
    if not _was_issued(code, claims):
        return Finding(verdict=Verdict.FORGED, note=Note.STOLEN_KEY)
    return _by_number([claims.number], at)


def _was_issued(code: str, claims: PermitClaims) -> bool:
    """Whether the service has signed this very code for the permit it names, the first time or again."""
    first = Permit.objects.filter(number=claims.number, code=code)
    again = PermitSigning.objects.filter(permit__number=claims.number, code=code)
    return first.exists() or again.exists()


def _says_what_was_issued(claims: PermitClaims) -> bool:
    """Whether a genuine code that the register has lost, as with a backup, says what the register says."""
    permit = Permit.objects.select_related("submission").get(number=claims.number)
    return _fits(claims, permit, face(permit))


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
    term = Verdict(permit.state_on(timezone.localdate(at)))
    problem = _problem_of_signature(permit, printed, at, over=term in (Verdict.EXPIRED, Verdict.REVOKED))
    if problem is not None:
        return problem
    found = Finding(
        verdict=term,
        number=permit.number,
        name=initials(printed.worker.en),
        employer=_in_language(printed.employer),
        occupation=occupation_title(filed.terms.occupation),
        province=province_name(filed.terms.province),
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        revoked_on=timezone.localdate(permit.revoked_at) if permit.revoked_at else None,
    )
    return _with_note(found, printed)


def _with_note(found: Finding, printed: PermitFace) -> Finding:
    """The same finding, and that the code of the permit was signed again, or will be."""
    if printed.signed_again_at is not None:
        return replace(found, note=Note.SIGNED_AGAIN, noted_on=timezone.localdate(printed.signed_again_at))
    if found.verdict in (Verdict.VALID, Verdict.NOT_YET) and (since := _stolen_since(printed.code)):
        return replace(found, note=Note.NEW_PRINT_WAITS, noted_on=timezone.localdate(since))
    return found


def _problem_of_signature(permit: Permit, shown: PermitFace, at: datetime, *, over: bool) -> Finding | None:
    """Why a row of the register is not believed: its code is not genuine, or does not say what the row says.

    Of a permit that has ended the key may be gone from the list, which holds the keys of permits in force. A row whose
    key was stolen is believed when it is older than the theft, or when its issue was confirmed (`signing.order`).
    """
    forged = Finding(verdict=Verdict.FORGED, number=permit.number)
    try:
        claims = verify(shown.code, now=at)
    except InvalidPermitCode as invalid:
        known = invalid.unproven or invalid.claims
        if known is None:
            return None if over and invalid.reason == Reason.UNKNOWN_KEY else forged
        claims = known
        if invalid.unproven and not over and not _is_confirmed(permit, shown.code, invalid.stolen_since):
            return Finding(verdict=Verdict.UNREADABLE, number=permit.number, note=Note.BEING_CONFIRMED)
    return None if _fits(claims, permit, shown) else forged


def _fits(claims: PermitClaims, permit: Permit, shown: PermitFace) -> bool:
    return (claims.number, claims.name, claims.employer, claims.valid_from, claims.valid_until) == (
        permit.number,
        shortened(initials(shown.worker.en)),
        shortened(shown.employer.en),
        permit.valid_from,
        permit.valid_until,
    )


def _is_confirmed(permit: Permit, code: str, stolen_since: datetime | None) -> bool:
    kid = kid_of(code)
    if permit.signings.filter(former_kid=kid).exists():
        return True
    older = stolen_since is not None and permit.issued_at < stolen_since
    return older and not PermitSigning.objects.filter(former_kid=kid).exists()


def _stolen_since(code: str) -> datetime | None:
    key = permit_public_keys().get(kid_of(code))
    return key.stolen_since if key else None


def _in_language(value: Bilingual) -> str:
    return value.hy if reader_language() == "hy" else value.en
