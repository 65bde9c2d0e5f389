"""Which TCP ports on the loopback are free."""

from __future__ import annotations

import socket
from collections.abc import Iterable


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now (connections in TIME_WAIT do not count)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def any_free_port(host: str = "127.0.0.1") -> int:
    """A port that the kernel says is free."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def free_ports(wanted: Iterable[int | None]) -> list[int]:
    """One distinct free port per wish: that one, else one of the next twenty, else any."""
    taken: list[int] = []
    for wish in wanted:
        candidates = [] if wish is None else [*range(wish, wish + 20)]
        port = next((p for p in candidates if p not in taken and is_free(p)), None)
        while port is None or port in taken:
            port = any_free_port()
        taken.append(port)
    return taken
