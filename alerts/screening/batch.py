"""Screens submissions in batches: facts, findings and alerts in one transaction, each exactly once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import structlog
from django.db import DataError, transaction

from alerts.facts import builder
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
from alerts.screening import arrivals
from alerts.screening.isolation import isolate
from alerts.screening.raising import raise_alerts
from permits import feed

log = structlog.get_logger(__name__)


def screen_waiting(at: datetime, limit: int = 500) -> int:
    """Screen up to `limit` waiting submissions; returns how many it worked on, 0 when nothing is left for this worker.

    Any number of workers may run this, on any number of hosts. First, one at a time, new submissions get their
    identifiers stored in the order of filing (a worker that finds another at it goes on with what has arrived); then
    each worker claims a batch. Claim, results and "done" commit together, so each has its effect exactly once whenever
    a worker dies. A submission that cannot be screened fails alone: it is recorded as *could not check* and tried
    again later; what it shares with others is stored all the same.
    """
    ruleset = rulesets.current()
    arrived = arrivals.take_in(limit, at, lambda key, error: _could_not_check(key, ruleset, at, error))
    with transaction.atomic():
        keys = feed.in_turn(feed.claim(limit, at, arrivals.ARRIVED))
        if keys:
            isolate(
                keys,
                lambda keys: screen(keys, ruleset, at),
                lambda key, error: _screen_apart(key, ruleset, at, error),
            )
    return max(len(keys), arrived)


def _screen_apart(key: UUID, ruleset: Ruleset, at: datetime, error: Exception) -> None:
    """Screen rule by rule a submission with which the database could not calculate; any other error stands."""

    def failed(key: UUID, error: Exception) -> None:
        _could_not_check(key, ruleset, at, error)

    if isinstance(error, DataError):
        isolate([key], lambda keys: screen(keys, ruleset, at, apart=True), failed)
    else:
        failed(key, error)


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
