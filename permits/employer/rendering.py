"""Renders a page of one application; each is recorded as read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from permits.models import Application
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail


def show(request: SignedInRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render `permits/employer/<template>.html` about the `application` of the context, with an audit event of it."""
    application: Application = context["application"]
    page = template.rpartition("/")[2]
    trail.record("permits.application.read", by=request.user, subject=application, page=page)
    return render(request, f"permits/employer/{template}.html", context, status=status)
