"""What the `restricted` workers run for this app, under a name that says nothing."""

from celery import shared_task

from referral.api.tokens import letters
from referral.models import Reminder
from referral.referrals import reminders
from wpis import clock, outbox
from wpis.accounts.signing_up import letters as account_letters
from wpis.api import token_letters


@shared_task(name="work.reminders")
def work_reminders() -> None:
    """Do every reminder that is due."""
    senders = {
        **reminders.SENDERS,
        token_letters.KIND: letters.write_letter,
        account_letters.KIND: account_letters.prepare,
    }
    outbox.run(Reminder, reminders.HANDLERS, senders, at=clock.now())


@shared_task(name="work.reminders_tokens")
def tell_of_ending_tokens() -> None:
    """Queue letters to those whose programs are about to be refused."""
    letters.queue_letters(at=clock.now())
