"""An employer's program that files applications one after another and retries when the service fails.

Run as a process of the portal: `python -m tests.faults.submitter COUNT`. It prints the id of every application
whose submission was confirmed to it; the test compares that history with what was screened.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

PATIENCE = 60.0


def insist(step: Callable[[], Any]) -> Any:
    """Do a step until the database confirms it; every step here may be repeated."""
    from django.db import InterfaceError, OperationalError, connection

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return step()
        except (OperationalError, InterfaceError):
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def main(count: int) -> None:
    """File `count` applications."""
    from django.utils import timezone

    from permits.actions import applications
    from permits.case_types.new import CASE_TYPE
    from permits.models import Application, State
    from permits.submissions.draft import Draft
    from tests.factories.permits import a_claim, a_draft, a_user, answers, attach

    by = insist(a_user)
    employer = insist(lambda: a_claim(by))

    def complete() -> Application:
        at = timezone.now()
        draft = a_draft(employer, by, at)
        for part, values in answers(timezone.localdate(at)).items():
            applications.save_part(draft, part, values, by=by, at=at)
        for kind in CASE_TYPE.documents:
            attach(draft, kind, by=by, at=at, checked=False)
        return draft

    def submit(draft: Application) -> None:
        if Application.objects.get(pk=draft.pk).state == State.DRAFT:
            applications.submit(draft, by=by, at=timezone.now(), declared=True, expected_draft=Draft.AS_SAVED)

    for _ in range(count):
        draft = insist(complete)
        insist(partial(submit, draft))
        print(draft.pk, flush=True)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
