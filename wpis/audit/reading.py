"""Says on a view which reading it records, and gives no page to anybody when that was not recorded.

`@reads` is the one way in which pages say so; interfaces for programs set `reads` on their view (`wpis.api.views`). The
wall in `tests/walls/audit` walks every address and fails for one that says nothing and is on no list of exceptions.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]

NOTHING_TO_SHOW = 204
WITH_CONTENT = (409, 410, 422)
"""Answers beside 200 that are pages: a form with errors, a state that has changed, an access that has ended."""

_recorded: ContextVar[set[str] | None] = ContextVar("recorded", default=None)


class NotRecorded(RuntimeError):
    """A view that declares what it records has recorded nothing of it; its answer is not given."""


def reads(*actions: str) -> Callable[[View], View]:
    """Declare that a page of this view leaves an audit event with one of these actions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with recording() as seen:
                response = view(request, *args, **kwargs)
            demand_recorded(response.status_code, actions, seen)
            return response

        recorded.reads = actions  # type: ignore[attr-defined]  # read by the wall
        return recorded

    return decorate


@contextmanager
def recording() -> Iterator[set[str]]:
    """The actions that are recorded inside, also for whoever collects outside."""
    seen: set[str] = set()
    outer = _recorded.get()
    token = _recorded.set(seen)
    try:
        yield seen
    finally:
        _recorded.reset(token)
        if outer is not None:
            outer |= seen


def demand_recorded(status: int, actions: tuple[str, ...], seen: set[str]) -> None:
    """Raise NotRecorded for an answer with content when none of the actions has been recorded."""
    shows = (200 <= status < 300 and status != NOTHING_TO_SHOW) or status in WITH_CONTENT
    if shows and not seen.intersection(actions):
        raise NotRecorded(f"this view answers without recording {' or '.join(actions)}")


def note_recorded(action: str) -> None:
    """Tell those who collect that this was recorded; `wpis.audit.trail` alone calls it."""
    seen = _recorded.get()
    if seen is not None:
        seen.add(action)
