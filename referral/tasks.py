"""What the `restricted` workers run for this app, under a name that says nothing."""

from celery import shared_task

from referral.models import Reminder
from referral.referrals import reminders
from wpis import clock, outbox


@shared_task(name="work.reminders")
def work_reminders() -> None:
    """Do every reminder that is due."""
    outbox.run(Reminder, reminders.HANDLERS, reminders.SENDERS, at=clock.now())
