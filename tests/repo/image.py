"""The tree of the production image: what the Dockerfile copies out of what .dockerignore lets through."""

import importlib.metadata
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NO_DEVELOPMENT_PACKAGES = """
import sys
from importlib.abc import MetaPathFinder

ABSENT = frozenset({absent!r})


class Absent(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {{name!r}} in the image", name=name)


sys.meta_path.insert(0, Absent())
"""


def build(target: Path) -> None:
    """Copy what `docker build` would copy into /app."""
    for path in copied():
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, place)


def copied() -> Iterator[Path]:
    """Every file of the build context that a COPY line of the first stage names."""
    first_stage = (ROOT / "Dockerfile").read_text().split("\nFROM ")[1]
    for line in re.findall(r"^COPY (.+)$", first_stage, re.MULTILINE):
        for source in line.split()[:-1]:
            place = ROOT / source
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                relative = path.relative_to(ROOT)
                if path.is_file() and not is_ignored(relative.as_posix()):
                    yield relative


def is_ignored(path: str) -> bool:
    """Docker's rule: the last pattern that matches the path, or a folder it lies in, decides."""
    parts = path.split("/")
    places = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
    ignored = False
    for pattern in (ROOT / ".dockerignore").read_text().split():
        if any(_regex(pattern.removeprefix("!")).fullmatch(place) for place in places):
            ignored = not pattern.startswith("!")
    return ignored


def _regex(pattern: str) -> re.Pattern[str]:
    """`**` stands for any number of folders, `*` for anything within a name."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(part, re.escape(part)) for part in parts))


def development_modules() -> set[str]:
    """Top-level modules that only packages outside the project's own dependencies bring; uv.lock says which."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    packages = {package["name"]: package for package in lock["package"]}
    waiting, needed = [("wpis", "")], set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in needed:
            continue
        needed.add((name, extra))
        package = packages[name]
        of_extra = package.get("optional-dependencies", {}).get(extra, [])
        wanted = of_extra if extra else package.get("dependencies", [])
        for each in wanted:
            waiting += [(each["name"], ""), *((each["name"], more) for more in each.get("extra", ()))]
    names = {name for name, _extra in needed}
    return {
        module
        for module, owners in importlib.metadata.packages_distributions().items()
        if not {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners} & names
    }


def hide_development_packages(folder: Path) -> None:
    """Put a `sitecustomize` there that makes those modules absent for every process with the folder on its path."""
    folder.mkdir()
    absent = sorted(development_modules())
    (folder / "sitecustomize.py").write_text(NO_DEVELOPMENT_PACKAGES.format(absent=absent))
