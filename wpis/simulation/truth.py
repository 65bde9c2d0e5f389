"""The truth about a synthetic country: which application was planted. Written beside it, read by tests only."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from wpis.simulation.country import Country, Filing


def truth(country: Country, references: Mapping[UUID, str], filed: Mapping[UUID, Filing]) -> dict[str, Any]:
    """By reference of the application: the label of its pattern or null; beside it stories and look-alikes."""
    rows = {references[key]: filing for key, filing in filed.items() if key in references}
    ordered = sorted(rows.items(), key=lambda row: row[1].number)
    return {
        "seed": country.seed,
        "until": country.until.isoformat(),
        "digest": country.digest(),
        "applications": {reference: filing.pattern for reference, filing in ordered},
        "stories": {reference: filing.story for reference, filing in ordered if filing.story},
        "lookalikes": {reference: filing.lookalike for reference, filing in ordered if filing.lookalike},
    }


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write the file, its folder too when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
