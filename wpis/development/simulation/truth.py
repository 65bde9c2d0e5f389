"""The truth about a synthetic country: which application was planted. Written beside it, read by tests only."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wpis.development.simulation.country import Country
from wpis.development.simulation.patterns.catalogue import PATTERNS
from wpis.development.simulation.playing.days import FiledApplication


def truth(country: Country, filed: Iterable[FiledApplication]) -> dict[str, Any]:
    """By reference of the application: the label of its pattern or null; beside it stories and look-alikes.

    `patterns` says of each label its code in permit-process.md 5.3, whether its applications show anything "at
    filing" or only "later", and why.
    """
    rows = sorted(filed, key=lambda row: row.filing.number)
    return {
        "seed": country.seed,
        "until": country.until.isoformat(),
        "digest": country.digest(),
        "patterns": {
            label: {"code": pattern.code or None, "shows": pattern.shows, "why": pattern.why}
            for label, pattern in PATTERNS.items()
        },
        "applications": {row.reference: row.filing.pattern for row in rows},
        "stories": {row.reference: row.filing.story for row in rows if row.filing.story},
        "lookalikes": {row.reference: row.filing.lookalike for row in rows if row.filing.lookalike},
    }


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write the file, its folder too when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
