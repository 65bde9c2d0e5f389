"""Reads `.env` and the compose files as docker compose does, as far as ours go."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_VARIABLE = re.compile(r"\$\$|\$\{(\w+)(?:(:?[-?])([^}]*))?\}")


def dotenv(path: Path) -> dict[str, str]:
    """The variables of a file; what stands in single quotes is taken as it is."""
    found = re.findall(r"^(\w+)=(?:'([^'\n]*)'|([^'\n]*))$", path.read_text(), re.MULTILINE)
    assert len(found) == len(re.findall(r"^\w+=", path.read_text(), re.MULTILINE))
    return {name: quoted or bare.strip() for name, quoted, bare in found}


def services(folder: Path, shell: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The services that run, by name: files merged, variables put in, those of other profiles left out."""
    variables = {**dotenv(folder / ".env"), **shell}
    whole: dict[str, Any] = {}
    for name in variables.get("COMPOSE_FILE", "docker-compose.yml").split(":"):
        whole = _merged(whole, yaml.safe_load((folder / name).read_text()))
    profiles = set(variables.get("COMPOSE_PROFILES", "").split(","))
    found = {
        name: _put_in(service, variables)
        for name, service in whole["services"].items()
        if not service.get("profiles") or profiles & set(service["profiles"])
    }
    for name, service in found.items():
        for needed, how in service.get("depends_on", {}).items():
            assert needed in found or how.get("required") is False, f"{name} waits for {needed}"
        service["secrets"] = {
            each: folder / whole["secrets"][each]["file"] for each in service.get("secrets", [])
        }
    return found


def _merged(one: Any, other: Any) -> Any:
    """Mappings are merged by key, lists joined, of anything else the later stands."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {
            key: _merged(one.get(key), other[key]) if key in other else one[key]
            for key in [*one, *(key for key in other if key not in one)]
        }
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *other]
    return one if other is None else other


def _put_in(node: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _put_in(value, variables) for key, value in node.items()}
    if isinstance(node, list):
        return [_put_in(value, variables) for value in node]
    return _interpolated(node, variables) if isinstance(node, str) else node


def _interpolated(text: str, variables: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        name, how, word = found.groups()
        given = variables.get(name)
        if how in (":-", "-"):
            return given if given or (given is not None and how == "-") else word
        if how in (":?", "?") and not (given or (given is not None and how == "?")):
            raise LookupError(f"required variable {name} is missing a value: {word}")
        return given or ""

    return _VARIABLE.sub(value, text)
