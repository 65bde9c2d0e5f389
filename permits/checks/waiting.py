"""Says which checks still hold an approval: those not completed, and opinions that are missing or object."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from permits.agencies.directory import Meaning, agencies
from permits.case_types.declaration import CaseType
from permits.check_kinds import CheckKind, Weight
from permits.checks.required_documents import Unseen, unseen
from permits.models import ApplicationDocument, Check
from wpis.languages.reader import translated


def holds_approval(
    case: CaseType, rows: Iterable[Check], attached: Sequence[ApplicationDocument], submitted: date
) -> list[str]:
    """Why the checks of the newest submission hold an approval; empty when they do not.

    Asked kind by kind and agency by agency: a row that was never written holds it as an open one does. What was
    overridden holds it no more. `attached` are the documents of that submission: a required one that cannot be
    shown holds it also where an earlier release completed the check of the files.
    """
    rows = list(rows)
    given = {row.agency: row for row in rows if row.kind == CheckKind.OPINION}
    own = {row.kind: row for row in rows if row.kind != CheckKind.OPINION}
    hidden = unsatisfied(case, own.get(CheckKind.DOCUMENTS), attached)
    told = {CheckKind.DOCUMENTS: [str(each) for each in hidden]} if hidden else {}
    found = []
    for kind in case.checks:
        row = own.get(kind)
        if kind in told:
            found += told[kind]
        elif row is None or not _settled(row):
            found.append(_("Not all checks have completed yet: %(name)s.") % {"name": kind.label})
    return found + _opinions(case, given, submitted)


def unsatisfied(case: CaseType, row: Check | None, attached: Sequence[ApplicationDocument]) -> list[Unseen]:
    """Required documents that cannot be shown and will not be by themselves, unless their check was overridden."""
    if row is not None and row.overridden_at is not None:
        return []
    return [each for each in unseen(case.documents, attached) if not each.waits]


def _opinions(case: CaseType, given: Mapping[str, Check], submitted: date) -> list[str]:
    """An opinion that an officer asked for beyond those of the case type is awaited too, and advisory."""
    known = agencies()
    expected = [slug for slug in case.opinions if slug not in known or known[slug].is_asked_on(submitted)]
    found = []
    for slug in dict.fromkeys([*expected, *sorted(given)]):
        held = _opinion(slug, given.get(slug), case.opinions.get(slug, Weight.ADVISORY))
        if held:
            found.append(held)
    return found


def _opinion(slug: str, row: Check | None, weight: Weight) -> str:
    agency = agencies().get(slug)
    said = {"name": translated(agency.name) if agency else slug}
    if row is None or not _settled(row):
        return _("This opinion has not come yet: %(name)s.") % said
    if row.completed_at is None:
        return ""  # overridden while it was open
    outcome = agency.outcomes.get(row.outcome) if agency else None
    if outcome is None or outcome.means is Meaning.MORE_INFORMATION:
        return _("This agency needs more information for its opinion: %(name)s.") % said
    if outcome.means is Meaning.OBJECTION and weight is Weight.BINDING:
        return _("This agency objects: %(name)s.") % said
    return ""


def _settled(row: Check) -> bool:
    return row.completed_at is not None or row.overridden_at is not None
