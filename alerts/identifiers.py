"""Reads out of one submission what could tie it to others, as digests."""

from alerts import normalising
from alerts.models import Identifier, IdentifierKind
from permits.feed import SubmissionRecord
from wpis.crypto.blind_index import BlindIndex, normalise_identifier

_LABEL = "alerts.identifier"


def digest(kind: IdentifierKind, value: str) -> bytes:
    """The blind digest of a normalised value; values of two kinds never compare equal."""
    return BlindIndex.digest(f"{_LABEL}.{kind}", value)


def worker_digest(record: SubmissionRecord) -> bytes:
    """The digest that stands for the worker: issuing country and passport number."""
    worker = record.worker
    number = normalise_identifier(worker.passport_issuer + worker.passport_number)
    return BlindIndex.digest(f"{_LABEL}.worker", number)


def values(record: SubmissionRecord) -> list[tuple[IdentifierKind, str]]:
    """What this submission could share with others, normalised; an absent value is left out."""
    worker, housing, recruitment = record.worker, record.housing, record.recruitment
    found = [
        (IdentifierKind.EMPLOYER, record.employer.id.hex),
        (IdentifierKind.ADDRESS, normalising.address(housing.address, housing.province)),
        (IdentifierKind.PHONE, normalising.phone(worker.phone)),
        (IdentifierKind.EMAIL, normalising.email(worker.email)),
        (IdentifierKind.ACCOUNT, normalising.account(record.terms.wage_account)),
        (IdentifierKind.RECRUITER, normalising.phone(recruitment.recruiter_phone)),
        (IdentifierKind.RECRUITER, normalising.email(recruitment.recruiter_email)),
        (
            IdentifierKind.RECRUITER,
            normalising.name(recruitment.recruiter_name, recruitment.recruiter_country),
        ),
    ]
    return [(kind, value) for kind, value in found if value]


def of(record: SubmissionRecord) -> list[Identifier]:
    """The unsaved rows for one submission."""
    worker = worker_digest(record)
    return [
        Identifier(
            kind=kind,
            digest=digest(kind, value),
            submission=record.submission,
            application=record.application,
            employer=record.employer.id,
            worker=worker,
            seen_at=record.submitted_at,
        )
        for kind, value in values(record)
    ]
