"""`manage.py create_administrator`: the first one of a surface, and how they get in."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.factories import staff
from tests.factories.permits import PASSWORD, a_user
from tests.second_factor.test_enrolment import with_password
from wpis.accounts.models import User
from wpis.accounts.roles import ADMINISTRATOR_OF, Role
from wpis.audit.models import AuditEvent, AuditNote

pytestmark = pytest.mark.django_db


def create(email: str = "First@Example.am", surface: str = "office", *more: str) -> str:
    out = StringIO()
    with override_settings(WPIS_SURFACE="owner"):
        call_command("create_administrator", email, "--surface", surface, *more, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("surface", ["office", "protection"])
def test_the_first_administrator_gets_in_with_the_link_and_the_printed_code(
    surface: str, client_on: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        said = create(surface=surface)
    user = User.objects.get(email="first@example.am")
    assert user.role == ADMINISTRATOR_OF[surface]
    (letter,) = mail.outbox
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(letter.body))
    assert link
    browser = client_on(surface)
    form = browser.get(link[1])["Location"]
    answer = browser.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302
    (code,) = re.findall(r"hours: (\S+)", said)
    assert code not in letter.body
    here = with_password(user, surface)
    assert here.get("/")["Location"] == "/enrol/"
    assert here.post("/enrol/", {"code": code})["Location"] == "/accounts/2fa/"
    row = AuditEvent.objects.get(action="accounts.staff.first")
    assert (row.subject, row.actor) == (user.pk, None)


def test_a_second_one_is_made_only_on_purpose_and_with_a_reason() -> None:
    create()
    with pytest.raises(CommandError, match="administrator already"):
        create("second@example.am")
    with pytest.raises(CommandError, match="needs --reason"):
        create("second@example.am", "office", "--another")
    create("second@example.am", "office", "--another", "--reason", "The first has left")
    create("third@example.am", "protection")
    assert [note.text for note in AuditNote.objects.all()] == ["The first has left"]


def test_one_who_has_left_stands_in_nobodys_way() -> None:
    a_user(Role.OFFICE_ADMINISTRATOR, is_active=False)
    create()


@pytest.mark.parametrize("email", ["nobody", "taken@example.am"])
def test_an_address_that_cannot_be_used_makes_nothing(email: str) -> None:
    a_user(Role.EMPLOYER, email="taken@example.am")
    with pytest.raises(CommandError):
        create(email)
    assert not User.objects.filter(role=Role.OFFICE_ADMINISTRATOR).exists()


def test_no_surface_makes_administrators_by_command() -> None:
    with override_settings(WPIS_SURFACE="office"), pytest.raises(CommandError, match="owner"):
        call_command("create_administrator", "x@example.am", "--surface", "office")


def test_the_link_is_printed_where_no_mail_goes_out_yet() -> None:
    assert "/accounts/password/reset/key/" in create("x@example.am", "office", "--print-link")
    assert staff.an_administrator().role == Role.OFFICE_ADMINISTRATOR
