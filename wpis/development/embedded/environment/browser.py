"""The Chromium that drives the browser journeys: find one, else install one, else say so and fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from wpis.development.embedded.errors import CannotStart

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT_PACKAGES = ("chromium", "fonts-noto-core")  # the fonts draw Armenian in the screenshots
APT_SECONDS, PLAYWRIGHT_SECONDS = 900, 900


def find_browser() -> Path | None:
    """The first Chromium here that really runs; WPIS_CHROMIUM names one explicitly."""
    return next((path for path in _candidates() if _runs(path)), None)


def browser() -> Path:
    """A Chromium, installed now if need be; raises CannotStart when none can be had."""
    if found := find_browser():
        return found
    tried = [_install(*way) for way in _ways()]
    if found := find_browser():
        return found
    raise CannotStart(
        "The browser journeys need a Chromium and none could be had:\n  "
        + "\n  ".join(filter(None, tried))
        + "\nInstall Chromium or Google Chrome, or name one: make test WPIS_CHROMIUM=/path/to/chrome"
    )


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("WPIS_CHROMIUM"):
        yield Path(named)
        return
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    mac = "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"
    for pattern in ("chromium-*/chrome-linux*/chrome", mac):
        yield from sorted(cache.glob(pattern), reverse=True)


def _runs(path: Path) -> bool:
    """`--version` fails for a stub of another package format and for missing libraries."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _ways() -> Iterator[tuple[list[list[str]], int]]:
    """Sets of commands with their patience in seconds, the better one first."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "--no-install-recommends", *APT_PACKAGES]
        yield [["apt-get", "update"], install], APT_SECONDS
    if find_browser() is None:
        yield [[sys.executable, "-m", "playwright", "install", "chromium"]], PLAYWRIGHT_SECONDS


def _install(commands: list[list[str]], seconds: int) -> str:
    """Run the commands in sight; the reason when one fails, else nothing."""
    for command in commands:
        print(f"==> No Chromium yet: {' '.join(command)}", flush=True)
        try:
            result = subprocess.run(
                command, timeout=seconds, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{' '.join(command)}: {error}"
        if result.returncode:
            return f"{' '.join(command)}: exit code {result.returncode}"
    return ""


if __name__ == "__main__":
    try:
        print(f"==> Browser: {browser()}")
    except CannotStart as problem:
        sys.exit(str(problem))
