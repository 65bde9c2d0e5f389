"""The stack of the demo: on the usual ports, with its data in `.local`."""

from __future__ import annotations

import os
from typing import Any

from wpis.development.embedded.local import STATE
from wpis.development.embedded.stack import Stack

PORTS = {"portal": 8001, "office": 8002, "protection": 8003}


def demo_stack(**options: Any) -> Stack:
    """A Stack that keeps its data; DATABASE_URL and REDIS_URL, when set, are used as they are."""
    return Stack(
        STATE,
        ports=PORTS,
        database_url=os.environ.get("DATABASE_URL") or None,
        redis_url=os.environ.get("REDIS_URL") or None,
        **options,
    )
