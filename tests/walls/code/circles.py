"""Finds import circles and what hides them: imports inside functions or blocks, and look-ups of own models by name."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

OWN = ("wpis", "permits", "alerts", "referral")
Graph = Mapping[str, set[str]]

BY_NAME = {"get_model", "import_string", "import_module"}
"""Functions that reach a module by a string."""


def circles(graph: Graph) -> list[list[str]]:
    """The groups of nodes that reach each other, largest first (Tarjan's strongly connected components)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        number[node] = lowest[node] = len(number)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in number:
                visit(other)
                lowest[node] = min(lowest[node], lowest[other])
            elif other in stack:
                lowest[node] = min(lowest[node], number[other])
        if lowest[node] == number[node]:
            place = stack.index(node)
            group, stack[place:] = stack[place:], []
            if len(group) > 1 or node in graph.get(node, ()):
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return sorted(found, key=lambda group: (-len(group), group))


def rooms(graph: Graph) -> dict[str, set[str]]:
    """The same imports between neighbours: packages and modules that lie in one folder, in every folder of the graph.

    An import from `a.b.c` to `a.d.e` counts as one from `a.b` to `a.d`.
    """
    found: dict[str, set[str]] = {}
    for module, imported in graph.items():
        for other in imported:
            here, there = module.split("."), other.split(".")
            shared = next(
                (place for place, (one, two) in enumerate(zip(here, there, strict=False)) if one != two), None
            )
            if shared is not None:
                room, near = (".".join(name[: shared + 1]) for name in (here, there))
                found.setdefault(room, set()).add(near)
                found.setdefault(near, set())
    return found


def hidden_imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and module of each import of our own packages that does not stand at the top of its module."""
    for parent, node in _nested(ast.parse(source)):
        if isinstance(parent, ast.Module):
            continue
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.startswith((".", *OWN)))


def names_of_own(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each call that reaches one of our own models or modules by a literal name."""
    labels = (*OWN, "accounts", "audit", "documents")
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in BY_NAME:
            continue
        for argument in node.args[:1]:
            if isinstance(argument, ast.Constant) and str(argument.value).split(".")[0] in labels:
                yield node.lineno, str(argument.value)


def _nested(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        yield node, child
        yield from _nested(child)


def product_files(root: Path) -> list[Path]:
    """The modules of the product: no migrations, which Django loads by name."""
    return [
        file
        for package in OWN
        for file in sorted((root / package).rglob("*.py"))
        if "migrations" not in file.relative_to(root).parts
    ]
