"""What was filed, as plain data: the shape of a submission's snapshot and of what `permits.feed` hands on."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, get_args, get_type_hints
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRecord:
    """The employer on the day of filing."""

    id: UUID
    tax_number: str
    name_hy: str
    name_en: str
    province: str
    address: str
    nace: str
    phone: str
    email: str
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRecord:
    """The worker as filed. `sex` and `nationality` serve letters, interpreters and statistics only."""

    given_names: str
    surname: str
    given_names_hy: str
    surname_hy: str
    birth_date: date
    mrz_birth_date: date | None
    sex: str
    nationality: str
    passport_number: str
    passport_issuer: str
    passport_expires_on: date
    phone: str | None
    email: str | None
    contact_is_own: bool | None
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRecord:
    """The job as filed; wage and deductions in drams a month, hours a week."""

    occupation: str
    job_title: str
    province: str
    workplace: str
    weekly_hours: float | None
    days_per_week: int | None
    gross_wage: int | None
    deductions: int | None
    deduction_kinds: dict[str, int]
    wage_account: str | None
    starts_on: date
    ends_on: date
    contract_states: tuple[str, ...] | None
    contract_languages: tuple[str, ...] | None
    contract_explained: bool | None
    penalty_clause: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingRecord:
    """Where the worker will live, as filed."""

    provider: str
    province: str
    address: str
    persons_per_room: int | None
    capacity: int | None
    at_workplace: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecruitmentRecord:
    """How the worker was found; money in drams."""

    used_recruiter: bool | None
    recruiter_name: str
    recruiter_country: str
    recruiter_phone: str
    recruiter_email: str
    worker_fee: int | None
    advance: int | None
    transport_by_employer: bool | None
    permit_cost_payer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRecord:
    """One submission, whole: what the employer declared at that moment."""

    submission: UUID
    application: UUID
    number: int
    reference: str
    submitted_at: datetime
    employer: EmployerRecord
    worker: WorkerRecord
    terms: TermsRecord
    housing: HousingRecord
    recruitment: RecruitmentRecord

    def as_dict(self) -> dict[str, Any]:
        """The record as JSON-ready data (dates as ISO text when encoded)."""
        return {name: _shown(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "SubmissionRecord":
        """Read a stored snapshot back. Raises KeyError or ValueError when it does not have this shape."""
        parts = {
            "employer": EmployerRecord,
            "worker": WorkerRecord,
            "terms": TermsRecord,
            "housing": HousingRecord,
            "recruitment": RecruitmentRecord,
        }
        own = {name: _read(kind, data[name]) for name, kind in _KINDS[cls].items() if name not in parts}
        return cls(**own, **{name: _build(part, data[name]) for name, part in parts.items()})


def _shown(value: Any) -> Any:
    """A part as a dictionary of its fields, anything else as it is; `asdict` would copy each value deeply."""
    return (
        {name: getattr(value, name) for name in value.__dataclass_fields__} if is_dataclass(value) else value
    )


def _read(kind: Any, value: Any) -> Any:
    """One JSON value as the type its record declares."""
    if value is None:
        return None
    options = [option for option in (get_args(kind) or (kind,)) if option is not type(None)]
    wanted = kind if getattr(kind, "__origin__", None) in (tuple, dict) else options[0]
    if getattr(wanted, "__origin__", None) is tuple:
        return tuple(value)
    if wanted is UUID:
        return UUID(str(value))
    if wanted is datetime:
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    if wanted is date:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if wanted is float:
        return float(value)
    return value


def _build(part: Any, data: dict[str, Any]) -> Any:
    return part(**{name: _read(kind, data[name]) for name, kind in _KINDS[part].items()})


_KINDS: dict[Any, dict[str, Any]] = {
    part: {f.name: get_type_hints(part)[f.name] for f in fields(part)}
    for part in (
        EmployerRecord,
        WorkerRecord,
        TermsRecord,
        HousingRecord,
        RecruitmentRecord,
        SubmissionRecord,
    )
}
