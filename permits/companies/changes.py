"""What has changed in the details of a company: as its history keeps it, and as an officer reads it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from permits.models import Employer
from permits.parts.employer import EMPLOYER


def what_changed(company: Employer, changed: Mapping[str, Any]) -> str:
    """The values before and after, for the history."""
    pairs = {name: [getattr(company, name), value] for name, value in changed.items()}
    return json.dumps(pairs, ensure_ascii=False, cls=DjangoJSONEncoder)


def in_words(reason: str) -> str:
    """The same in the reader's language, one line for each; what cannot be read is shown as it is kept."""
    try:
        return "\n".join(_line(name, *pair) for name, pair in json.loads(reason).items())
    except (ValueError, TypeError, KeyError, AttributeError):
        return reason


def _line(name: str, before: str, after: str) -> str:
    field = EMPLOYER.by_name[name]
    was, now = (
        field.kind.words(date.fromisoformat(value) if name == "registered_on" else value)
        for value in (before, after)
    )
    return _("%(label)s: “%(was)s”, now “%(now)s”") % {"label": field.label, "was": was, "now": now}
