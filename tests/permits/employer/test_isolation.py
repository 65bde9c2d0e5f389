"""What belongs to another employer does not exist: the same 404, byte for byte, on every page."""

import uuid

import pytest
from django.utils import timezone

from permits.document_kinds import DocumentKind
from tests.factories import permits as make

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "worker/",
    "terms/",
    "housing/",
    "recruitment/",
    "documents/",
    "check/",
    "submitted/",
    "answer/",
    "withdraw/",
    "permit.pdf",
]


@pytest.fixture
def signed_in(portal):
    by = make.a_user()
    make.an_employer(by)
    return portal.sign_in(by)


def without_own_address(response, pk):
    text = response.content.decode().replace(str(pk), "PK")
    return response.status_code, [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("page", PAGES)
def test_another_employers_application_and_an_absent_one_look_the_same(signed_in, page):
    theirs, absent = make.a_permit().application_id, uuid.uuid4()
    for method in (signed_in.get, signed_in.post):
        found, missing = (method(f"/applications/{pk}/{page}") for pk in (theirs, absent))
        if found.status_code != 405:
            assert found.status_code == 404
        assert without_own_address(found, theirs) == without_own_address(missing, absent)
        assert found.headers.items() == missing.headers.items()


def test_another_employers_file_cannot_be_removed_through_an_own_application(portal):
    by, other = make.a_user(), make.a_user()
    own = make.a_draft(make.an_employer(by), by)
    theirs = make.a_draft(make.an_employer(other), other)
    document = make.attach(theirs, DocumentKind.PHOTO, by=other, at=timezone.now())
    portal.sign_in(by)
    assert portal.post(f"/applications/{own.pk}/documents/{document.pk}/remove/").status_code == 404


def test_a_stranger_is_sent_to_sign_in_whether_the_application_exists_or_not(portal):
    theirs = make.a_submitted_application().pk
    for pk in (theirs, uuid.uuid4()):
        response = portal.get(f"/applications/{pk}/")
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")


def test_a_dismissed_delegate_loses_the_applications_at_once(portal, client_on):
    lead, delegate = make.a_user(), make.a_user("delegate", email="nare@example.am")
    company = make.an_employer(lead)
    portal.sign_in(lead)
    make.a_delegate(company, delegate, by=lead)
    application = make.a_draft(company, delegate)
    other = client_on("portal").sign_in(delegate)
    assert other.get(f"/applications/{application.pk}/").status_code == 200
    portal.post(f"/companies/{company.pk}/delegates/{delegate.pk}/dismiss/")
    assert other.get(f"/applications/{application.pk}/").status_code == 404
