"""The least data for one body and one purpose: what mandate and agreement both allow, nothing more."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from referral.agencies.directory import Agency, Purpose
from referral.cases import person
from referral.disclosure.catalogue import catalogue

if TYPE_CHECKING:
    from referral.models import Case, Consent


class Withheld(StrEnum):
    """Why a field stays here."""

    NOT_IN_MANDATE = "not_in_mandate"
    NOT_AGREED = "not_agreed"


@dataclass(frozen=True, slots=True)
class Packet:
    """What is sent (field -> value, None for "not recorded") and what is not (field -> why)."""

    agency: str
    purpose: str
    shared: dict[str, Any]
    withheld: dict[str, Withheld]

    @property
    def digest(self) -> str:
        """SHA-256 of what is sent; the preview's digest must equal that of the sending."""
        plain = json.dumps([self.agency, self.purpose, self.shared], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def build(case: "Case", agency: Agency, purpose: Purpose, consent: "Consent | None") -> Packet:
    """Exactly the fields that stand in the mandate and in the consent.

    A purpose that needs no consent is bounded by its mandate alone. `consent` is the person's newest answer.
    Whether anything may be sent at all is asked of `guards.sendable`; without a needed consent nothing is
    shared here either. A field without a value is shared as None.
    """
    agreed = set(consent.fields) if consent is not None and consent.withdrawn_at is None else set()
    allowed = [field for field in purpose.fields if field in agreed or not purpose.needs_consent]
    withheld = {
        field: Withheld.NOT_AGREED if field in purpose.fields else Withheld.NOT_IN_MANDATE
        for field in catalogue()
        if field not in allowed
    }
    return Packet(
        agency.slug, purpose.slug, {field: person.value(case, field) for field in allowed}, withheld
    )
