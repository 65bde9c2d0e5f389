"""Finds names that use a word for which docs/adr/0020 has another one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

OLD_WORDS = {
    "body": "agency",
    "bodies": "agency",
    "organisation": "agency",
    "organisations": "agency",
    "agreement": "consent",
    "agreements": "consent",
    "disclosures": "referral",
    "errand": "background job",
    "errands": "background job",
    "papers": "generated docs",
    "picture": "presenter",
    "pictures": "presenter",
    "shown": "presenter",
}
"""Word of a name -> what to say instead."""

OF_REFERRAL = {"item": "referral", "items": "referral"}
"""The same within `referral`: the feed and lists have items of their own."""

WHOLE_NAMES = {
    "check": "what is verified, reviewed or authorized: a check is what the one window waits for",
    "hand_in": "submit",
    "utils": "what is in it",
    "helpers": "what is in it",
    "common": "what is in it",
    "manager": "what is in it",
    "misc": "what is in it",
}
"""Name -> what to say instead."""


def words_of(name: str) -> list[str]:
    """The words of a name in lower case, be it in snake case or in camel case."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def instead_of(name: str, module: str) -> list[str]:
    """What to say instead of this name; empty when nothing is wrong with it."""
    old = OLD_WORDS | (OF_REFERRAL if module.split(".")[0] == "referral" else {})
    whole = [WHOLE_NAMES[name.strip("_")]] if name.strip("_") in WHOLE_NAMES else []
    return whole + [old[word] for word in words_of(name) if word in old]


def defined_in(source: str) -> Iterator[str]:
    """The names that a module defines: classes, functions, constants and fields, but no local variables."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        if isinstance(node, ast.ClassDef | ast.Module):
            for statement in node.body:
                yield from _assigned_by(statement)


def _assigned_by(statement: ast.stmt) -> Iterator[str]:
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def old_names(path: Path, root: Path) -> Iterator[tuple[str, list[str]]]:
    """Every name of one module, its own included, that uses an old word, with what to say instead."""
    module = path.relative_to(root).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for name in (module.rpartition(".")[2], *defined_in(path.read_text(encoding="utf-8"))):
        if instead := instead_of(name, module):
            yield f"{module}:{name}", instead
