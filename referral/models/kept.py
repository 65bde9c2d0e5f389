"""Triggers that keep rows and columns as they were written."""

import pgtrigger


def never_deleted() -> pgtrigger.Trigger:
    """Refuse every DELETE, also by the owner of the database."""
    return pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)


def never_changed(name: str, *columns: str) -> pgtrigger.Trigger:
    """Refuse every UPDATE that names one of these columns.

    Not pgtrigger.ReadOnly: it compares values, and encrypted values cannot be compared.
    """
    return pgtrigger.Protect(name=name, operation=pgtrigger.UpdateOf(*columns))  # type: ignore[no-untyped-call]
