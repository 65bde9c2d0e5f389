"""Whose file is checked next: companies and accounts take turns, and of each only one file is looked into at a time.

Who sends forty files waits for his own thirty-nine; who sends one waits for one file of each other sender at most.
An account that files for forty companies has one turn, and so has a company with forty accounts.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from wpis.documents.queues import FileCheck

HOLD = timedelta(seconds=120)
"""How long a worker may look into one file: longer than `CELERY_TASK_TIME_LIMIT` lets it live."""

_ONE_AT_A_TIME = """
INSERT INTO documents_fileturn (id, taken_at) VALUES (1, %(at)s)
ON CONFLICT (id) DO UPDATE SET taken_at = EXCLUDED.taken_at"""

_NEXT = """
WITH first AS (
  SELECT DISTINCT ON (party, account) id, party, account, due_at FROM documents_filecheck
   WHERE done_at IS NULL AND dead_at IS NULL AND started_at IS NULL AND due_at <= %(at)s
   ORDER BY party, account, due_at, id)
SELECT first.id FROM first
 CROSS JOIN LATERAL (SELECT max(taken_at) AS at FROM documents_filecheck WHERE party = first.party) AS of_party
 CROSS JOIN LATERAL (SELECT max(taken_at) AS at FROM documents_filecheck WHERE account = first.account) AS of_account
 WHERE NOT EXISTS (SELECT 1 FROM documents_filecheck AS held
                    WHERE held.done_at IS NULL AND held.held_until > %(at)s
                      AND (held.party = first.party OR held.account = first.account))
 ORDER BY GREATEST(of_party.at, of_account.at) NULLS FIRST, first.due_at, first.id
 LIMIT 1"""


@transaction.atomic
def take(*, at: datetime) -> FileCheck | None:
    """Take the next file for `HOLD`; None when no sender has one that may be taken now.

    Committed before anybody looks into the file: a worker that is killed over it leaves the trace, the company's next
    file comes after those of all others, and no transaction stays open while a parser works.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, {"at": at})
        cursor.execute(_NEXT, {"at": at})
        found = cursor.fetchone()
    if found is None:
        return None
    check = FileCheck.objects.get(pk=found[0])
    check.taken_at, check.held_until, check.due_at = at, at + HOLD, at + HOLD
    check.unanswered += 1
    check.save(update_fields=["taken_at", "held_until", "due_at", "unanswered"])
    return check
