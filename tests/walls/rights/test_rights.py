"""Wall: rights. What a role can do past the service, table by table and state by state, is what the document says.

The document is printed by the trial: `WPIS_PRINT_RIGHTS=1 pytest tests/walls/rights/test_rights.py`. A line that is new
in it is read by a second person.
"""

import os
from collections import defaultdict

import pytest
from django.conf import settings

from tests.walls.rights import trial

DOCUMENT = settings.BASE_DIR / "docs" / "generated" / "rights.md"

HEAD = """<!-- Printed by the trial in tests/walls/rights/test_rights.py; do not edit. -->

# What a database role can do past the service

Each statement was tried in SQL, alone, as the role of a surface, on a file in each of its states. "INSERT" is a copy of
a row; a column stands here when it could be changed by itself; "state: x" is a step; the rest are changes of several
columns in one statement, named in `tests/walls/rights/trial.py`. What stands nowhere is refused. SELECT is not tried:
who reads what is said by the `grants.py` files.

The service's own processes can do this much and no more, so it is also what somebody can do who has taken one
over. Steps and audit events that somebody without the keys writes in this way are found by `manage.py verify_audit`.
"""


REST = """As the catalogue says. Row security shows a role the rows of its own surface (`wpis/grants.py`); triggers
beside the models limit these further: role, surface and powers of an account are never changed, an event is of its own
surface and bears a digest, what is confirmed, sent or withdrawn stays.
"""


def printed(found: dict[tuple[str, str, str], list[str]]) -> str:
    lines = [HEAD, "| table | role | it can | while the file is |", "|---|---|---|---|"]
    for (table, surface, can), states in sorted(found.items()):
        everywhere = len(states) == len(trial.BUILDERS)
        where = "in any state" if everywhere else ", ".join(states)
        lines.append(f"| `{table}` | {surface} | {can} | {where} |")
    lines += [
        "",
        "## Tables that belong to no file",
        "",
        REST,
        "| table | role | it holds |",
        "|---|---|---|",
    ]
    lines += [f"| `{table}` | {surface} | {held} |" for table, surface, held in trial.held()]
    return "\n".join(lines) + "\n"


@pytest.mark.django_db
def test_every_role_can_do_to_every_table_in_every_state_what_the_document_says() -> None:
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    who = trial.people()
    for state in trial.BUILDERS:
        for table, surface, can in trial.rights_in(state, who):
            for one in can.split("; ") if can else ():
                found[table, surface, one].append(str(state))
    text = printed(found)
    if os.environ.get("WPIS_PRINT_RIGHTS"):
        DOCUMENT.write_text(text, encoding="utf-8")
    assert len(found) > 60, "a trial in which nothing passes proves nothing"
    assert text == DOCUMENT.read_text(encoding="utf-8")
