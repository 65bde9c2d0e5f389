"""Puts the refusal of an action where the person can act on it: at its field, else on top of the form."""

from django.forms import BaseForm

from wpis.errors import Refused


def show_refusal(form: BaseForm, refused: Refused) -> None:
    """Add the reasons to a form that was valid by itself."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, list(refused.reasons))
