"""Submission records for tests: what a careful employer files, with changes by part."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from permits.feed import (
    EmployerRecord,
    HousingRecord,
    RecruitmentRecord,
    SubmissionRecord,
    TermsRecord,
    WorkerRecord,
)
from wpis.dates.partial import PartialDate

_numbers = itertools.count(1)

AT = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)
"""When these records were filed unless told otherwise."""


def a_record(**changes: Any) -> SubmissionRecord:
    """A record in which nothing is wrong and nothing is shared with another one.

    A change of a part is a dictionary (`terms={"gross_wage": 90_000}`) or a whole part; other changes replace
    fields of the record itself (`submitted_at=...`).
    """
    number = next(_numbers)
    parts: dict[str, Any] = {
        "employer": EmployerRecord(
            id=uuid4(),
            tax_number=f"{number:08d}",
            name_hy=f"«Արարատ Շին {number}» ՍՊԸ",
            name_en=f"Ararat Build {number} LLC",
            province="AM-ER",
            address="12 Abovyan Street, Yerevan",
            nace="41.20",
            phone=f"+3741{number:07d}",
            email=f"office{number}@example.am",
            registered_on=date(2015, 3, 2),
        ),
        "worker": WorkerRecord(
            given_names="RAJESH KUMAR",
            surname="SHARMA",
            given_names_hy="ՌԱՋԵՇ ԿՈՒՄԱՐ",
            surname_hy="ՇԱՐՄԱ",
            one_name=False,
            birth_date=PartialDate(1991, 3, 27),
            mrz_birth_date=PartialDate(1991, 3, 27),
            sex="M",
            nationality="IND",
            passport_number=f"N{number:07d}",
            passport_issuer="IND",
            passport_expires_on=date(2031, 8, 31),
            phone=f"+9198{number:08d}",
            email=f"worker{number}@example.in",
            contact_is_own=True,
            languages=("hi", "en"),
        ),
        "terms": TermsRecord(
            occupation="7112",
            job_title="Bricklayer",
            province="AM-ER",
            workplace="5 Tigran Mets Avenue, Yerevan",
            weekly_hours=40.0,
            days_per_week=5,
            gross_wage=320_000,
            deductions=0,
            deduction_kinds={},
            wage_account=f"AM{number:014d}",
            starts_on=date(2026, 8, 1),
            ends_on=date(2027, 5, 31),
            contract_states=("wage", "hours", "place", "signatures"),
            contract_languages=("hy", "hi"),
            contract_explained=True,
            penalty_clause=False,
        ),
        "housing": HousingRecord(
            provider="worker",
            province="AM-ER",
            address=f"{number} Komitas Avenue, Yerevan",
            persons_per_room=2,
            capacity=8,
            at_workplace=False,
        ),
        "recruitment": RecruitmentRecord(
            used_recruiter=False,
            recruiter_name="",
            recruiter_country="",
            recruiter_phone="",
            recruiter_email="",
            worker_fee=0,
            advance=0,
            transport_by_employer=False,
            permit_cost_payer="employer",
        ),
    }
    own: dict[str, Any] = {
        "submission": uuid4(),
        "application": uuid4(),
        "number": 1,
        "reference": f"WP-{number:06d}",
        "submitted_at": AT,
    }
    for name, change in changes.items():
        if name in parts:
            parts[name] = replace(parts[name], **_as_filed(change)) if isinstance(change, dict) else change
        else:
            own[name] = change
    return SubmissionRecord(**own, **parts)


def _as_filed(change: dict[str, Any]) -> dict[str, Any]:
    """The change with dates of birth as records hold them."""
    births = {name: PartialDate.of(value) for name, value in change.items() if "birth_date" in name and value}
    return {**change, **births}
