"""Wall: floors. In every room, at any depth: front doors, api, tasks > actions > queries > workflow > models."""

import pytest

from tests.walls.code.circles import OWN
from tests.walls.code.floors import climbing, floor_of
from tests.walls.code.test_circles import imports


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    return imports(*OWN)


KNOWN = {
    (
        "permits.workflow",
        "permits.queries",
    ),  # through permits.letters: a step queues letters, which ask whom to write to
}
"""Imports that climb; the list may only shrink."""


def test_no_module_imports_from_a_higher_floor(graph: dict[str, set[str]]) -> None:
    assert sum(floor_of(module) is not None for module in graph) > 150
    assert set(climbing(graph)) == KNOWN


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("referral.cases.queries", "referral.cases.actions"),
        ("referral.cases.workflow", "referral.referrals.queries"),
        ("referral.cases.actions", "referral.caseworker.forms.case"),
        ("referral.consent.actions", "referral.disclosure.presenters"),
        ("referral.api.tokens.queries", "referral.api.tokens.actions"),
        ("referral.models.case", "referral.cases.workflow"),
        ("referral.referrals.actions", "referral.caseworker.lookups"),
        ("alerts.triage.queries", "alerts.triage.actions"),
        ("alerts.triage.actions", "alerts.triage.views.queue"),
        ("alerts.workflow", "alerts.tasks"),
        ("permits.checks.actions", "permits.officer.decision.views_review"),
    ],
)
def test_a_planted_import_that_climbs_is_found(
    graph: dict[str, set[str]], module: str, imported: str
) -> None:
    assert {module, imported} <= graph.keys()
    planted = {**graph, module: graph[module] | {imported}}
    assert (module, imported) in set(climbing(planted)) - KNOWN
    through = {**graph, module: graph[module] | {"referral.between"}, "referral.between": {imported}}
    assert (module, imported) in set(climbing(through)) - KNOWN


def test_the_innermost_name_says_the_floor() -> None:
    assert floor_of("referral.api.tokens.actions") == floor_of("permits.actions.review") == 3
    assert floor_of("permits.officer.decision.views_review") == floor_of("permits.api.parts") == 4
    assert floor_of("referral.models.case") == 0
    assert (
        floor_of("referral.cases.person")
        is floor_of("wpis.api.secrets")
        is floor_of("permits.parts.employer")
        is None
    )
