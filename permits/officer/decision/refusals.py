"""Tries a step and puts a refusal on the form, so that the officer reads why and loses nothing typed."""

from collections.abc import Callable
from typing import Any

from wpis.errors import Refused


def attempt(form: Any, act: Callable[[], object]) -> bool:
    """Whether the form was valid and the step was taken; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reasons)
        return False
    return True
