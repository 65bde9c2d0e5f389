"""Says on a form what others have changed since its page was shown."""

from typing import Any

from django.utils.translation import gettext as _

from permits.actions.applications import Saved
from permits.employer.forms.part import PartForm


def say_conflicts(form: PartForm, saved: Saved, record: Any) -> None:
    """At each answer that two people changed: what the other one entered."""
    for name in saved.conflicts:
        theirs = form.part.by_name[name].kind.words_for_applicant(getattr(record, name)) or _("nothing")
        form.add_error(
            name,
            _("Somebody else has changed this answer to: %(theirs)s. Save again to keep yours.")
            % {"theirs": theirs},
        )


def changed_by_others(form: PartForm, saved: Saved) -> str:
    """That changes of others are kept, with the names of the answers."""
    labels = [str(form.fields[name].label) for name in saved.changed_by_others if name in form.fields]
    return _("Somebody else has changed these answers, and their changes are kept: %(answers)s.") % {
        "answers": "; ".join(labels)
    }
