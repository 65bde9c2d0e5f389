"""Forms of the caseworker, the partner and the auditor."""

from typing import Any

from wpis.errors import Refused


def explain(form: Any, refused: Refused) -> None:
    """Put the reasons of an action beside the field they belong to, or above the form."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, [str(reason) for reason in refused.reasons])
