"""Which upcaster leads to which version of the snapshot."""

from collections.abc import Callable
from typing import Any

from permits.submissions.upcasters import v2

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[int, Upcaster] = {2: v2.upcast}
"""Version -> what makes a snapshot of that version out of one of the version before."""
