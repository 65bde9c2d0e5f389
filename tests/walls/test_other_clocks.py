"""Wall: one clock. Product code reads `wpis.clock` and no other."""

import ast
from pathlib import Path

from django.conf import settings

OTHER_CLOCKS = {
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"),
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
WITH_A_MOMENT = {
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
"""These read the clock only when they are given nothing to convert."""

MAY_ASK_THE_MACHINE = {
    "wpis/accounts/sessions.py": "a session ends by the machine's clock, as Django writes it",
    "wpis/clock.py": "is the clock",
}


def other_clocks(source: str) -> list[int]:
    """The lines that read a clock other than `wpis.clock`, be it as a call or as a default."""
    found = []
    calls: dict[ast.AST, ast.Call] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            calls[node.func] = node
        named = None
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            named = (name, node.attr)
        elif isinstance(node, ast.Name) and node.id in ("localdate", "localtime"):
            named = ("timezone", node.id)
        if named not in OTHER_CLOCKS or not isinstance(node, ast.expr):
            continue
        call = calls.get(node)
        if named in WITH_A_MOMENT and call is not None and (call.args or call.keywords):
            continue
        found.append(node.lineno)
    return sorted(found)


def test_an_other_clock_is_noticed() -> None:
    assert other_clocks("at = timezone.now()\nx = timezone.localdate(at)\ny = localdate()\n") == [1, 3]
    assert other_clocks("f = Field(default=timezone.now)\nd = date.today()\nt = time.time()\n") == [1, 2, 3]
    assert other_clocks("import datetime\nat = datetime.datetime.now(UTC)\nz = time.monotonic()\n") == [2]


def product_files() -> list[Path]:
    root = Path(settings.BASE_DIR)
    return [
        file
        for package in ("wpis", "permits", "alerts", "referral")
        for file in sorted((root / package).rglob("*.py"))
        if not {"migrations", "development"} & set(file.relative_to(root).parts)
    ]


def test_nothing_reads_another_clock() -> None:
    root = Path(settings.BASE_DIR)
    found = {
        str(file.relative_to(root)): lines
        for file in product_files()
        if (lines := other_clocks(file.read_text(encoding="utf-8")))
    }
    assert {file: lines for file, lines in found.items() if file not in MAY_ASK_THE_MACHINE} == {}
    assert found.keys() >= MAY_ASK_THE_MACHINE.keys(), "an exception that is not needed any more"
