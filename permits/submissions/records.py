"""What was filed, as plain data: the shape of a submission's snapshot and of what `permits.feed` hands on."""

from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from functools import partial
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
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
        record: SubmissionRecord = _build(cls, data)
        return record


def _shown(value: Any) -> Any:
    """A part as a dictionary of its fields, anything else as it is; `asdict` would copy each value deeply."""
    return (
        {name: getattr(value, name) for name in value.__dataclass_fields__} if is_dataclass(value) else value
    )


Reader = Callable[[Any], Any]


def _build(part: Any, data: dict[str, Any]) -> Any:
    return part(**{name: read(data[name]) for name, read in _READERS[part].items()})


def _same(value: Any) -> Any:
    return value


def _reader(kind: Any) -> Reader:
    """How JSON values become the type that a field declares; None stays None. Found once for each field."""
    if kind in _READERS:
        return partial(_build, kind)
    options = [option for option in get_args(kind) if option is not NoneType]
    wanted = options[0] if NoneType in get_args(kind) else kind
    read = _READ.get(get_origin(wanted) or wanted, _same)
    return read if read is _same else lambda value: None if value is None else read(value)


_READ: dict[Any, Reader] = {
    tuple: tuple,
    UUID: lambda value: UUID(str(value)),
    datetime: lambda value: datetime.fromisoformat(value) if isinstance(value, str) else value,
    date: lambda value: date.fromisoformat(value) if isinstance(value, str) else value,
    float: float,
}
_READERS: dict[Any, dict[str, Reader]] = {}
for _part in (EmployerRecord, WorkerRecord, TermsRecord, HousingRecord, RecruitmentRecord, SubmissionRecord):
    _READERS[_part] = {name: _reader(kind) for name, kind in get_type_hints(_part).items()}
