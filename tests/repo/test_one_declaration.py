"""A field of the form is declared once: its name stands in the model, in its part and in the layout, nowhere else.

What a field *means* may be used elsewhere (the permit prints the wage); each such place is named here with its reason.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from permits.parts.catalogue import ASKED

ROOT = Path(settings.BASE_DIR)
HOMES = ("permits/models/", "permits/parts/", "templates/permits/employer/parts/")
"""Model, declaration, layout."""
FACTS = ("alerts/facts/", "alerts/models/", "alerts/rules/")
"""Where the downstream app makes a fact of a field, and judges it."""

ORDINARY = {"address", "advance", "email", "languages", "occupation", "phone", "province", "sex", "workplace"}
"""Words that name other things too: a search for them would find companies, accounts and papers."""

USES: dict[str, tuple[str, set[str]]] = {
    "permits/actions/permits.py": ("the signed code of a permit", {"given_names", "surname"}),
    "permits/drafts/abandoned.py": ("the last day of a draft, which is no contract", {"ends_on"}),
    "permits/employer/views/applications.py": ("the last day of a draft, which is no contract", {"ends_on"}),
    "permits/certificate/of_permit.py": (
        "the printed permit",
        {
            "given_names",
            "surname",
            "given_names_hy",
            "surname_hy",
            "birth_date",
            "weekly_hours",
            "gross_wage",
        },
    ),
    "permits/certificate/face.py": ("the printed permit", {"weekly_hours"}),
    "permits/certificate/render.py": ("the printed permit", {"weekly_hours"}),
    "permits/employer/forms/terms.py": ("a tick that stands for five amounts", {"nothing_deducted"}),
    "permits/api/parts.py": ("a tick that stands for five amounts", {"nothing_deducted"}),
    "permits/employer/forms/worker.py": ("reads the lines into the other fields", {"mrz"}),
    "permits/employer/views/parts.py": ("reads the lines", {"mrz"}),
    "permits/assessment/passport.py": (
        "the zone beside the answers; an only name beside the whole one",
        {"mrz", "one_name", "given_names", "surname"},
    ),
    "permits/completeness/notices.py": (
        "what is unlikely or unlawful between several answers and the law",
        {
            *("birth_date", "passport_expires_on", "weekly_hours", "days_per_week", "gross_wage"),
            *(
                "deduction_other",
                "starts_on",
                "ends_on",
                "persons_per_room",
                "capacity",
                "used_recruiter",
                "recruiter_name",
            ),
        },
    ),
    "permits/completeness/permit_term.py": (
        "what a permit rests on",
        {"starts_on", "ends_on", "passport_expires_on"},
    ),
    "permits/completeness/missing.py": ("what a permit rests on", {"starts_on", "ends_on"}),
    "permits/completeness/filed_twice.py": (
        "the same passport and the same contract",
        {"passport_issuer", "starts_on", "ends_on"},
    ),
    "permits/assessment/assess.py": ("the zone is compared, and is not in the snapshot", {"mrz"}),
    "permits/assessment/adverse.py": (
        "the notices that say the same as a limit",
        {"gross_wage", "weekly_hours", "days_per_week", "ends_on"},
    ),
    "permits/employer/suggested.py": (
        "what is often the same for the next worker",
        {
            *("occupation", "job_title", "province", "workplace"),
            *("weekly_hours", "days_per_week", "gross_wage"),
        },
    ),
    "permits/employer/sections.py": (
        "what stands on the second page of a long part",
        {
            *("starts_on", "ends_on", "contract_states", "contract_languages"),
            *("contract_explained", "penalty_clause"),
        },
    ),
    "permits/completeness/working_terms.py": ("hours a day", {"weekly_hours", "days_per_week"}),
    "permits/officer/file/identity.py": (
        "who and what the file is about",
        {
            *("given_names", "surname", "birth_date", "nationality", "job_title", "occupation"),
            *("gross_wage", "weekly_hours", "starts_on", "ends_on"),
        },
    ),
    "templates/permits/officer/decision/confirm.html": ("the hours of the identity", {"weekly_hours"}),
    "permits/assessment/legal_limits.py": (
        "the terms beside the law",
        {"weekly_hours", "gross_wage", "starts_on", "ends_on", "birth_date"},
    ),
    "permits/officer/queue/listing.py": ("names in the list", {"given_names", "surname"}),
    "templates/permits/employer/applications/list.html": ("the title in the list", {"job_title"}),
    "templates/permits/officer/file/permit.html": ("the name on the permit", {"given_names", "surname"}),
}
EXAMPLES = {"permits/api/describe.py"}
"""Shows programs one whole application."""
LAID_OUT = {"alerts/triage/presenters.py"}
"""Lays out what an analyst needs first; a field that is declared later follows by itself (tests/alerts/triage)."""

NAMES = [(part.name, field.name) for part in ASKED.values() for field in part.fields]


@cache
def product() -> dict[str, str]:
    """Every product file that could name a field, without its imports."""
    found = {}
    for folder in ("permits", "alerts", "templates/permits"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not {"migrations", "development"} & {*path.parts}:
                text = path.read_text(encoding="utf-8")
                found[str(path.relative_to(ROOT))] = re.sub(r"(?m)^(from|import) .*$", "", text)
    return found


def named_in(name: str) -> set[str]:
    """Files that name a field: as an attribute, in quotes, in a look-up, as a keyword."""
    found = re.compile(rf'(\.{name}\b|"{name}"|__{name}\b|\b{name}\s*[:=])')
    return {path for path, text in product().items() if found.search(text)}


def test_the_search_finds_a_field_where_it_is():
    assert len(product()) > 200
    assert {"permits/models/terms.py", "permits/parts/terms.py"} <= named_in("penalty_clause")


@pytest.mark.parametrize(("part", "name"), NAMES)
def test_a_field_is_named_in_model_part_and_layout_only(part, name):
    if name in ORDINARY:
        return
    found = {path for path in named_in(name) if not path.startswith(FACTS)} - EXAMPLES - LAID_OUT
    others = {
        path for path in found if not path.startswith(HOMES) and name not in USES.get(path, ("", set()))[1]
    }
    assert others == set(), f"{part}.{name} is declared in permits/parts; these follow from it by themselves"
    assert len({path for path in found if path.startswith(HOMES)}) <= 3


@pytest.mark.parametrize("path", sorted(USES))
def test_a_named_use_is_one(path):
    reason, names = USES[path]
    assert reason
    assert {name for name in names if path not in named_in(name)} == set(), "take it off the list"


def test_a_part_is_listed_in_the_catalogue_only():
    """The list of parts stood in five places once; a case type names those that it asks."""
    three = re.compile(r'"worker"[^\n]{0,40}\n?[^\n]{0,40}"terms"[^\n]{0,40}\n?[^\n]{0,40}"housing"')
    assert [
        path
        for path, text in product().items()
        if three.search(text) and not path.startswith("permits/case_types/")
    ] == []
