"""Addresses of the administration of staff; each surface has them with powers of its own."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import path
from django.urls.resolvers import URLPattern

from wpis.accounts.powers import Power, requires
from wpis.accounts.roles import Surface
from wpis.powers import CONFIRM_STAFF, MANAGE_STAFF, RUN_JOBS
from wpis.staff.pages import views, views_jobs, views_requests

View = Callable[..., HttpResponseBase]


def staff_addresses(surface: str) -> tuple[list[URLPattern], str]:
    """What `include` takes: the addresses of this surface, and their namespace."""
    manage, confirm = MANAGE_STAFF[surface], CONFIRM_STAFF[surface]
    patterns: list[tuple[str, View, Power, str]] = [
        ("", views.accounts, manage, "accounts"),
        ("invite/", views.invite, manage, "invite"),
        ("requests/", views_requests.waiting, confirm, "requests"),
        ("requests/<uuid:asked>/", views_requests.decide, confirm, "request"),
        ("<uuid:account>/", views.account, manage, "account"),
        ("<uuid:account>/change/", views.change, manage, "change"),
        ("<uuid:account>/<slug:step>/", views.step, manage, "step"),
    ]
    if surface == Surface.PROTECTION:
        patterns += [
            ("jobs/", views_jobs.stuck, RUN_JOBS, "jobs"),
            ("jobs/<uuid:job>/<slug:step>/", views_jobs.step, RUN_JOBS, "job"),
        ]
    return [path(route, requires(power)(view), name=name) for route, view, power, name in patterns], "staff"
