"""Figures and how they are printed: a table for people, JSON for machines."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement beside its baseline; `unit` of both; the ratio is what counts."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    against: str = ""
    aim: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the baseline; None without one."""
        return self.value / self.baseline if self.baseline else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def table(figures: Sequence[Figure]) -> str:
    """Rows for a terminal."""
    rows = [("what", "value", "baseline", "ratio", "aim", "against / note")]
    for f in figures:
        rows.append(
            (
                f.name,
                f"{f.value:.2f} {f.unit}",
                f"{f.baseline:.2f} {f.unit}" if f.baseline else "",
                f"{f.ratio:.2f}x" if f.ratio else "",
                f.aim,
                "; ".join(filter(None, (f.against, f.note))),
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return "\n".join(
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[5]]) for row in rows
    )


def as_json(figures: Sequence[Figure]) -> str:
    """The same for a machine."""
    return json.dumps([asdict(f) | {"ratio": f.ratio} for f in figures], indent=1)
