"""The common JSON format of all errors for programs, also outside the REST framework."""

from typing import Any

from django.utils.translation import gettext as _


def problem_data(code: str, message: str, fields: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """An error as data: its code, a sentence for people, and what is wrong with which field."""
    return {"code": code, "message": message, "fields": fields or {}}


def absent_data() -> dict[str, Any]:
    """What does not exist, and what is somebody else's: the same for both."""
    return problem_data("not_found", _("There is no such thing."))
