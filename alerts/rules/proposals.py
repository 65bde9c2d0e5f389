"""Proposes a ruleset: its document is validated, named by its digest, and waits for a second person."""

import json
from datetime import datetime
from typing import Any

from alerts.models import Ruleset, RulesetStatus
from alerts.rules.content import digest, read
from wpis.accounts.models import User
from wpis.audit import trail


def propose(document: Any, *, name: str, version: str, by: User | None, at: datetime) -> Ruleset:
    """Store a document as a proposed ruleset; nothing runs it yet. Raises UnreadableRuleset.

    `by` is None when the operator proposes what a release ships.
    """
    document = json.loads(json.dumps(document))
    read(document)
    ruleset = Ruleset.objects.create(
        name=name,
        version=version,
        status=RulesetStatus.PROPOSED,
        content=document,
        digest=digest(document),
        proposed_by=by,
        starts_at=at,
    )
    trail.record("alerts.ruleset.proposed", by=by, subject=ruleset, version=version, digest=ruleset.digest)
    return ruleset


def next_version(*, at: datetime) -> str:
    """The version after the newest of the year: R2026.2 after R2026.1."""
    year = f"R{at.year}."
    taken = Ruleset.objects.filter(version__startswith=year).values_list("version", flat=True)
    numbers = [int(number) for version in taken if (number := version.removeprefix(year)).isdigit()]
    return f"{year}{max(numbers, default=0) + 1}"
