"""Versions of the snapshot: which is written, and how an older one is brought to it."""

from dataclasses import fields
from typing import Any

from permits.parts.catalogue import SUBMITTED
from permits.submissions.records import since
from permits.submissions.upcasters.steps import UPCASTERS
from wpis.errors import UnreadableRecord

FIRST = 1
"""Release 0.1.0 wrote snapshots that do not say their version."""

ADDED: frozenset[int] = frozenset(
    since(attribute) for part in SUBMITTED.values() if part.record for attribute in fields(part.record)
)
"""Versions in which at least one attribute of a record is first held."""

VERSION = max(*ADDED, *UPCASTERS)
"""The version that is written."""


class UnreadableSnapshot(UnreadableRecord, ValueError):
    """The snapshot does not have the shape of its version, or was written by a later release."""


def version_of(data: dict[str, Any]) -> int:
    """The version in which a snapshot was written. Raises UnreadableSnapshot for one that is not known here."""
    version = data.get("schema", FIRST)
    if not isinstance(version, int) or not FIRST <= version <= VERSION:
        raise UnreadableSnapshot(f"this release does not know version {version!r} of a snapshot")
    return version


def upcast(data: dict[str, Any], written: int) -> dict[str, Any]:
    """The snapshot in the newest shape; steps that only added fields have nothing to do here."""
    for version in range(written + 1, VERSION + 1):
        if step := UPCASTERS.get(version):
            data = step(data)
    return data
