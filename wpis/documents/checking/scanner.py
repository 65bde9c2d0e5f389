"""The malware scanner: clamd over its socket; without one, results say that nothing was scanned."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

CHUNK = 64 * 1024
SECONDS = 30


class ScannerDown(Exception):
    """The scanner gave no verdict. The file stays in quarantine; try again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`signature` names what was found, empty when nothing was; `scanned_by` says which scanner looked, if any."""

    scanned_by: str
    signature: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.signature


class Scanner(Protocol):
    """Anything that looks for malware. Raises ScannerDown when it cannot."""

    def scan(self, data: bytes) -> Verdict: ...


class NoScanner:
    """No scanner is configured: only the structure of the file has been checked."""

    def scan(self, data: bytes) -> Verdict:
        """Report nothing found; `scanned_by` says that only the structure was looked at."""
        return Verdict("structure only")


class Clamd:
    """A clamd at `host:port` or `unix:/path`, spoken to with INSTREAM (clamd(8))."""

    def __init__(self, address: str) -> None:
        self.address = address

    def scan(self, data: bytes) -> Verdict:
        """Send the bytes and read the verdict. Raises ScannerDown for any other answer, and for none."""
        engine = self._ask(b"VERSION")
        answer = self._ask(b"INSTREAM", data)
        if answer == "stream: OK":
            return Verdict(engine[:80])
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return Verdict(engine[:80], answer.removeprefix("stream: ").removesuffix(" FOUND"))
        raise ScannerDown(answer[:120] or "the scanner hung up")

    def _ask(self, command: bytes, data: bytes | None = None) -> str:
        try:
            with self._connected() as wire:
                wire.sendall(b"z" + command + b"\0")
                if data is not None:
                    for start in range(0, len(data), CHUNK):
                        chunk = data[start : start + CHUNK]
                        wire.sendall(struct.pack("!L", len(chunk)) + chunk)
                    wire.sendall(struct.pack("!L", 0))
                answer = b"".join(iter(lambda: wire.recv(4096), b""))
        except OSError as error:
            raise ScannerDown(str(error)) from error
        if not answer.endswith(b"\0"):
            raise ScannerDown("the scanner hung up")
        return answer.rstrip(b"\0").decode("utf-8", "replace").strip()

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        if self.address.startswith("unix:"):
            with socket.socket(socket.AF_UNIX) as wire:  # closed also when nobody listens
                wire.settimeout(SECONDS)
                wire.connect(self.address.removeprefix("unix:"))
                yield wire
        else:
            host, _, port = self.address.rpartition(":")
            with socket.create_connection((host.strip("[]"), int(port)), SECONDS) as wire:
                yield wire


def configured() -> Scanner:
    """The scanner of `WPIS_CLAMD`; without the setting, none."""
    return Clamd(settings.WPIS_CLAMD) if settings.WPIS_CLAMD else NoScanner()
