"""What a case knows about the person: the fields of the catalogue, copied from the file or told by the person."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from alerts import handover
from alerts.handover import AlertPacket
from referral.models import Case

Source = Callable[[AlertPacket], Any]
Packets = Mapping[str, AlertPacket]
"""The same packet in each language of the service, so that pages show sentences in the reader's language."""


FROM_FILE: dict[str, Source] = {
    "full_name": lambda p: f"{p.record.worker.given_names} {p.record.worker.surname}".strip(),
    "full_name_hy": lambda p: f"{p.record.worker.given_names_hy} {p.record.worker.surname_hy}".strip(),
    "birth_year": lambda p: str(p.record.worker.birth_date.year),
    "birth_date": lambda p: p.record.worker.birth_date.isoformat(),
    "sex": lambda p: p.record.worker.sex,
    "citizenship": lambda p: p.record.worker.nationality,
    "passport_number": lambda p: p.record.worker.passport_number,
    "languages": lambda p: list(p.record.worker.languages),
    "child": lambda p: p.child,
    "employer_name": lambda p: {"en": p.record.employer.name_en, "hy": p.record.employer.name_hy},
    "employer_tax_number": lambda p: p.record.employer.tax_number,
    "workplace": lambda p: p.record.terms.workplace,
    "work_province": lambda p: p.record.terms.province,
    "occupation": lambda p: p.record.terms.job_title,
    "weekly_hours": lambda p: p.record.terms.weekly_hours,
    "gross_wage": lambda p: p.record.terms.gross_wage,
    "deductions": lambda p: p.record.terms.deductions,
    "contract_dates": lambda p: [p.record.terms.starts_on.isoformat(), p.record.terms.ends_on.isoformat()],
    "housing_address": lambda p: p.record.housing.address,
    "housing_at_workplace": lambda p: p.record.housing.at_workplace,
    "recruiter": lambda p: ", ".join(
        part for part in (p.record.recruitment.recruiter_name, p.record.recruitment.recruiter_country) if part
    ),
    "worker_fee": lambda p: p.record.recruitment.worker_fee,
}
"""Fields copied once, when the case is opened."""

FROM_CASE: dict[str, Callable[[Case], Any]] = {
    "alias": lambda case: case.alias,
    "spoken_language": lambda case: case.language,
    "interviewer_wish": lambda case: case.interviewer_wish,
    "safe_contact": lambda case: "; ".join(
        part for part in (case.contact_how, case.contact_when, case.contact_say) if part
    ),
}
"""Fields that a caseworker learns from the person; read when they are needed."""


def packets(alert_id: UUID) -> Packets:
    """The packet of a confirmed alert in each language. Raises NotConfirmed."""
    result = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            result[code] = handover.packet(alert_id)
    return result


def summary(packets: Packets) -> dict[str, Any]:
    """The JSON-ready copy for `Case.person`; None where the file says nothing."""
    packet = next(iter(packets.values()))
    copied = {field: known(source(packet)) for field, source in FROM_FILE.items()}
    return {**copied, "findings": known(_sentences(packets, checked=True))}


def why(packets: Packets) -> dict[str, Any]:
    """The JSON-ready copy for `Case.why`: what the analyst said and what the data did not answer."""
    packet = next(iter(packets.values()))
    return {
        "reason": packet.reason,
        "confirmed_by": packet.confirmed_by,
        "confirmed_at": packet.confirmed_at.isoformat(),
        "patterns": {code: list(each.typologies) for code, each in packets.items()},
        "unknown": _sentences(packets, checked=False),
    }


def _sentences(packets: Packets, *, checked: bool) -> list[dict[str, str]]:
    """The findings in words: those that were found, or those that could not be checked."""
    rows = zip(*(packet.findings for packet in packets.values()), strict=True)
    return [
        {code: finding.sentence for code, finding in zip(packets, row, strict=True)}
        for row in rows
        if row[0].checked == checked
    ]


def value(case: Case, field: str) -> Any:
    """What the case knows for a field of the catalogue; None when nothing was recorded."""
    source = FROM_CASE.get(field)
    if source is not None:
        return known(source(case))
    return known(case.person.get(field))


def known(value: Any) -> Any:
    """None for every empty value; False and 0 are answers."""
    return None if value is None or value in ("", [], {}) else value
