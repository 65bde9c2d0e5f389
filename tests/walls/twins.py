"""Two equal worlds, one with a flag in it: everything that open people can observe, recorded for comparison.

Both worlds are built with the same clock and the same stream of random bytes, so that nothing needs to be
masked: references, tokens and ids are equal byte for byte unless something depends on the flag.
"""

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

NOON = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


COUNTED = re.compile(r"s\d+_x\d+|_django_curs_\d+_sync_\d+")
"""Django numbers the savepoints and cursors of a connection; nobody outside can see the number."""


class Stream:
    """A reproducible stand-in for the machine's random source."""

    def __init__(self, seed: str) -> None:
        self.seed, self.count = seed, 0

    def __call__(self, size: int) -> bytes:
        out = b""
        while len(out) < size:
            self.count += 1
            out += hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()
        return out[:size]


@contextmanager
def same_chance(seed: str) -> Iterator[None]:
    """Inside, uuid4, secrets and nonces come from a stream named by `seed`; an outer stream waits meanwhile."""
    stream, before = Stream(seed), random.getstate()
    random.seed(seed)
    with patch("os.urandom", stream), patch("random._urandom", stream):
        yield
    random.setstate(before)


@dataclass
class Transcript:
    """What somebody could observe, in order."""

    lines: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *parts: str) -> None:
        self.lines.append(parts)

    def add_letters(self, since: int) -> None:
        """Write down the letters that were sent after the first `since`."""
        for letter in mail.outbox[since:]:
            self.add("a letter", letter.message().as_string())

    def differences(self, other: "Transcript") -> list[str]:
        """Readable differences; empty when nobody could tell the two worlds apart."""
        found = (
            []
            if len(self.lines) == len(other.lines)
            else [f"{len(self.lines)} and {len(other.lines)} events"]
        )
        for mine, theirs in zip(self.lines, other.lines, strict=False):
            for left, right in zip(mine, theirs, strict=False):
                if left != right:
                    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
                    found.append(
                        f"{mine[0]}: {left[max(0, at - 80) : at + 80]!r} / {right[max(0, at - 80) : at + 80]!r}"
                    )
        return found


class Observer:
    """A client that writes down everything an answer shows: status, headers, bytes, SQL, letters."""

    def __init__(self, client: Any, transcript: Transcript) -> None:
        self.client, self.transcript = client, transcript

    def get(self, path: str, **extra: Any) -> Any:
        """Visit an address and write it down."""
        return self._see("GET " + path, lambda: self.client.get(path, **extra))

    def post(self, path: str, data: dict[str, Any], **extra: Any) -> Any:
        """Send a form and write down what comes back."""
        return self._see("POST " + path, lambda: self.client.post(path, data, **extra))

    def _see(self, what: str, call: Callable[[], Any]) -> Any:
        letters = len(mail.outbox)
        connection.queries_log.clear()  # it keeps 9000 only; a full log would cut the capture short
        with CaptureQueriesContext(connection) as captured:
            answer = call()
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))
        cookies = answer.cookies.output()
        queries = "\n".join(COUNTED.sub("numbered", query["sql"]) for query in captured.captured_queries)
        self.transcript.add(what, str(answer.status_code), headers, cookies, body.decode("utf-8", "replace"))
        self.transcript.add(what + " [SQL]", queries)
        self.transcript.add_letters(letters)
        return answer


def world(
    build: Callable[[], Any], flag: Callable[[Any], None], look: Callable[[Any, Transcript], None]
) -> Transcript:
    """Build a world, flag it or not, look at it, and take it all back."""
    transcript = Transcript()
    mail.outbox.clear()
    with transaction.atomic(), time_machine.travel(NOON, tick=False):
        with same_chance("build"):
            built = build()
        with same_chance("flag"):
            flag(built)
        with same_chance("look"):
            look(built, transcript)
        transaction.set_rollback(True)
    return transcript
