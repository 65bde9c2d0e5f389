"""Finds imports that climb: from a lower floor of a room to a higher one, directly or through modules of no floor."""

from collections.abc import Iterator

from tests.walls.code.circles import Graph

ORDER = (
    {"models"},
    {"workflow"},
    {"queries"},
    {"actions"},
    {"views", "forms", "presenters", "serializers", "urls", "tasks", "tabs", "rendering"},
)
"""Names of modules and packages, the lowest floor first: each may import its own floor and those below."""

DOORS = {
    *("employer", "officer", "supervisor", "agency", "worker", "inspector", "verify", "api"),
    *("triage", "caseworker", "coordinator", "commission", "partner"),
}
"""Rooms of an app that are a front door: what has no other name in them stands on the highest floor."""

FLOOR = {name: floor for floor, names in enumerate(ORDER) for name in names}
HIGHEST = len(ORDER) - 1


def floor_of(module: str) -> int | None:
    """The floor of a module by the names in its path, the innermost first; None when no name says one.

    `views_review` is one of the views. The ground has no front doors of its own: `wpis.api` is what they share.
    """
    app, *names = module.split(".")
    for name in reversed(names):
        for candidate in (name, name.split("_")[0]):
            if candidate in FLOOR:
                return FLOOR[candidate]
    return HIGHEST if app != "wpis" and DOORS.intersection(names[:1]) else None


def climbing(graph: Graph) -> Iterator[tuple[str, str]]:
    """(module, module on a higher floor that it reaches), in order."""
    for module in sorted(graph):
        here = floor_of(module)
        if here is None:
            continue
        for other in sorted(_reached(graph, module)):
            there = floor_of(other)
            if there is not None and there > here:
                yield module, other


def _reached(graph: Graph, module: str) -> set[str]:
    """What a module imports; where that has no floor, what it imports in turn."""
    found: set[str] = set()
    waiting = [*graph.get(module, ())]
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            if floor_of(other) is None:
                waiting += graph.get(other, ())
    return found
