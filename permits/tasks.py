"""What the `open` workers run: the background jobs of the open side of the service."""

from celery import shared_task

from permits import letters
from permits.checks import actions
from permits.companies import letters as company_letters
from wpis import clock, outbox
from wpis.accounts.signing_up import letters as account_letters
from wpis.models import BackgroundJob


@shared_task(name="work.open")
def work_open() -> None:
    """Run every background job that is due."""
    outbox.run(
        BackgroundJob,
        {actions.DOCUMENT: actions.check_document},
        {
            letters.KIND: letters.prepare,
            account_letters.KIND: account_letters.prepare,
            **company_letters.SENDERS,
        },
        at=clock.now(),
    )
