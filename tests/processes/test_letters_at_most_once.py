"""A letter goes out at most once: what may have been taken waits for a person, what was refused is tried again."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
from django.core.mail import EmailMessage as Letter
from django.test import override_settings
from django.utils import timezone

from tests.factories.mail_server import TAKEN, Act, MailServer
from tests.operator.servers.listening import Listening
from wpis import outbox
from wpis.letters.sending import message_id, sending
from wpis.letters.smtp import deliver
from wpis.models import BackgroundJob
from wpis.outbox import ATTEMPTS, NotDelivered
from wpis.processes import open_jobs

pytestmark = pytest.mark.django_db

DOUBTFUL = {Act.DROP_AFTER, Act.SILENT_AFTER, Act.GARBLED_AFTER}
SURE = {Act.TAKE, Act.CUT_AT_QUIT, Act.GARBLED_AT_QUIT}
REFUSED = set(Act) - DOUBTFUL - SURE


class Plan:
    """What the mail server does with one letter after the other; the last act again and again."""

    acts: list[Act]

    def __call__(self) -> Act:
        return self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]


@pytest.fixture
def plan() -> Plan:
    return Plan()


@pytest.fixture
def server(plan: Plan) -> Iterator[MailServer]:
    listening, mail = Listening(), MailServer(plan)
    port = listening.serve(mail.talk)
    with override_settings(
        EMAIL_BACKEND="wpis.letters.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_HOST_USER="",
        EMAIL_HOST_PASSWORD="",
        EMAIL_USE_TLS=False,
        EMAIL_USE_SSL=False,
        EMAIL_TIMEOUT=1,
    ):
        yield mail
    listening.close()


def a_job() -> BackgroundJob:
    past = timezone.now() - timedelta(minutes=1)
    return BackgroundJob.objects.create(kind="letter", key=UUID(int=1), created_at=past, due_at=past)


def write(job: BackgroundJob, _: datetime) -> outbox.Effect:
    return sending(job, to="a@example.am", subject="News", body="There is news.")


def work(hours: int = 0) -> None:
    """The worker comes round, and again every hour of the next ones."""
    for hour in range(hours + 1):
        outbox.run(BackgroundJob, {}, {"letter": write}, at=timezone.now() + timedelta(hours=hour))


@pytest.mark.parametrize("act", sorted(DOUBTFUL))
def test_what_the_server_may_have_taken_is_never_sent_again_and_shown_at_once(
    server: MailServer, plan: Plan, act: Act
) -> None:
    job, plan.acts = a_job(), [act]
    work(hours=ATTEMPTS + 1)
    assert len(server.letters) == 1
    job.refresh_from_db()
    assert (job.done_at, job.dead_at, job.attempts) == (None, None, 0)
    assert job.started_at is not None
    assert list(open_jobs.unknown(BackgroundJob, timezone.now())) == [job]
    assert job.error, "the class of the error helps whoever decides"


@pytest.mark.parametrize("act", sorted(SURE))
def test_a_taken_letter_is_done_whatever_happens_at_goodbye(server: MailServer, plan: Plan, act: Act) -> None:
    job, plan.acts = a_job(), [act]
    work(hours=2)
    assert len(server.letters) == 1
    job.refresh_from_db()
    assert job.done_at is not None
    assert not open_jobs.unknown(BackgroundJob, timezone.now()).exists()


@pytest.mark.parametrize("act", sorted(REFUSED))
def test_a_refusal_is_tried_again_until_the_letter_is_taken(server: MailServer, plan: Plan, act: Act) -> None:
    job, plan.acts = a_job(), [act, act, Act.TAKE]
    work()
    job.refresh_from_db()
    assert (job.attempts, job.started_at, job.done_at) == (1, None, None)
    assert job in BackgroundJob.waiting(timezone.now() + timedelta(hours=1))
    work(hours=3)
    job.refresh_from_db()
    assert job.done_at is not None
    assert len(server.letters) == 1


def test_a_server_that_is_away_is_tried_again(server: MailServer, plan: Plan) -> None:
    job, plan.acts = a_job(), [Act.TAKE]
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with override_settings(EMAIL_PORT=closed.getsockname()[1]):
            work()
    job.refresh_from_db()
    assert (job.attempts, job.error, job.started_at) == (1, "ConnectionRefusedError", None)
    work(hours=1)
    assert len(server.letters) == 1


def test_a_letter_that_is_refused_for_ever_is_given_up_and_shown(server: MailServer, plan: Plan) -> None:
    job, plan.acts = a_job(), [Act.UNKNOWN_RECIPIENT]
    work(hours=ATTEMPTS + 1)
    assert server.letters == []
    assert list(open_jobs.dead(BackgroundJob)) == [job]


def test_every_kind_of_end_is_one_of_the_three(server: MailServer) -> None:
    assert SURE | DOUBTFUL == TAKEN
    assert server.letters == []


def test_the_letter_carries_the_id_of_its_job(server: MailServer, plan: Plan) -> None:
    job, plan.acts = a_job(), [Act.TAKE]
    work()
    letter: EmailMessage = server.letters[0]
    assert letter["Message-ID"] == message_id(job)
    assert str(job.pk) in message_id(job)


def test_no_letter_has_two_addresses_of_which_one_can_be_refused(server: MailServer, plan: Plan) -> None:
    plan.acts = [Act.TAKE]
    with pytest.raises(NotDelivered):
        deliver(Letter("News", "There is news.", to=["a@example.am", "b@example.am"]))
    assert server.letters == []


def test_a_failure_in_writing_the_letter_is_surely_no_letter(server: MailServer, plan: Plan) -> None:
    plan.acts = [Act.TAKE]
    with pytest.raises(NotDelivered):
        deliver(Letter("News\nBcc: all@example.am", "There is news.", to=["a@example.am"]))
    assert server.letters == []
