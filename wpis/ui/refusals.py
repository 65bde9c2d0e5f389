"""Shows a refused action as form errors at the fields concerned, with the input preserved."""

from collections.abc import Callable

from django.forms import BaseForm

from wpis.errors import Refused


def show_refusal(form: BaseForm, refused: Refused) -> None:
    """Add the reasons to a form that was valid by itself: at their field, else on top."""
    form.add_error(refused.field if refused.field in form.fields else None, list(refused.reasons))


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether the form was valid and the action was taken; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        show_refusal(form, refused)
        return False
    return True
