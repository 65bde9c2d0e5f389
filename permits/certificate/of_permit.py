"""Builds the face of an issued permit out of what was filed and decided."""

from django.conf import settings
from django.utils.translation import override

from permits.actions.decisions import named_ground
from permits.certificate.face import Bilingual, PermitFace
from permits.models import Decision, Permit
from permits.submissions.reading import read
from permits.submissions.records import SubmissionRecord
from wpis.classifications.occupations import occupation_title
from wpis.classifications.provinces import Province

ISSUED_BY = Bilingual(
    "ՀՀ ՆԳՆ միգրացիայի և քաղաքացիության ծառայություն",
    "Migration and Citizenship Service, Ministry of Internal Affairs of the Republic of Armenia",
)


def face(permit: Permit) -> PermitFace:
    """What stands on this permit: what was filed, the term, the ground and the newest signed code.

    Raises Tampered when the submission was changed in the database.
    """
    return face_of(permit, read(permit.submission))


def face_of(permit: Permit, filed: SubmissionRecord) -> PermitFace:
    """The same of a submission that was read already."""
    again = permit.last_signing
    worker, employer, terms = filed.worker, filed.employer, filed.terms
    return PermitFace(
        number=permit.number,
        worker=Bilingual(
            f"{worker.given_names_hy} {worker.surname_hy}".strip(),
            f"{worker.given_names} {worker.surname}".strip(),
        ),
        birth_year=worker.birth_date.year,
        employer=Bilingual(employer.name_hy, employer.name_en),
        occupation=Bilingual(
            occupation_title(terms.occupation, "hy"), occupation_title(terms.occupation, "en")
        ),
        workplace=Bilingual(terms.workplace, terms.workplace),
        marz=_province(terms.province),
        monthly_wage=terms.gross_wage,
        weekly_hours=_hours(terms.weekly_hours),
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        legal_ground=_ground(permit),
        issued_at=permit.issued_at,
        issued_by=ISSUED_BY,
        verify_url=f"{settings.WPIS_PORTAL_URL}/check/{permit.number}",
        code=again.code if again else permit.code,
        signed_again_at=again.signed_at if again else None,
    )


def _province(code: str) -> Bilingual:
    texts = {}
    for language in ("hy", "en"):
        with override(language):
            texts[language] = str(Province(code).label) if code else ""
    return Bilingual(**texts)


def _hours(hours: float | None) -> float | int | None:
    return int(hours) if hours is not None and hours.is_integer() else hours


def _ground(permit: Permit) -> Bilingual:
    """The title of the ground, by the law under which the application was filed."""
    decision = Decision.objects.select_related("application").get(
        application=permit.application_id, confirmed=True
    )
    title = named_ground(decision).title
    return Bilingual(title["hy"], title["en"])
