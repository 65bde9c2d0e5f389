"""The help page of a surface: linked in the footer of every page, at the same place (WCAG 2.2, 3.2.6)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wpis.accounts.powers import public


def help_page(template: str) -> Callable[..., HttpResponseBase]:
    """The view that shows the help of one surface; what is not configured about reaching people is left out."""

    @public("everybody reads how to get help; strangers read no more than how to reach us and sign in")
    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        contact = {
            "email": settings.WPIS_HELP_EMAIL,
            "phone": settings.WPIS_HELP_PHONE,
            "hours": settings.WPIS_HELP_HOURS,
        }
        return render(request, template, {"contact": contact})

    return show
