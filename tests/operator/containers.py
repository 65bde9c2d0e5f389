"""What a container would be, as a process of this machine: the tree of the image, its variables, its folders."""

import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.operator import compose
from tests.repo import image


@dataclass(frozen=True, slots=True)
class Container:
    """A command with its environment; nothing else of ours reaches it."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]


@dataclass(frozen=True, slots=True)
class Machine:
    """The folder of the release in which the operator works, and where images and containers are kept."""

    release: Path
    state: Path

    @property
    def tree(self) -> Path:
        """What the image holds as /app."""
        return self.state / "app"

    @property
    def told_to_start(self) -> Path:
        """There once `docker compose up` was given."""
        return self.state / "up"

    def services(self, shell: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Those that run, as docker compose reads them."""
        return compose.services(self.release, shell)

    def own(self, shell: Mapping[str, str]) -> list[str]:
        """The names of the processes of WPIS that go on running."""
        return [
            name
            for name, service in self.services(shell).items()
            if "build" in service and service["restart"] != "no"
        ]

    def container(
        self,
        name: str,
        *,
        shell: Mapping[str, str],
        command: Sequence[str] = (),
        more: Mapping[str, str] | None = None,
    ) -> Container:
        """One container of a service, with its own /tmp and what is mounted into it."""
        service = self.services(shell)[name]
        assert service["read_only"]
        assert service["tmpfs"] == ["/tmp"]
        own = self.state / "containers" / name
        own.mkdir(parents=True, exist_ok=True)
        places = {"/tmp": own, "/app": self.tree}
        for volume in service.get("volumes", []):
            source, target, *_ = volume.split(":")
            places[target] = self.release / source
        places |= {f"/run/secrets/{each}": path for each, path in service["secrets"].items()}
        words = tuple(command or service.get("command") or self.image_command())
        given = {key: str(value) for key, value in service["environment"].items()} | dict(more or {})
        return Container(
            name,
            tuple(_placed(word, places) for word in words),
            self.image_environment() | {key: _placed(value, places) for key, value in given.items()},
        )

    def image_environment(self) -> dict[str, str]:
        """The variables of the image, and a path on which no development package is found."""
        lines = "\n".join(re.findall(r"^ENV (.+)$", _dockerfile().rpartition("\nFROM ")[2], re.MULTILINE))
        found = dict(word.split("=", 1) for word in shlex.split(lines))
        found = {key: _placed(value, {"/app": self.tree}) for key, value in found.items()}
        found["PATH"] = found["PATH"].replace("$PATH", "/usr/bin:/bin")
        return found | {"PYTHONPATH": str(self.state / "hidden"), "HOME": str(self.state)}

    def image_command(self) -> list[str]:
        """What the image runs when no command is given."""
        command = re.search(r"^CMD (\[(?:.|\n)*\])", _dockerfile(), re.MULTILINE)
        assert command is not None
        return re.findall(r'"([^"]+)"', command[1])

    def build(self) -> str:
        """Copy what the Dockerfile copies; returns the command that it runs afterwards."""
        image.build(self.tree)
        (self.tree / ".venv").symlink_to(Path(sys.prefix))
        image.hide_development_packages(self.state / "hidden")
        first = _dockerfile().split("\nFROM ")[1].replace("\\\n", " ")
        static = re.findall(r"^ENV (WPIS_STATIC_DIR=\S+)$", first, re.MULTILINE)
        *_, last = re.findall(r"^RUN (.+)$", first, re.MULTILINE)
        return _placed(f"export {static[0]}; {last}", {"/app": self.tree})


def _dockerfile() -> str:
    return f"\n{(image.ROOT / 'Dockerfile').read_text()}"


def _placed(text: str, places: Mapping[str, Path]) -> str:
    """Paths in a container turned into those of this machine."""
    longest_first = sorted(places, key=len, reverse=True)
    pattern = "|".join(rf"(?<![\w./]){re.escape(place)}(?![\w.-])" for place in longest_first)
    return re.sub(pattern, lambda found: str(places[found[0]]), text)
