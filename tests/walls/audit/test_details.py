"""Wall: what stands in an event. Each value that is put into the trail is reviewed here, and none is free text."""

import ast

from tests.audit.test_words import WRITERS, sources

REVIEWED: dict[str, set[str]] = {
    "a word of a closed list": {
        *(
            "kind",
            "role",
            "agency",
            "purpose",
            "outcome",
            "level",
            "state",
            "source",
            "target",
            "step",
            "why",
        ),
        *("factor", "tab", "job", "answer", "province", "limits"),
        "reason",  # of staff, of files, of readings from outside a team: see REASONS
    },
    "names of fields and filters": {"field", "fields", "part", "filters"},
    "keys of records": {
        "delegate",
        "former",
        "member",
        "token",
        "about",
        "shown",
        "case",
        "employer",
        "permit",
        "index",
    },
    "keyed digests": {"account", "network", "searched", "digest"},
    "counts, numbers of pages and moments": {"rows", "others", "attempts", "before", "ordered", "refused"},
    "names of pages, models, keys and errors": {"page", "model", "kid", "error"},
    "references and versions of ours": {"reference", "version", "typologies"},
}
"""What it is -> the names under which it stands in a detail."""

NEVER_KEPT = {"by", "subject", "subjects"}
ENCRYPTED = {"note"}

REASONS = {
    ("wpis/staff/actions.py", "reason"): "wpis.accounts.staff.Reason",
    ("wpis/staff/actions.py", "'last day'"): "one word of ours",
    ("wpis/documents/checking/inspection.py", "upload.reason"): "wpis.documents.verdicts.Refusal",
    ("referral/access/revealing.py", "reason"): "choices of RevealForm",
    ("referral/access/actions.py", "reason"): "referral.states.OutsideReason",
}
"""(place, expression) -> the closed list that every `reason` in a detail comes from."""


def details() -> list[tuple[str, str, str]]:
    """(place, name, expression) of everything that is put into the detail of an event."""
    found = []
    for place, source in sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in WRITERS:
                found += [
                    (place, word.arg or f"**{ast.unparse(word.value)}", ast.unparse(word.value))
                    for word in node.keywords
                ]
    return found


def test_every_name_in_a_detail_has_been_reviewed() -> None:
    known = set().union(*REVIEWED.values()) | NEVER_KEPT | ENCRYPTED
    unknown = {
        (place, name) for place, name, _ in details() if name not in known and not name.startswith("**")
    }
    assert unknown == set(), "what is it? What a person writes is a `note`, which is encrypted (ADR 33)"


def test_no_reviewed_name_stands_there_for_nothing() -> None:
    used = {name for _place, name, _ in details()}
    assert set().union(*REVIEWED.values()) - used == set()


def test_every_reason_is_chosen_from_a_list() -> None:
    assert {(place, said) for place, name, said in details() if name == "reason"} == REASONS.keys()


def test_more_details_are_handed_on_only_where_they_are_reviewed() -> None:
    handed_on = {(place, name) for place, name, _ in details() if name.startswith("**")}
    assert handed_on == {
        ("referral/access/cases.py", "**outside"),  # the reason of an OutsideAccess
        ("referral/access/referrals.py", "**how"),  # the token of a program
    }
