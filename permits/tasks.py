"""What the `open` workers run: the background jobs of the open side of the service."""

from celery import shared_task

from permits import letters
from permits.actions import tokens
from permits.checks import actions
from permits.companies import letters as company_letters
from permits.drafts import abandoned
from permits.signing import letters as signing_letters
from wpis import clock, outbox
from wpis.accounts.signing_up import letters as account_letters
from wpis.api import token_letters
from wpis.documents.queues import CHECKED, CheckedFile
from wpis.models import BackgroundJob


@shared_task(name="work.open")
def work_open() -> None:
    """Settle what waited for checked files, then send the letters that are due."""
    outbox.run(CheckedFile, {CHECKED: actions.follow_outcome}, at=clock.now())
    outbox.run(
        BackgroundJob,
        {actions.DOCUMENT: actions.pass_on},
        {
            letters.KIND: letters.prepare,
            signing_letters.KIND: signing_letters.prepare,
            abandoned.KIND: abandoned.prepare,
            token_letters.KIND: letters.prepare_about_token,
            account_letters.KIND: account_letters.prepare,
            **company_letters.SENDERS,
        },
        at=clock.now(),
    )


@shared_task(name="work.tokens")
def tell_of_ending_tokens() -> None:
    """Queue letters to those whose programs are about to be refused."""
    tokens.queue_letters(at=clock.now())


@shared_task(name="work.drafts")
def tell_owners_of_drafts() -> None:
    """Write the letters about drafts that nobody works on."""
    abandoned.tell_owners(at=clock.real_now())
