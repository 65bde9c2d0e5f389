"""What a check is called: its kind, and of an opinion, whose."""

from permits.agencies.directory import agencies
from permits.check_kinds import CheckKind
from permits.models import Check
from wpis.languages.reader import translated


def name_of(check: Check) -> str:
    """The check in the reader's language."""
    kind = check.get_kind_display()
    if check.kind != CheckKind.OPINION:
        return kind
    agency = agencies().get(check.agency)
    return f"{kind}: {translated(agency.name) if agency else check.agency}"
