"""Style sheets, templates and vendored files keep the promises of docs/ui.md."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WPI = ROOT / "static" / "shared" / "wpi"
SHEETS = sorted((ROOT / "static").rglob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:max-|min-)?(?:width|height)|left|right|top|bottom)\s*:"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheets_use_logical_properties_only(sheet):
    css = re.sub(r"@media[^{]*", "", sheet.read_text(encoding="utf-8"))
    assert PHYSICAL.findall(css) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheets_never_force_capitals_nor_importance(sheet):
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "text-transform" not in css, "it spells Yerevan wrong in Armenian capitals"
    assert "!important" not in css


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_inline_style_or_script(template):
    html = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", html)
    assert not re.search(r"\son(click|change|submit|load|input)\s*=", html)
    scripts = re.findall(r"<script\b[^>]*>", html)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)


def test_vendored_files_are_the_ones_that_the_list_names():
    listed = dict(
        re.findall(r"^\| (\S+\.(?:js|woff2)) \| ([0-9a-f]{64}) \|$", (WPI / "VENDORED.md").read_text(), re.M)
    )
    present = {path.relative_to(WPI).as_posix() for kind in ("fonts/*.woff2",) for path in WPI.glob(kind)}
    assert listed.keys() == present
    for name, digest in listed.items():
        assert hashlib.sha256((WPI / name).read_bytes()).hexdigest() == digest, name


def test_every_font_that_a_sheet_names_is_there():
    named = set(re.findall(r"url\((fonts/[^)]+)\)", (WPI / "wpi.css").read_text(encoding="utf-8")))
    assert {f"fonts/{path.name}" for path in (WPI / "fonts").glob("*.woff2")} == named
    assert all((WPI / name).is_file() for name in named)
