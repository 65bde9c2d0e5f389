"""Triggers for rows whose content stays as it was written."""

import pgtrigger


def never_deleted() -> pgtrigger.Trigger:
    """Nobody deletes the row, not even the owner of the database by mistake."""
    return pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)


def never_changed(name: str, *columns: str) -> pgtrigger.Trigger:
    """These columns keep what was inserted; an update that names one of them fails.

    Not pgtrigger.ReadOnly: it compares values, and those of encrypted columns cannot be compared.
    """
    return pgtrigger.Protect(name=name, operation=pgtrigger.UpdateOf(*columns))  # type: ignore[no-untyped-call]
