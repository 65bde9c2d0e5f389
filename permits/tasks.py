"""What the `open` workers run: the background jobs of the open side of the service."""

from celery import shared_task

from permits import letters
from permits.actions import tokens
from permits.checks import actions
from wpis import clock, outbox
from wpis.api import token_letters
from wpis.models import BackgroundJob


@shared_task(name="work.open")
def work_open() -> None:
    """Run every background job that is due."""
    outbox.run(
        BackgroundJob,
        {actions.DOCUMENT: actions.check_document},
        {letters.KIND: letters.prepare, token_letters.KIND: letters.prepare_about_token},
        at=clock.now(),
    )


@shared_task(name="work.tokens")
def tell_of_ending_tokens() -> None:
    """Queue letters to those whose programs are about to be refused."""
    tokens.queue_letters(at=clock.now())
