"""The pages of an application: partial data stay, mistakes are shown, the passport is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from permits.document_kinds import DocumentKind
from permits.models import ApplicationDocument, EmploymentTerms, Worker
from tests.factories import permits as make
from tests.permits.employer import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.a_user()


@pytest.fixture
def draft(by, portal):
    portal.sign_in(by)
    return make.a_draft(make.an_employer(by), by)


def test_a_page_may_be_saved_half_filled_and_is_shown_again_as_it_was(portal, draft):
    address = f"/applications/{draft.pk}/worker/"
    saved = portal.post(address, {"surname": "Sharma", "birth_date_day": "", "languages": ["hi"]})
    assert saved.url == f"/applications/{draft.pk}/terms/"
    worker = Worker.objects.get(pk=draft.pk)
    assert (worker.surname, worker.birth_date, worker.phone, worker.languages) == (
        "Sharma",
        None,
        None,
        ["hi"],
    )
    assert 'value="Sharma"' in portal.get(address).content.decode()
    assert "In progress" in portal.get(f"/applications/{draft.pk}/").content.decode()


def test_a_mistake_keeps_everything_typed_and_stores_what_can_be_read(portal, draft):
    address = f"/applications/{draft.pk}/worker/"
    sent = {
        "surname": "Sharma",
        "phone": "twelve",
        "birth_date_day": "31",
        "birth_date_month": "2",
        "birth_date_year": "1991",
        "surname_hy": "Sharma",
    }
    response = portal.post(address, sent)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error:" in shown
    for value in ('value="Sharma"', 'value="twelve"', 'value="31"', 'value="1991"'):
        assert value in shown
    assert "Use Armenian letters" in shown
    assert "This day does not exist" in shown
    worker = Worker.objects.get(pk=draft.pk)
    assert (worker.surname, worker.surname_hy, worker.phone) == ("Sharma", "", None)


def test_save_and_return_leads_to_the_list_and_a_change_leads_back_to_the_answers(portal, draft):
    base = f"/applications/{draft.pk}/"
    assert portal.post(f"{base}housing/", {"provider": "worker", "later": "1"}).url == base
    assert portal.post(f"{base}housing/?then=check", {"provider": "employer"}).url == f"{base}check/"
    assert portal.post(f"{base}housing/?then=//evil.example/", {}).url == f"{base}recruitment/"


def test_passport_lines_fill_the_fields_for_confirmation_and_nothing_is_stored_yet(portal, draft):
    response = portal.post(
        f"/applications/{draft.pk}/worker/", {"read": "1", "mrz": make.MRZ, "surname_hy": "Շարմա"}
    )
    shown = response.content.decode()
    assert response.status_code == 200
    for value in ("RAJESH KUMAR", "SHARMA", "N1234567", "1991", "2031", "Շարմա"):
        assert f'value="{value}"' in shown
    assert '<option value="IND" selected>' in shown
    assert Worker.objects.get(pk=draft.pk).surname == ""


def test_a_wrong_check_digit_is_named_at_the_lines_and_typing_by_hand_still_works(portal, draft):
    wrong = make.MRZ.replace("N1234567", "N1234568")
    address = f"/applications/{draft.pk}/worker/"
    response = portal.post(f"{address}", {"read": "1", "mrz": wrong, "given_names": "Rajesh"})
    shown = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_mrz_error"' in shown
    assert "The document number does not fit its check digit" in shown
    assert 'value="Rajesh"' in shown
    assert portal.post(address, {"mrz": "", "given_names": "Rajesh"}).status_code == 302


def test_the_button_of_the_page_reads_the_lines_at_the_address_of_the_page(portal, draft):
    address = f"/applications/{draft.pk}/worker/"
    response = portal.post(address, {"mrz": make.MRZ, "read": "1"})
    assert (response.status_code, Worker.objects.get(pk=draft.pk).surname) == (200, "")
    assert 'value="SHARMA"' in response.content.decode()
    assert "formaction" not in portal.get(address).content.decode()


def test_an_empty_box_of_lines_is_said_so(portal, draft):
    response = portal.post(f"/applications/{draft.pk}/worker/", {"read": "1", "mrz": " "})
    assert response.status_code == 422
    assert "Paste the lines first" in response.content.decode()


@pytest.mark.parametrize("entered", ["5120", "cooks", "Cooks (5120)", "խոհարարներ"])
def test_an_occupation_is_understood_by_code_and_title(portal, draft, entered):
    portal.post(f"/applications/{draft.pk}/terms/", {"occupation": entered})
    assert EmploymentTerms.objects.get(pk=draft.pk).occupation == "5120"


def test_an_unknown_occupation_gets_the_nearest_titles(portal, draft):
    response = portal.post(f"/applications/{draft.pk}/terms/", {"occupation": "bricklayr"})
    assert response.status_code == 422
    assert "Bricklayers and related workers (7112)" in response.content.decode()
    strange = portal.post(f"/applications/{draft.pk}/terms/", {"occupation": "ઇઇઇ"}).content.decode()
    assert "Try another word" in strange


def test_a_contract_cannot_end_before_it_starts(portal, draft):
    today = timezone.localdate()
    sent = {**typed.boxes("starts_on", today), **typed.boxes("ends_on", today)}
    response = portal.post(f"/applications/{draft.pk}/terms/", sent)
    assert response.status_code == 422
    assert "must end after it starts" in response.content.decode()


def test_unanswered_stays_unknown_and_is_not_a_no(portal, draft):
    portal.post(f"/applications/{draft.pk}/terms/", {"job_title": "Cook"})
    terms = EmploymentTerms.objects.get(pk=draft.pk)
    assert (terms.contract_states, terms.contract_explained, terms.penalty_clause) == (None, None, None)
    assert terms.deductions is None


def test_a_refused_file_says_why_and_the_kind_stays_chosen(portal, draft):
    fake = SimpleUploadedFile("scan.pdf", b"MZ this is a program", content_type="application/pdf")
    response = portal.post(f"/applications/{draft.pk}/documents/", {"kind": "contract", "file": fake})
    shown = response.content.decode()
    assert response.status_code == 422
    assert "This file cannot be used" in shown
    assert 'value="contract" id="id_kind_1"' in shown
    assert "checked" in shown
    assert not ApplicationDocument.objects.exists()


def test_a_file_is_removed_after_asking_and_the_record_stays(portal, by, draft):
    document = make.attach(draft, DocumentKind.PHOTO, by=by, at=timezone.now())
    address = f"/applications/{draft.pk}/documents/{document.pk}/remove/"
    assert "Remove this file?" in portal.get(address).content.decode()
    assert portal.post(address).status_code == 302
    assert ApplicationDocument.objects.get().removed_at is not None
    assert portal.get(address).status_code == 404


def test_after_submitting_a_part_is_closed_and_says_so(portal, by):
    application = make.a_submitted_application(by=by)
    portal.sign_in(by)
    address = f"/applications/{application.pk}/terms/"
    assert portal.get(address).url == f"/applications/{application.pk}/"
    response = portal.post(address, {"job_title": "Changed"})
    assert response.status_code == 422
    assert "cannot be changed now" in response.content.decode()
    assert EmploymentTerms.objects.get(pk=application.pk).job_title == "Bricklayer"


NOTHING = {"nothing_deducted": "on"}
TICKED = 'id="id_nothing_deducted" checked'


def deducted(draft):
    terms = EmploymentTerms.objects.get(pk=draft.pk)
    return terms.deductions, terms.nothing_deducted, terms.deduction_food


def test_a_tick_says_that_nothing_is_deducted_and_comes_back_as_a_tick(portal, draft):
    address = f"/applications/{draft.pk}/terms/"
    assert deducted(draft) == (None, None, None)
    assert TICKED not in portal.get(address).content.decode()
    assert portal.post(address, NOTHING).status_code == 302
    assert deducted(draft) == (0, True, 0)
    shown = portal.get(address).content.decode()
    assert TICKED in shown
    assert 'name="deduction_food" value' not in shown, "the tick says it, no zero stands below it"
    assert (
        "Nothing is deducted from the wage" in portal.get(f"/applications/{draft.pk}/check/").content.decode()
    )


def test_taking_the_tick_away_makes_deductions_unanswered_again(portal, draft):
    address = f"/applications/{draft.pk}/terms/"
    portal.post(address, NOTHING)
    portal.post(address, {"job_title": "Cook"})
    assert deducted(draft) == (None, None, None)


def test_nothing_and_an_amount_together_are_refused_and_neither_is_kept(portal, draft):
    response = portal.post(
        f"/applications/{draft.pk}/terms/", {**NOTHING, "deduction_food": "5 000", "job_title": "Cook"}
    )
    assert response.status_code == 422
    assert "You ticked that nothing is deducted" in response.content.decode()
    assert deducted(draft) == (None, None, None)
    assert EmploymentTerms.objects.get(pk=draft.pk).job_title == "Cook"


@pytest.mark.parametrize("amount", ["5 000 a month", "-5000", "9" * 12])
def test_nothing_beside_an_amount_that_cannot_be_read_is_not_kept_as_nothing(portal, draft, amount):
    response = portal.post(f"/applications/{draft.pk}/terms/", {**NOTHING, "deduction_food": amount})
    assert response.status_code == 422
    assert amount in response.content.decode()
    assert deducted(draft) == (None, None, None)


def test_one_zero_among_blanks_is_an_amount_and_not_the_tick(portal, draft):
    address = f"/applications/{draft.pk}/terms/"
    portal.post(address, {"deduction_housing": "0"})
    assert deducted(draft) == (0, None, None)
    assert TICKED not in portal.get(address).content.decode()
