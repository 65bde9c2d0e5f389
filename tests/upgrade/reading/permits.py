"""Permits as they are checked and printed."""

import io
from datetime import UTC, datetime
from typing import Any

import pypdf
from django.test import override_settings

from permits.certificate import render
from permits.certificate.of_permit import face
from permits.models import Permit
from permits.verify.verdicts import look_up

MOMENTS = {
    "in time": datetime(2026, 9, 15, 8, tzinfo=UTC),
    "too early": datetime(2026, 6, 5, 8, tzinfo=UTC),
    "too late": datetime(2028, 1, 10, 8, tzinfo=UTC),
}
"""When somebody checks a permit."""


def permit(row: Permit) -> dict[str, Any]:
    """The permit as it is checked and as it is printed."""
    return {
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "code": row.code,
        "verdicts": {when: [verdict(row.code, at), verdict(row.number, at)] for when, at in MOMENTS.items()},
        "printed": printed(row),
    }


def verdict(text: str, at: datetime) -> dict[str, Any]:
    """What the public check says of a number or code."""
    found = look_up(text, at)
    return {name: getattr(found, name) for name in type(found).__dataclass_fields__}


def printed(row: Permit) -> list[str]:
    """The text of the PDF, page by page."""
    with override_settings(WPIS_PORTAL_URL="https://portal.example"):
        pdf = render(face(row))
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
