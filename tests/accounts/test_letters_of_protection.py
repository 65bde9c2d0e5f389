"""Protection's letters about accounts wait in its own outbox: not in the request, and not where the office reads."""

from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from referral.models import Reminder
from tests.conftest import standing_on
from tests.factories import staff
from tests.factories.letters import deliver, deliver_on_protection
from tests.factories.permits import a_user
from wpis.accounts.roles import Role
from wpis.accounts.signing_up import letters
from wpis.accounts.staff import Reason
from wpis.crypto.sealing import Tampered
from wpis.letters.smtp import EmailBackend
from wpis.models import BackgroundJob
from wpis.outbox import outboxes
from wpis.staff import actions

pytestmark = pytest.mark.django_db

LOST = {"email": "somebody@example.am"}


def an_analyst() -> None:
    user = a_user(Role.ANALYST, email=LOST["email"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def test_each_surface_has_one_outbox_for_its_letters() -> None:
    held = sorted(surface for rows in outboxes() for surface in rows.letters_of)
    assert held == ["office", "portal", "protection"]


def test_a_lost_password_is_answered_before_its_letter_is_sent(client_on) -> None:
    an_analyst()
    client_on("protection").post("/accounts/password/reset/", LOST)
    assert mail.outbox == []
    assert deliver() == [], "the office's worker finds nothing"
    job = Reminder.objects.get(kind=letters.KIND)
    assert set(job.payload) == {"sealed"}
    assert LOST["email"] not in str(job.payload)
    (letter,) = deliver_on_protection()
    assert letter.to == [LOST["email"]]
    assert "choose a new password" in letter.body


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_a_mail_server_that_is_down_changes_no_answer(client_on, surface: str, settings) -> None:
    up = client_on(surface).post("/accounts/password/reset/", LOST)
    settings.EMAIL_BACKEND = "wpis.letters.smtp.EmailBackend"
    with patch.object(EmailBackend, "open", side_effect=ConnectionRefusedError) as asked:
        down = client_on(surface).post("/accounts/password/reset/", LOST)
    assert (down.status_code, down["Location"]) == (up.status_code, up["Location"])
    assert not asked.called


def test_a_colleague_is_told_of_a_closed_account_by_the_worker(django_capture_on_commit_callbacks) -> None:
    by, account = staff.an_administrator("protection"), staff.a_colleague(Role.ANALYST)
    with standing_on("protection"), django_capture_on_commit_callbacks(execute=True):
        actions.close(account, reason=Reason.AWAY, by=by, at=timezone.now())
    assert mail.outbox == []
    (letter,) = deliver_on_protection()
    assert letter.to == [account.email]


def test_a_letter_of_one_outbox_does_not_open_in_the_other() -> None:
    """Whoever may write rows of the office's does not have protection's letters sent from there."""
    with standing_on("protection"):
        letters.queue(EmailMessage("News", "There is news.", to=[LOST["email"]]), at=timezone.now())
    payload = Reminder.objects.get(kind=letters.KIND).payload
    moved = BackgroundJob(kind=letters.KIND, payload=payload)
    with pytest.raises(Tampered):
        letters.prepare(moved, timezone.now())
