"""Claiming a company: the same answer whoever has claimed the tax number, and nothing gained by claiming it."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permits.actions import companies
from permits.models import Employer, Outcome
from tests.conftest import SurfaceClient
from tests.factories import permits as make
from tests.factories.letters import deliver
from tests.permits.employer import typed
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

STATES = {
    "free": lambda number: None,
    "claimed": lambda number: make.a_claim(tax_number=number),
    "verified": lambda number: make.an_employer(tax_number=number),
    "verified, and claimed twice more": lambda number: [
        make.an_employer(tax_number=number),
        make.a_claim(tax_number=number),
        make.a_claim(tax_number=number),
    ],
}


def masked(text: str) -> str:
    """Without what belongs to one request: token, ids, nonce."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{16}\b|person\d+|Person \d+", "", text)


def observed(visitor: SurfaceClient, number: str) -> tuple[object, ...]:
    """All that an account sees that claims this number: status, place, headers, pages, statements, letters."""
    deliver()
    mail.outbox.clear()
    with CaptureQueriesContext(
        connection,
    ) as claimed:
        answer = visitor.post("/companies/register/", typed.COMPANY | {"tax_number": number})
    statements = [re.sub(r"'[^']*'|\d+|[0-9a-f]{8}-[0-9a-f-]{27}", "", query["sql"]) for query in claimed]
    assert statements, "read before another request empties the log"
    company = Employer.objects.latest("created_at")
    home = visitor.get("/")
    page = visitor.get(f"/companies/{company.pk}/")
    deliver()
    return (
        answer.status_code,
        answer["Location"],
        sorted(answer.headers),
        masked(home.content.decode()),
        masked(page.content.decode().replace(number, "")),
        statements,
        len(mail.outbox),
    )


@pytest.mark.parametrize("state", list(STATES))
def test_a_number_that_others_have_claimed_is_answered_like_a_free_one(client_on, state):
    STATES[state]("01111111")
    observed(client_on("portal").sign_in(make.a_user()), "03333333")  # fills the caches of the process
    taken = observed(client_on("portal").sign_in(make.a_user()), "01111111")
    free = observed(client_on("portal").sign_in(make.a_user()), "02222222")
    assert taken == free


def test_the_answer_of_a_program_and_of_the_files_tells_nothing_either(client_on):
    boss = make.a_user()
    make.an_employer(tax_number="01111111")
    squatter = make.a_claim(boss, tax_number="01111111")
    filed = make.a_submitted_application(squatter, boss)
    page = client_on("portal").sign_in(boss).get(f"/applications/{filed.pk}/").content.decode()
    assert "verif" not in page.lower()


def test_an_account_claims_the_same_company_once(portal):
    boss = make.a_user()
    portal.sign_in(boss)
    make.a_claim(boss, tax_number="01234567")
    answer = portal.post("/companies/register/", typed.COMPANY)
    assert answer.status_code == 422
    assert "on your page already" in answer.content.decode()
    assert 'value="Sevan LLC"' in answer.content.decode()


def test_what_a_squatter_has_claimed_costs_the_company_nothing(portal, office):
    """The company registers, files and is verified; the squatter's files stay apart and cannot be approved."""
    thief, boss, officer = make.a_user(), make.a_user(), make.a_user("officer")
    squatter = make.a_claim(thief, tax_number="01111111", name_en="Electric Networks of Armenia")
    real = make.a_claim(boss, tax_number="01111111", name_en="Electric Networks of Armenia")
    theirs = make.a_submitted_application(squatter, thief)
    ours = make.a_submitted_application(real, boss)
    make.verify_company(real, by=officer)
    assert portal.sign_in(thief).get(f"/applications/{ours.pk}/").status_code == 404
    assert portal.sign_in(boss).get(f"/applications/{theirs.pk}/").status_code == 404
    make.settle(ours, Outcome.APPROVAL)
    with pytest.raises(Refused, match="has not been verified yet"):
        make.propose(theirs, Outcome.APPROVAL)
    with pytest.raises(Refused, match="Another account was verified"):
        make.verify_company(squatter)
    shown = office.sign_in(officer).get(f"/companies/{squatter.pk}/").content.decode()
    assert "Other claims of this tax number" in shown
    assert "Another account was verified under this tax number" in shown


def test_the_number_of_a_verified_company_changes_hands_through_two_persons_more():
    squatter = make.an_employer(tax_number="01111111")
    real = make.a_claim(tax_number="01111111")
    supervisor = make.a_user("supervisor")
    companies.reconsider(
        squatter,
        "other_account",
        expected_step=companies.newest_step(squatter),
        by=supervisor,
        at=timezone.now(),
    )
    with pytest.raises(Refused, match="You reconsidered"):
        make.verify_company(real, by=supervisor)
    assert make.verify_company(real).is_verified
    with pytest.raises(Refused, match="Another account was verified"):
        make.verify_company(squatter)


def test_nobody_is_told_that_somebody_else_claims_the_number(portal):
    """The verified company reads the same, and gets no letter, whoever claims its number and is refused."""
    boss, thief = make.a_user(), make.a_user()
    real = make.an_employer(boss, tax_number="01111111")
    deliver()
    mail.outbox.clear()
    portal.sign_in(boss)
    before = masked(portal.get(f"/companies/{real.pk}/").content.decode())
    claim = make.a_claim(thief, tax_number="01111111")
    make.refuse_company(claim)
    assert masked(portal.get(f"/companies/{real.pk}/").content.decode()) == before
    deliver()
    assert [letter.to for letter in mail.outbox] == [[thief.email]]
    assert "another" not in mail.outbox[0].body.lower()


def test_a_claim_leaves_a_row_in_the_trail_without_name_or_number():
    claim = make.a_claim()
    (event,) = AuditEvent.objects.filter(action="permits.employer.register")
    assert (event.subject, event.actor) == (claim.pk, claim.created_by_id)
    assert event.detail == {}
