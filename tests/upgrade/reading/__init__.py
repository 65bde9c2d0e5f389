"""What the running code says of everything that is stored: the one place that knows where to ask for it.

`build.py` writes it down when a release is cut, the tests ask the code of today the same. When something of the product
moves, this folder follows; what it returns stays.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import translation

from alerts.models import Alert, Finding, Screening
from permits.models import Application, Permit, Submission
from referral.models import Case, Consent, Referral
from tests.upgrade.reading import files, ground, permits, referrals, screening
from tests.upgrade.reading.plain import as_json
from wpis.documents.models import Upload

SECTIONS: dict[str, Callable[[], dict[str, Any]]] = {
    "submissions": lambda: {str(row.pk): files.submission(row) for row in Submission.objects.all()},
    "facts": lambda: {str(row.submission_id): screening.facts(row) for row in screening.first_facts()},
    "officers_view": lambda: {
        str(row.reference): files.officers_view(row) for row in files.files_with_a_past()
    },
    "screenings": lambda: {str(row.pk): screening.screening(row) for row in Screening.objects.all()},
    "rules": screening.rules,
    "findings": lambda: {str(row.pk): screening.finding(row) for row in Finding.objects.all()},
    "alerts": lambda: {str(row.pk): screening.alert(row) for row in Alert.objects.all()},
    "cases": lambda: {str(row.pk): referrals.case(row) for row in Case.objects.all()},
    "consents": lambda: {str(row.pk): referrals.consent(row) for row in Consent.objects.all()},
    "disclosures": lambda: {str(row.pk): referrals.referral(row) for row in Referral.objects.all()},
    "applications": lambda: {str(row.pk): files.working_copy(row) for row in Application.objects.all()},
    "permits": lambda: {row.number: permits.permit(row) for row in Permit.objects.all()},
    "uploads": lambda: {str(row.pk): ground.upload(row) for row in Upload.objects.all()},
    "second_factors": lambda: {str(row.pk): ground.second_factor(row) for row in Authenticator.objects.all()},
    "audit": ground.audit,
    "ciphertexts": ground.ciphertexts,
}
"""What is asked, part by part."""


def everything() -> dict[str, Any]:
    """All of it, as JSON-ready data."""
    return {name: section(name) for name in SECTIONS}


def section(name: str) -> dict[str, Any]:
    """One part of it, as JSON-ready data; what is not asked in every language is asked in Armenian."""
    with translation.override("hy"):
        return as_json(SECTIONS[name]())
