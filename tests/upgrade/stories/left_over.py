"""Outbox rows that a release leaves behind: done, waiting, given up, and begun without an end."""

from collections.abc import Callable
from unittest.mock import patch

from django.core.mail.backends.locmem import EmailBackend
from django.db.models import Model

from permits import letters
from permits.models import Employer
from permits.tasks import work_open
from referral.models import Case
from referral.referrals import reminders as clocks
from referral.tasks import work_reminders
from tests.upgrade.stories import cases
from tests.upgrade.stories.cast import Cast
from tests.upgrade.stories.filing import an_application, named
from wpis.documents import sandbox
from wpis.documents.checking.tasks import work_files

Work = Callable[[], object]


def background_jobs(cast: Cast, company: Employer) -> None:
    """A file that could never be looked into, a letter that could never be written, one that may have been sent."""
    filed = an_application(cast, company, cast["anna"], named(3), checked=False)
    with (
        patch.object(sandbox, "run", side_effect=OSError("no process left")),
        patch.object(letters, "prepare", _never),
    ):
        _try_until_given_up(cast, work_files)
        _try_until_given_up(cast, work_open)
    letters.queue(filed, "received", at=cast.clock())
    _killed(work_open)


def reminders(cast: Cast, case: Case) -> None:
    """A letter to an agency that could never be written."""
    cases.written_last(cast, case)
    with patch.dict(clocks.SENDERS, {clocks.REFERRAL_MAIL: _never}):
        _try_until_given_up(cast, work_reminders)


def reminders_of_the_last_minute(cast: Cast, case: Case) -> None:
    """One letter may have been sent, the others wait."""
    cases.consent(cast, case, "labour-inspectorate", "labour_rights")
    cases.send(cast, case, "labour-inspectorate", "labour_rights")
    _killed(work_reminders)
    cases.consent(cast, case, "ombudsman", "complaint")
    cases.send(cast, case, "ombudsman", "complaint")


def _never(row: Model, at: object) -> None:
    raise ConnectionError("nobody answers")


def _try_until_given_up(cast: Cast, work: Work) -> None:
    for _ in range(14):
        cast.clock(30)
        work()


def _killed(work: Work) -> None:
    """The worker is killed while a letter goes out."""
    with patch.object(EmailBackend, "send_messages", side_effect=KeyboardInterrupt):
        try:
            work()
        except KeyboardInterrupt:
            return
    raise AssertionError("no letter was sent")
