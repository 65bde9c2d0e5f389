"""What the forms of every front door share: the posted values, and a refusal shown at the field it belongs to."""

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from wpis.errors import Refused


def posted(request: HttpRequest) -> QueryDict | None:
    """The posted values; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def show_refusal(form: BaseForm, refused: Refused) -> None:
    """Add the reasons of an action to the form: at their field, else on top."""
    form.add_error(refused.field if refused.field in form.fields else None, list(refused.reasons))


def status_of(form: BaseForm) -> int:
    """422 for a form that was posted with mistakes."""
    return 422 if form.is_bound and form.errors else 200
