"""Delegates are invited at an address and accept; nothing tells whether the address has an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permits.actions import delegates, tokens
from permits.companies.inviting import DAYS
from permits.models import ApiToken, DelegateInvitation, Employer
from permits.queries import may_file_for
from tests.conftest import SurfaceClient
from tests.factories import permits as make
from tests.factories.letters import deliver
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

NARE = "nare@example.am"


def confirmed(user: User, email: str = "") -> User:
    EmailAddress.objects.create(user=user, email=email or user.email, verified=True, primary=not email)
    return user


@pytest.fixture
def lead():
    return confirmed(make.a_user())


@pytest.fixture
def company(lead, portal):
    portal.sign_in(lead)
    return make.an_employer(lead)


@pytest.fixture
def nare():
    return confirmed(make.a_user(Role.DELEGATE, email=NARE, name="Nare Simonyan"))


WHO = {
    "nobody": lambda: None,
    "an employer": lambda: confirmed(make.a_user(email=NARE)),
    "a delegate": lambda: confirmed(make.a_user(Role.DELEGATE, email=NARE)),
    "a delegate who files for another company": lambda: make.a_delegate(
        make.an_employer(boss := make.a_user()), make.a_user(Role.DELEGATE, email=NARE), by=boss
    ),
    "an officer": lambda: confirmed(make.a_user(Role.OFFICER, email=NARE)),
    "an analyst": lambda: confirmed(make.a_user(Role.ANALYST, email=NARE)),
    "a closed account": lambda: confirmed(make.a_user(email=NARE, is_active=False)),
    "a second address of somebody": lambda: confirmed(make.a_user(), NARE),
    "an address that was not confirmed": lambda: EmailAddress.objects.create(
        user=make.a_user(), email=NARE, verified=False
    ),
}


def masked(text: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


def shapes(captured: CaptureQueriesContext) -> list[str]:
    """The statements without their values; read before another request empties the log."""
    masks = r"'[^']*'|\d+|ARRAY\[[^]]*\]|[0-9a-f]{8}-[0-9a-f-]{27}"
    return [re.sub(masks, "", query["sql"]) for query in captured]


def observed(visitor: SurfaceClient, company: Employer, email: str) -> tuple[Any, ...]:
    """What an invitation shows, taken back afterwards: the next one is a first one too, and finds no limit begun."""
    with transaction.atomic():
        found = _observed(visitor, company, email)
        transaction.set_rollback(True)
    return found


def _observed(visitor: SurfaceClient, company: Employer, email: str) -> tuple[Any, ...]:
    """All that the one who invites sees, the statements that it took, and the letters."""
    page = f"/companies/{company.pk}/"
    deliver()
    mail.outbox.clear()
    with CaptureQueriesContext(connection) as invited:
        answer = visitor.post(f"{page}delegates/", {"email": email})
    statements = shapes(invited)
    assert statements
    shown = visitor.get(page)
    deliver()
    return (
        answer.status_code,
        answer["Location"],
        sorted(answer.headers),
        re.sub(r"\d{4} ?\d{4}|office\d+", "", masked(shown.content.decode()).replace(email, "")),
        statements,
        sorted((letter.to[0].replace(email, ""), letter.subject) for letter in mail.outbox),
        sorted(letter.body.replace(email, "") for letter in mail.outbox if letter.to == [email]),
    )


@pytest.mark.parametrize("who", list(WHO))
def test_an_invitation_looks_the_same_whoever_has_the_address(portal, lead, company, who):
    WHO[who]()
    with time_machine.travel(timezone.now(), tick=False):
        observed(portal, company, "warm@example.am")  # fills the caches of the process
        known = observed(portal, company, NARE)
        free = observed(portal, company, "free@example.am")
    assert known[0] == 302
    assert len(known[5]) == 2, "a letter to the address, and the notice to the one who invites"
    for one, another in zip(known[2:], free[2:], strict=True):
        assert one == another


def test_the_invited_signs_in_reads_who_invites_and_accepts(portal, lead, company, nare, client_on):
    portal.post(f"/companies/{company.pk}/delegates/", {"email": "Nare@Example.am"})
    assert not may_file_for(nare, company.pk)
    shown = portal.get(f"/companies/{company.pk}/").content.decode()
    assert "Invited" in shown
    assert "Nare Simonyan" not in shown
    visitor = client_on("portal").sign_in(nare)
    assert "You have 1 invitation to file for a company" in visitor.get("/").content.decode()
    page = visitor.get("/invitations/").content.decode()
    assert company.name_en in page
    assert str(lead) in page
    invitation = DelegateInvitation.objects.get()
    answer = visitor.post(f"/invitations/{invitation.pk}/accept/")
    assert answer["Location"] == f"/companies/{company.pk}/"
    assert may_file_for(nare, company.pk)
    shown = portal.get(f"/companies/{company.pk}/").content.decode()
    assert "Accepted" in shown
    assert "Nare Simonyan" in shown
    deliver()
    told = [letter for letter in mail.outbox if letter.to == [lead.email]]
    assert any("was invited" in letter.body for letter in told), "an open session may be a thief's"
    assert any(NARE in letter.body for letter in told), "that it was accepted"
    actions = AuditEvent.objects.filter(subject=invitation.pk).values_list("action", flat=True)
    assert set(actions) == {"permits.delegate.invite", "permits.delegate.accept"}


def test_a_new_account_with_the_address_finds_the_invitation(portal, company, client_on):
    portal.post(f"/companies/{company.pk}/delegates/", {"email": NARE})
    late = make.a_user(email=NARE)
    visitor = client_on("portal").sign_in(late)
    assert company.name_en not in visitor.get("/invitations/").content.decode(), (
        "the address is not confirmed yet"
    )
    confirmed(late)
    assert company.name_en in visitor.get("/invitations/").content.decode()


def test_an_invitation_is_declined_and_both_are_told(portal, lead, company, nare, client_on):
    portal.post(f"/companies/{company.pk}/delegates/", {"email": NARE})
    invitation = DelegateInvitation.objects.get()
    visitor = client_on("portal").sign_in(nare)
    assert visitor.post(f"/invitations/{invitation.pk}/decline/").status_code == 302
    assert not may_file_for(nare, company.pk)
    shown = portal.get(f"/companies/{company.pk}/").content.decode()
    assert "Ended" in shown
    assert "Nare Simonyan" not in shown
    deliver()
    assert any("մերժել են" in letter.body and letter.to == [lead.email] for letter in mail.outbox)


def test_nobody_else_accepts_or_sees_an_invitation(portal, company, nare, client_on):
    portal.post(f"/companies/{company.pk}/delegates/", {"email": NARE})
    invitation = DelegateInvitation.objects.get()
    other = confirmed(make.a_user())
    visitor = client_on("portal").sign_in(other)
    assert company.name_en not in visitor.get("/invitations/").content.decode()
    assert visitor.post(f"/invitations/{invitation.pk}/accept/").status_code == 404
    with pytest.raises(Refused, match="another address"):
        delegates.accept(invitation, by=other, at=timezone.now())
    assert not may_file_for(other, company.pk)


def test_an_invitation_ends_by_itself(portal, company, nare, client_on):
    portal.post(f"/companies/{company.pk}/delegates/", {"email": NARE})
    invitation = DelegateInvitation.objects.get()
    with time_machine.travel(timezone.now() + timedelta(days=DAYS, minutes=1), tick=False):
        visitor = client_on("portal").sign_in(nare)
        assert visitor.post(f"/invitations/{invitation.pk}/accept/").status_code == 404
        assert "You have no invitations" in visitor.get("/invitations/").content.decode()
        with pytest.raises(Refused, match="has ended"):
            delegates.accept(invitation, by=nare, at=timezone.now())
        portal.sign_in(User.objects.get(pk=invitation.invited_by_id))
        assert "Ended" in portal.get(f"/companies/{company.pk}/").content.decode()
        assert portal.post(f"/companies/{company.pk}/delegates/", {"email": NARE}).status_code == 302, "anew"


def test_a_letter_is_sent_three_times_and_no_more(portal, company):
    portal.post(f"/companies/{company.pk}/delegates/", {"email": NARE})
    page = f"/companies/{company.pk}/invitations/{DelegateInvitation.objects.get().pk}/"
    said = [portal.post(f"{page}resend/", follow=True).content.decode() for _ in range(3)]
    assert ["sent again" in text for text in said] == [True, True, False]
    assert "has been sent three times" in said[2]
    deliver()
    assert len([letter for letter in mail.outbox if letter.to == [NARE]]) == 3
    assert "withdrawn" in portal.post(f"{page}withdraw/", follow=True).content.decode()
    refused = portal.post(f"/companies/{company.pk}/delegates/", {"email": NARE})
    assert refused.status_code == 422, "three letters a day, however the invitation is called"
    assert NARE in refused.content.decode()


def test_who_was_invited_twice_is_told_at_the_field(portal, company):
    for status in (302, 422):
        answer = portal.post(f"/companies/{company.pk}/delegates/", {"email": NARE})
        assert answer.status_code == status
    assert "invited already" in answer.content.decode()


def test_the_letter_names_no_company_that_anybody_could_have_made_up(lead):
    shown = make.a_claim(lead, name_en="Pay at evil.example now")
    delegates.invite(shown, NARE, by=lead, at=timezone.now(), language="en")
    deliver()
    (letter,) = mail.outbox
    assert "evil" not in f"{letter.body} {letter.subject}"
    assert str(lead) not in f"{letter.body} {letter.subject}"


@pytest.mark.parametrize("language", ["hy", "ru", "en"])
def test_the_letter_is_in_the_language_of_the_page(lead, language):
    delegates.invite(make.an_employer(lead), NARE, by=lead, at=timezone.now(), language=language)
    deliver()
    letter = next(each for each in mail.outbox if each.to == [NARE])
    assert ("You are invited" in letter.body) == (language == "en")
    assert f"/invitations/?hl={language}" in letter.body


def test_a_delegate_of_an_earlier_release_stays_and_can_be_dismissed(portal, company, nare):
    make.grant(company, nare)
    page = f"/companies/{company.pk}/"
    assert "Nare Simonyan" in portal.get(page).content.decode()
    assert portal.post(f"{page}delegates/{nare.pk}/dismiss/").status_code == 302
    assert not may_file_for(User.objects.get(pk=nare.pk), company.pk)


def test_a_dismissed_delegate_loses_right_and_tokens_and_is_told(portal, lead, company, nare):
    invitation = make.a_delegate(company, nare, by=lead)
    tokens.issue(company, "payroll", by=nare, at=timezone.now())
    portal.post(f"/companies/{company.pk}/delegates/{nare.pk}/dismiss/")
    invitation.refresh_from_db()
    assert invitation.state == "ended"
    assert ApiToken.objects.get().revoked_at
    assert not may_file_for(User.objects.get(pk=nare.pk), company.pk)
    deliver()
    assert any("այլևս չեք կարող" in letter.body and letter.to == [NARE] for letter in mail.outbox)
