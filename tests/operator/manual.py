"""The steps of docs/operations.md: fenced blocks with `step=` and a name, in the order of the page."""

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^( *)```(\w+) step=(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A block: `sh` is typed, `ini` replaces lines of `.env`."""

    name: str
    language: str
    text: str


def steps(page: Path) -> list[Step]:
    """All of them."""
    return [
        Step(name, language, textwrap.dedent(text))
        for _, language, name, text in _FENCE.findall(page.read_text(encoding="utf-8"))
    ]
