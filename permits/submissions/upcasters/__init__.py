"""One module per version of the snapshot: `vN.upcast` turns a snapshot of version N-1 into one of version N.

Each is a pure function from dictionary to dictionary and is never edited once a release has written its version.
A version that only adds fields needs no module: the fields say `since=N`, and older snapshots read as None there.
"""

from collections.abc import Callable
from typing import Any

from permits.submissions.upcasters import v2

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[int, Upcaster] = {2: v2.upcast}
"""Version -> what makes a snapshot of that version out of one of the version before."""
