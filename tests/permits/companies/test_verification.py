"""An officer verifies a company before its first file is decided; filing itself waits for nobody."""

import pytest
from django.core import mail
from django.utils import timezone

from permits.actions import companies, decisions, review
from permits.companies.reasons import RefusalReason
from permits.models import Application, Outcome
from tests.factories import permits as make
from tests.factories.letters import deliver
from wpis.audit.models import AuditEvent
from wpis.errors import ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.a_user("officer")


@pytest.fixture
def claim():
    return make.a_claim(make.a_user())


def test_a_company_that_nobody_has_verified_files(claim):
    filed = make.a_submitted_application(claim, claim.created_by)
    assert filed.reference
    assert filed.state == "submitted"


@pytest.mark.parametrize("outcome", list(Outcome))
def test_no_file_is_decided_before_the_company_is_settled(claim, outcome):
    filed = make.a_submitted_application(claim, claim.created_by)
    with pytest.raises(Refused, match="has not been verified yet"):
        make.propose(filed, outcome, reason="The contract lacks a signature.")
    make.ask_company(claim)
    filed = Application.objects.get(pk=filed.pk)
    with pytest.raises(Refused, match="has not been verified yet"):
        make.propose(filed, outcome, by=filed.officer, reason="The contract lacks a signature.")
    make.answer_company(claim)
    make.verify_company(claim)
    filed = Application.objects.get(pk=filed.pk)
    assert make.settle(filed, outcome, reason="The contract lacks a signature.", by=filed.officer).decided_at


def test_the_file_of_a_company_that_was_not_verified_is_refused_and_never_approved(claim):
    filed = make.a_submitted_application(claim, claim.created_by)
    make.refuse_company(claim)
    with pytest.raises(Refused, match="was not verified"):
        make.propose(filed, Outcome.APPROVAL)
    filed = Application.objects.get(pk=filed.pk)
    assert make.settle(filed, Outcome.REFUSAL, reason="Nobody may act.", by=filed.officer).state == "refused"


def test_a_proposed_approval_waits_again_when_the_company_is_opened_again():
    filed = make.a_submitted_application()
    proposed = make.propose(filed, Outcome.APPROVAL)
    companies.reconsider(
        filed.employer,
        "mistake",
        expected_step=companies.newest_step(filed.employer),
        by=make.a_user("supervisor"),
        at=timezone.now(),
    )
    with pytest.raises(Refused, match="has not been verified yet"):
        decisions.confirm(filed, expected_decision=proposed.pk, by=make.a_user("officer"), at=timezone.now())


def test_whoever_verified_the_company_does_not_confirm_its_first_approval(claim, officer):
    make.verify_company(claim, by=officer)
    first = make.a_submitted_application(claim, claim.created_by)
    proposed = make.propose(first, Outcome.APPROVAL)
    with pytest.raises(Refused, match="You verified this company"):
        decisions.confirm(first, expected_decision=proposed.pk, by=officer, at=timezone.now())
    decisions.confirm(first, expected_decision=proposed.pk, by=make.a_user("officer"), at=timezone.now())
    second = make.a_submitted_application(claim, claim.created_by)
    proposed = make.propose(second, Outcome.APPROVAL)
    assert decisions.confirm(second, expected_decision=proposed.pk, by=officer, at=timezone.now()).decided_at


def test_the_queue_shows_the_claim_and_its_page_takes_every_step(office, portal, claim, officer):
    office.sign_in(officer)
    page = f"/companies/{claim.pk}/"
    assert claim.name_en in office.get("/companies/").content.decode()
    shown = office.get(page).content.decode()
    assert claim.tax_number[4:] in shown
    assert "Director according to the State Register" in shown
    read = companies.newest_step(claim)
    assert office.post(f"{page}ask/", {"text": "", "step": read}).status_code == 422
    assert office.post(f"{page}ask/", {"text": "Who signs for you?", "step": read}).status_code == 302
    boss = claim.created_by
    portal.sign_in(boss)
    assert "We have a question about your company" in portal.get("/").content.decode()
    assert "Who signs for you?" in portal.get(f"{page}answer/").content.decode()
    sent = {"answer": "I do: <b>order 12</b>", "step": companies.newest_step(claim)}
    assert portal.post(f"{page}answer/", sent).status_code == 302
    shown = office.get(page).content.decode()
    assert "I do: &lt;b&gt;order 12&lt;/b&gt;" in shown
    step = {"step": companies.newest_step(claim)}
    assert office.post(f"{page}verify/", step).status_code == 422
    assert office.post(f"{page}verify/", {**step, "basis": "proxy"}).status_code == 302
    claim.refresh_from_db()
    assert claim.is_verified
    assert "No company waits" in office.get("/companies/").content.decode()
    done = AuditEvent.objects.filter(subject=claim.pk).values_list("action", flat=True)
    assert {"permits.employer.ask", "permits.employer.answer", "permits.employer.verify"} <= set(done)


def test_a_step_that_was_not_read_settles_nothing(claim, officer):
    read = companies.newest_step(claim)
    make.ask_company(claim)
    make.answer_company(claim)
    with pytest.raises(ChangedMeanwhile):
        companies.verify(claim, "register", expected_step=read, by=officer, at=timezone.now())


def test_a_refused_company_can_send_more_a_few_times(portal, claim):
    boss = claim.created_by
    portal.sign_in(boss)
    for _ in range(2):
        make.refuse_company(claim)
        make.answer_company(claim)
    make.refuse_company(claim)
    with pytest.raises(Refused, match="several times"):
        make.answer_company(claim)
    shown = portal.get(f"/companies/{claim.pk}/").content.decode()
    assert str(RefusalReason.NO_EVIDENCE.label) in shown
    assert f"/companies/{claim.pk}/answer/" not in shown


def test_a_delegate_answers_for_no_company(client_on, claim):
    delegate = make.a_user("delegate")
    make.a_delegate(claim, delegate, by=claim.created_by)
    make.ask_company(claim)
    visitor = client_on("portal").sign_in(delegate)
    assert visitor.get(f"/companies/{claim.pk}/answer/").status_code == 404
    assert f"/companies/{claim.pk}/answer/" not in visitor.get(f"/companies/{claim.pk}/").content.decode()


def test_a_supervisor_opens_again_what_was_settled_and_an_officer_does_not(office, officer):
    company = make.an_employer()
    sent = {"reason": "mistake", "step": companies.newest_step(company)}
    page = f"/companies/{company.pk}/"
    assert office.sign_in(officer).post(f"{page}reconsider/", sent).status_code in (403, 404)
    assert office.sign_in(make.a_user("supervisor")).post(f"{page}reconsider/", sent).status_code == 302
    company.refresh_from_db()
    assert company.state == "claimed"


@pytest.mark.parametrize("language", ["hy", "ru", "en"])
def test_each_step_writes_to_the_claimant_in_the_language_of_the_claim(language):
    claim = make.a_claim(language=language)
    make.ask_company(claim)
    make.answer_company(claim)
    make.refuse_company(claim)
    make.answer_company(claim)
    make.verify_company(claim)
    deliver()
    assert claim.created_by
    assert [letter.to for letter in mail.outbox] == [[claim.created_by.email]] * 3
    assert all(claim.name(language) in letter.body for letter in mail.outbox)
    assert all(f"/companies/{claim.pk}/?hl={language}" in letter.body for letter in mail.outbox)
    english = [letter for letter in mail.outbox if "this company" in letter.body]
    assert len(english) == (3 if language == "en" else 0)


def test_the_queue_and_the_file_say_that_the_company_is_not_verified(office, claim, officer):
    filed = make.a_submitted_application(claim, claim.created_by)
    office.sign_in(officer)
    assert "Company not verified" in office.get("/").content.decode()
    review.take(filed, by=officer, at=timezone.now())
    shown = office.get(f"/files/{filed.reference}/").content.decode()
    assert f"/companies/{claim.pk}/" in shown
    assert "The company has not been verified yet" in shown
    make.verify_company(claim)
    shown = office.get(f"/files/{filed.reference}/").content.decode()
    assert "not verified" not in shown


def test_the_page_of_a_number_shows_every_claim_and_their_files(office, officer):
    real, other = make.an_employer(tax_number="01111111"), make.a_claim(tax_number="01111111")
    filed = [make.a_submitted_application(each, each.created_by) for each in (other, real)]
    shown = office.sign_in(officer).get("/employers/01111111/").content.decode()
    assert shown.index(real.name_en) < shown.index(other.name_en)
    assert all(str(each.reference) in shown for each in filed)
