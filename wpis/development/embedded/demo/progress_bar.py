"""A bar at the bottom of a terminal while something long runs; plain lines where there is no terminal."""

from __future__ import annotations

import re
import shutil
import sys
import time

_COUNT = re.compile(r"(\d+)\s*/\s*(\d+)\D*$")
BAR = 30
PLAIN_EVERY = 5.0  # seconds between lines in a log file


class Progress:
    """Seconds since the start before each line; a bar that other lines push down, not over."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.live = sys.stdout.isatty()
        self.shown = ""
        self.last_plain = 0.0

    def say(self, text: str) -> None:
        """A line that stays."""
        self._clear()
        print(f"[{time.monotonic() - self.started:6.1f} s] {text}", flush=True)
        self._draw(self.shown)

    def print(self, text: str) -> None:
        """Text that stays, without the clock."""
        self._clear()
        print(text, flush=True)
        self._draw(self.shown)

    def follow(self, title: str, line: str) -> None:
        """Move the bar by what a child printed: the last "n/m" of its line."""
        if found := _COUNT.search(line):
            self.bar(title, int(found[1]), int(found[2]))

    def bar(self, title: str, done: int, total: int) -> None:
        """Show how far it is."""
        full = BAR * done // max(total, 1)
        text = f"{title} [{'#' * full}{'.' * (BAR - full)}] {done}/{total}"
        if self.live:
            self._clear()
            self._draw(text)
        elif done >= total or time.monotonic() - self.last_plain > PLAIN_EVERY:
            self.last_plain = time.monotonic()
            self.say(text)

    def finish(self) -> None:
        """Take the bar away."""
        self._clear()
        self.shown = ""

    def _draw(self, text: str) -> None:
        self.shown = text
        if self.live and text:
            print(text[: shutil.get_terminal_size().columns - 1], end="", flush=True)

    def _clear(self) -> None:
        if self.live and self.shown:
            print("\r\033[K", end="", flush=True)
