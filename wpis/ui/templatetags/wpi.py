"""Template tags and filters of every page: {% icon %}, {% tag %}, {% clock %}, {{ pay|drams }}, {{ when|day }} ..."""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wpis.formatting import days, numbers
from wpis.formatting.isolated import isolated
from wpis.ui.forms import problems

register = template.Library()

ICONS = Path(__file__).resolve().parents[3] / "templates" / "components" / "icons"
TURNED = {"arrow-left", "arrow-right", "log-out"}  # mirrored where the script runs from the right


@cache
def _drawing(name: str) -> str:
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    turn = " turn" if name in TURNED else ""
    return drawing.replace("<svg ", f'<svg class="icon{turn}" aria-hidden="true" focusable="false" ', 1)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of `templates/components/icons/`, hidden from screen readers: always put a word beside it."""
    return mark_safe(_drawing(name))  # noqa: S308 - a file of this repository


@register.filter
def drams(amount: int | None) -> str:
    """75000 as "75 000 ֏"; nothing for None."""
    return "" if amount is None else numbers.drams(int(amount))


register.filter("day", days.day)
register.filter("written_day", days.written_day)
register.filter("written_moment", days.written_moment)
register.filter("moment", days.moment)
register.filter("ref", isolated)


@register.simple_tag
def tag(label: Any, kind: str = "") -> SafeString:
    """A status: a word in a pill. `kind` is ok, warn, bad, info, plain, or nothing for neutral."""
    return format_html('<span class="tag{}{}">{}</span>', " " if kind else "", kind, label)


@register.inclusion_tag("components/kv_row.html")
def kv_row(label: Any, value: Any = "", url: str = "", action: Any = None) -> dict[str, Any]:
    """One row inside <dl class="kv">. An empty value reads "Not given"; a `url` adds a link ("Change")."""
    given = value not in (None, "", [], ())
    return {"label": label, "value": value, "given": given, "url": url, "action": action or _("Change")}


@register.inclusion_tag("components/clock.html")
def clock(left: int | None, total: int, paused_since: datetime.date | None = None) -> dict[str, Any]:
    """How long a time limit still runs, in working days: `left` of `total`; negative is late, None unlimited.

    The words carry the meaning; the meter beside them is decor.
    """
    used = 0 if left is None else min(max(total - left, 0), total)
    state, words = _clock_words(left, paused_since)
    marks = {"low": total * 0.5, "high": total * 0.8}
    return {"state": state, "words": words, "total": total, "used": used, **marks}


def _clock_words(left: int | None, paused_since: datetime.date | None) -> tuple[str, str]:
    if paused_since:
        return "paused", _("Paused since %(day)s") % {"day": days.day(paused_since)}
    if left is None:
        return "", _("No time limit")
    if left == 0:
        return "today", _("Due today")
    if left < 0:
        return "late", ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    return "", ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """What to fix in these forms, linked to the controls. Goes before the h1; {{ form }} then omits it."""
    found: list[tuple[str, str]] = []
    for form in forms:
        if form is None or form == "":
            continue
        form.summary_shown = True
        if form.is_bound:
            found += problems(form)
    return {"problems": found}


@register.inclusion_tag("forms/fields.html")
def fields(form: Any, *names: str) -> dict[str, list[BoundField]]:
    """Some fields of a form, without the error summary; when none is named, all that were not placed before."""
    placed: set[str] = form.__dict__.setdefault("placed", set())
    shown = [form[name] for name in names] if names else [each for each in form if each.name not in placed]
    placed.update(each.name for each in shown)
    return {"bound": shown}
