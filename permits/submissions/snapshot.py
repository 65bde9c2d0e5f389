"""Takes the snapshot of an application at the moment of filing, and its digest."""

import hashlib
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from permits.models.application import Application
from permits.submissions.records import (
    EmployerRecord,
    HousingRecord,
    RecruitmentRecord,
    SubmissionRecord,
    TermsRecord,
    WorkerRecord,
)
from wpis.documents.mrz import InvalidMRZ, parse


def take(application: Application, *, submission: UUID, number: int, at: datetime) -> SubmissionRecord:
    """Everything the employer declares, as one record. The application must be complete."""
    assert application.reference
    worker, terms, housing = application.worker, application.terms, application.housing
    assert worker.birth_date
    assert worker.passport_number
    assert worker.passport_expires_on
    assert terms.starts_on
    assert terms.ends_on
    recruitment, employer = application.recruitment, application.employer
    return SubmissionRecord(
        submission=submission,
        application=application.pk,
        number=number,
        reference=application.reference,
        submitted_at=at,
        employer=_copy(EmployerRecord, employer),
        worker=WorkerRecord(
            given_names=worker.given_names,
            surname=worker.surname,
            given_names_hy=worker.given_names_hy,
            surname_hy=worker.surname_hy,
            birth_date=worker.birth_date,
            mrz_birth_date=_mrz_birth_date(worker.mrz, at.date()),
            sex=worker.sex,
            nationality=worker.nationality,
            passport_number=worker.passport_number,
            passport_issuer=worker.passport_issuer,
            passport_expires_on=worker.passport_expires_on,
            phone=worker.phone,
            email=worker.email,
            contact_is_own=worker.contact_is_own,
            languages=tuple(worker.languages),
        ),
        terms=TermsRecord(
            occupation=terms.occupation,
            job_title=terms.job_title,
            province=terms.province,
            workplace=terms.workplace,
            weekly_hours=None if terms.weekly_hours is None else float(terms.weekly_hours),
            days_per_week=terms.days_per_week,
            gross_wage=terms.gross_wage,
            deductions=terms.deductions,
            deduction_kinds={
                kind: amount
                for kind in ("housing", "food", "transport", "fees", "other")
                if (amount := getattr(terms, f"deduction_{kind}")) is not None
            },
            wage_account=terms.wage_account,
            starts_on=terms.starts_on,
            ends_on=terms.ends_on,
            contract_states=None if terms.contract_states is None else tuple(terms.contract_states),
            contract_languages=None if terms.contract_languages is None else tuple(terms.contract_languages),
            contract_explained=terms.contract_explained,
            penalty_clause=terms.penalty_clause,
        ),
        housing=_copy(HousingRecord, housing),
        recruitment=_copy(RecruitmentRecord, recruitment),
    )


def canonical(record: SubmissionRecord) -> tuple[dict[str, Any], str]:
    """The record as JSON data, and the SHA-256 of its canonical text (sorted keys, no spaces)."""
    text = json.dumps(
        record.as_dict(), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return json.loads(text), hashlib.sha256(text.encode()).hexdigest()


def _copy(part: Any, source: Any) -> Any:
    return part(**{name: getattr(source, name) for name in part.__dataclass_fields__})


def _mrz_birth_date(mrz: str | None, today: date) -> date | None:
    """The birth date printed in the machine-readable zone; None when there is no zone or it has no full date."""
    if not mrz:
        return None
    try:
        return parse(mrz, today).birth_date
    except InvalidMRZ:
        return None
