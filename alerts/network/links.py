"""Finds what an alert's submission shares with others: an address, a telephone, an account, a recruiter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from alerts.models import Alert, Identifier, IdentifierKind
from permits import feed
from wpis.errors import UnreadableRecord

MOST = 200
"""Other submissions looked at per shared value; a hub says no more than "very many"."""

NAMED = 24
"""Employers shown by name; the rest is counted."""

LOOKED_AT = [kind for kind in IdentifierKind if kind is not IdentifierKind.EMPLOYER]

_OTHERS = """
SELECT mine.worker, mine.kind, mine.digest,
       other.application, other.employer, other.worker, other.submission, other.seen_at
FROM alerts_identifier mine
CROSS JOIN LATERAL (
    SELECT application, employer, worker, submission, seen_at FROM alerts_identifier held
    WHERE held.kind = mine.kind AND held.digest = mine.digest AND held.application <> mine.application
    ORDER BY held.seen_at DESC LIMIT %s
) other
WHERE mine.submission = %s AND mine.kind = ANY(%s)
ORDER BY mine.kind, mine.digest, other.seen_at, other.submission
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One employer on the other end of a link; `name` is empty beyond the first NAMED."""

    employer: UUID
    name: str
    unreadable: bool  # the submission that names the employer cannot be read; the counts hold all the same
    own: bool  # the employer of the alert itself
    applications: int
    workers: int
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One shared value and everybody else who has it."""

    kind: IdentifierKind
    holders: tuple[Holder, ...]
    workers: int
    first_seen: datetime
    more: bool  # there are more than MOST; the counts are at least these


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What was looked at, what was not given, and what is shared."""

    checked: tuple[IdentifierKind, ...]
    absent: tuple[IdentifierKind, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Other:
    application: UUID
    employer: UUID
    worker: UUID
    submission: UUID
    seen_at: datetime


def around(alert: Alert) -> Network:
    """The links of the alert's submission, as they are today; five queries, however many links."""
    submission = alert.screening.submission_id
    have = set(Identifier.objects.filter(submission=submission).values_list("kind", flat=True))
    own = alert.screening.facts.employer if alert.screening.facts else None
    groups = _others(submission)
    known = [other for others in groups.values() for other in others]
    names = _names(known)
    alerted = set(
        Alert.objects.filter(application__in={other.application for other in known}).values_list(
            "application", flat=True
        )
    )
    links = [
        Link(
            kind=IdentifierKind(kind),
            holders=_holders(others, names, alerted, own),
            workers=len({other.worker for other in others}),
            first_seen=others[0].seen_at,
            more=len(others) == MOST,
        )
        for (kind, _), others in groups.items()
    ]
    return Network(
        checked=tuple(kind for kind in LOOKED_AT if kind in have),
        absent=tuple(kind for kind in LOOKED_AT if kind not in have),
        links=tuple(sorted(links, key=lambda link: (-link.workers, link.kind))),
    )


def _others(submission: UUID) -> dict[tuple[str, UUID], list[_Other]]:
    """Shared value -> the others who hold it.

    While the index is rebuilt a value stands there under two keys, and all that share it under one of them at least.
    """
    under: dict[UUID, dict[tuple[str, UUID], list[_Other]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [MOST, submission, [kind.value for kind in LOOKED_AT]])
        for key, kind, digest, application, employer, worker, other, seen_at in cursor.fetchall():
            row = _Other(application, employer, worker, other, seen_at)
            under[key][kind, digest].append(row)
    return max(under.values(), key=lambda groups: sum(map(len, groups.values())), default={})


def _names(others: list[_Other]) -> dict[UUID, str | None]:
    """Names of the employers with most workers here, read from one of their submissions each.

    None for one whose submission was changed in the database or is of a version unknown to this release.
    """
    workers: dict[UUID, set[UUID]] = defaultdict(set)
    newest: dict[UUID, UUID] = {}
    for other in others:
        workers[other.employer].add(other.worker)
        newest[other.employer] = other.submission
    chosen = sorted(workers, key=lambda employer: (-len(workers[employer]), employer))[:NAMED]
    try:
        return _read([newest[employer] for employer in chosen])
    except UnreadableRecord:
        return {name: found for employer in chosen for name, found in _alone(employer, newest[employer])}


def _read(submissions: list[UUID]) -> dict[UUID, str | None]:
    return {record.employer.id: record.employer.name_en for record in feed.records(submissions)}


def _alone(employer: UUID, submission: UUID) -> Iterable[tuple[UUID, str | None]]:
    """The employer's name from one submission; read alone, so that an unreadable one affects no other."""
    try:
        return _read([submission]).items()
    except UnreadableRecord:
        return [(employer, None)]


def _holders(
    others: list[_Other], names: dict[UUID, str | None], alerted: set[Any], own: UUID | None
) -> tuple[Holder, ...]:
    by_employer: dict[UUID, list[_Other]] = defaultdict(list)
    for other in others:
        by_employer[other.employer].append(other)
    holders = [
        Holder(
            employer=employer,
            name=names.get(employer) or "",
            unreadable=names.get(employer, "") is None,
            own=employer == own,
            applications=len({row.application for row in rows}),
            workers=len({row.worker for row in rows}),
            alerts=len({row.application for row in rows} & alerted),
        )
        for employer, rows in by_employer.items()
    ]
    return tuple(sorted(holders, key=lambda holder: (-holder.workers, holder.name, holder.employer)))
