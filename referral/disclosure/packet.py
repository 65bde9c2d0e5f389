"""The packet for one agency and one purpose: the fields that mandate and consent both allow, and no other."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from referral.access.consent_guard import agreed_fields
from referral.agencies.directory import Agency, Purpose
from referral.cases import person
from referral.models import Case, Consent
from referral.shared_fields.catalogue import catalogue


class Withheld(StrEnum):
    """Why a field is not sent."""

    NOT_IN_MANDATE = "not_in_mandate"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True, slots=True)
class Packet:
    """What is sent (field -> value, None for "not recorded") and what is not (field -> why)."""

    agency: str
    purpose: str
    shared: dict[str, Any]
    withheld: dict[str, Withheld]

    @property
    def digest(self) -> str:
        """SHA-256 of what is sent. Sending demands the digest of the preview, so that exactly the preview is sent."""
        plain = json.dumps([self.agency, self.purpose, self.shared], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def build(case: Case, agency: Agency, purpose: Purpose, answer: Consent | None, *, at: datetime) -> Packet:
    """Exactly the fields that mandate and the person's latest answer allow at that moment.

    A purpose that needs no consent is bounded by its mandate, as long as the person does not refuse. Whether anything
    may be sent at all is up to `referrals.guards.sendable`. A field without a value is shared as None.
    """
    allowed = agreed_fields(purpose, answer, at)
    withheld = {
        field: Withheld.NO_CONSENT if field in purpose.fields else Withheld.NOT_IN_MANDATE
        for field in catalogue()
        if field not in allowed
    }
    return Packet(
        agency.slug, purpose.slug, {field: person.value(case, field) for field in allowed}, withheld
    )
