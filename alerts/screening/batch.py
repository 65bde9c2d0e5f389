"""Screens submissions in batches: facts, findings and alerts in one transaction, each exactly once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DataError, connection, transaction

from alerts.facts import builder, identifiers
from alerts.models import (
    Facts,
    Finding,
    FindingOutcome,
    Ruleset,
    Screening,
    ScreeningState,
)
from alerts.rules import engine, explanations, rulesets
from alerts.rules.content import Content
from alerts.screening.raising import raise_alerts
from permits import feed

_ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtext('alerts.screening.batch'))"

log = structlog.get_logger(__name__)


def screen_waiting(at: datetime, limit: int = 500) -> int:
    """Screen up to `limit` waiting submissions; returns how many were claimed, 0 when nothing waits.

    Claim, results and "done" commit together, so each has its effect exactly once whenever a worker dies.
    Only one batch runs at a time, because two would not see what their submissions share; a second worker
    gets 0. A submission that cannot be screened fails alone: it is recorded as *could not check* and tried
    again later; what it shares with others is stored all the same.
    """
    with transaction.atomic():
        if not _alone():
            return 0
        keys = feed.claim(limit, at)
        if keys:
            _screen_or_isolate(keys, rulesets.current(), at)
        return len(keys)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        return bool(cursor.fetchone()[0])


def _screen_or_isolate(keys: list[UUID], ruleset: Ruleset, at: datetime, *, apart: bool = False) -> None:
    """All of them together; when that fails, one by one, so that one bad submission holds up nobody else.

    Then the identifiers of all are stored first, outside of what may fail: each of them counts for every other. One
    with which the database cannot calculate is tried again rule by rule.
    """
    try:
        with transaction.atomic():
            screen(keys, ruleset, at, apart=apart)
        return
    except SoftTimeLimitExceeded:
        raise  # the worker must stop; nothing is wrong with the submissions
    except Exception as error:
        _keep_identifiers(keys)
        if len(keys) == 1 and isinstance(error, DataError) and not apart:
            _screen_or_isolate(keys, ruleset, at, apart=True)
            return
        if len(keys) == 1:
            _could_not_check(keys[0], ruleset, at, error)
            return
    for key in keys:
        _screen_or_isolate([key], ruleset, at)


def _keep_identifiers(keys: list[UUID]) -> None:
    """Store what these submissions could share, each in a transaction of its own; an unreadable one has nothing."""
    for key in keys:
        try:
            with transaction.atomic():
                identifiers.store(row for record in feed.records([key]) for row in identifiers.of(record))
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            log.error("identifiers_not_stored", submission=str(key), error=type(error).__name__)


def screen(keys: Iterable[UUID], ruleset: Ruleset, at: datetime, *, apart: bool = False) -> None:
    """Put these submissions to a ruleset and complete their check; what is screened stays as it is.

    Raises UnreadableRuleset before anything is written.
    """
    keys = list(keys)
    content = rulesets.content(ruleset)
    before = {
        row.submission_id: row for row in Screening.objects.filter(submission__in=keys, ruleset=ruleset)
    }
    todo = [key for key in keys if key not in before or before[key].state != ScreeningState.SCREENED]
    if todo:
        facts = _facts(todo)
        screenings = _store_screenings(facts, before, ruleset, at)
        findings = _findings(screenings, content, apart)
        Finding.objects.bulk_create([row for rows in findings.values() for row in rows])
        raise_alerts(findings, screenings, content, at)
    feed.complete_check(keys, at)


def _facts(keys: list[UUID]) -> list[Facts]:
    """Facts of these submissions, oldest first; a row of this builder's version is used again as it stands."""
    rows = Facts.objects.filter(submission__in=keys, builder_version=builder.VERSION)
    known = {row.submission_id: row for row in rows}
    built = builder.build(feed.records(key for key in keys if key not in known))
    Facts.objects.bulk_create(built)
    everything = [*known.values(), *built]
    if absent := set(keys) - {row.submission_id for row in everything}:
        raise LookupError(f"{len(absent)} submissions are not there")
    return sorted(everything, key=lambda row: (row.submitted_at, row.submission_id))


def _store_screenings(
    facts: list[Facts], before: dict[UUID, Screening], ruleset: Ruleset, at: datetime
) -> list[Screening]:
    screenings = []
    for row in facts:
        screening = before.get(row.submission_id) or Screening(
            submission_id=row.submission_id, ruleset=ruleset
        )
        screening.application, screening.facts = row.application, row
        screening.state, screening.error, screening.at = ScreeningState.SCREENED, "", at
        screenings.append(screening)
    Screening.objects.bulk_create([row for row in screenings if row.submission_id not in before])
    if again := [row for row in screenings if row.submission_id in before]:
        Screening.objects.bulk_update(again, ["application", "facts", "state", "error", "at"])
    return screenings


def _findings(screenings: list[Screening], content: Content, apart: bool) -> dict[UUID, list[Finding]]:
    evaluate = engine.evaluate_apart if apart else engine.evaluate
    answers = evaluate(content, [screening.facts_id for screening in screenings if screening.facts_id])
    result = {}
    for screening in screenings:
        answer = answers[screening.facts_id]  # type: ignore[index]
        found = [(id, FindingOutcome.HIT) for id in answer.hits]
        found += [(id, FindingOutcome.UNKNOWN) for id in answer.unknowns]
        result[screening.pk] = [
            Finding(
                screening=screening,
                indicator=id,
                version=content.rules[id].version,
                outcome=outcome,
                values=explanations.values(content.rules[id], screening.facts),
            )
            for id, outcome in found
        ]
    return result


def _could_not_check(key: UUID, ruleset: Ruleset, at: datetime, error: Exception) -> None:
    """Record the failure where people see it; the automatic check stays open and holds the approval."""
    log.error("submission_not_checked", error=type(error).__name__)
    Screening.objects.update_or_create(
        submission_id=key,
        ruleset=ruleset,
        defaults={"state": ScreeningState.COULD_NOT_CHECK, "error": type(error).__name__, "at": at},
    )
    feed.fail(key, at, error)
