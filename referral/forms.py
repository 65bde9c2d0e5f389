"""Shared by the forms of caseworkers and agencies: the posted values, and the status of the response."""

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The posted values; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def status_of(form: BaseForm) -> int:
    """422 for a form that was posted with mistakes."""
    return 422 if form.is_bound and form.errors else 200
