"""Reads YAML files of the law book and says plainly what is wrong with one."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from wpis.law.errors import InvalidLaw


class Confidence(StrEnum):
    """How well a value is supported by sources; everything but C waits for a lawyer's word."""

    CONFIRMED = "C"
    WEAK = "W"
    CONFLICTING = "X"
    GENERAL = "G"


@dataclass(frozen=True, slots=True)
class Words:
    """The same text in the two languages of the law book."""

    en: str
    hy: str

    def in_language(self, code: str) -> str:
        """The Armenian text for `hy`, the English one for every other language code."""
        return self.hy if code.split("-")[0] == "hy" else self.en


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key written twice: plain YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise InvalidLaw(f"line {node.start_mark.line + 1}: '{key}' is written twice")
        return super().construct_mapping(node, deep=deep)


def read_mapping(path: Path) -> "Section":
    """The file's top level; raises InvalidLaw when it is not YAML or not a mapping."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 (a SafeLoader)
    except InvalidLaw as fault:
        raise InvalidLaw(f"{path.name}: {fault}") from None
    except yaml.YAMLError as fault:
        raise InvalidLaw(f"{path.name}: not YAML: {fault}") from fault
    return Section(path.name, content)


class Section:
    """One mapping of a file together with its place, so that every complaint can name it."""

    def __init__(self, where: str, content: object) -> None:
        if not isinstance(content, dict):
            raise InvalidLaw(f"{where}: expected named entries, found {_kind(content)}")
        self.where = where
        self._content: dict[Hashable, object] = content

    def fault(self, problem: str) -> InvalidLaw:
        """An error that names this section's place."""
        return InvalidLaw(f"{self.where}: {problem}")

    def only(self, allowed: Iterable[str]) -> None:
        """Refuse entries that nobody reads: most are misspellings."""
        allowed = list(allowed)
        for key in self._content:
            if key not in allowed:
                raise self.fault(f"unknown entry '{key}'; known are {', '.join(allowed)}")

    def has(self, key: str) -> bool:
        return key in self._content

    def raw(self, key: str) -> object:
        """The entry as YAML gave it; raises InvalidLaw when it is absent."""
        if key not in self._content:
            raise self.fault(f"'{key}' is missing")
        return self._content[key]

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and key not in self._content:
            return default
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"'{key}' must be a text, found {_kind(value)}")
        return " ".join(value.split())

    def day(self, key: str) -> date:
        value = self.raw(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(f"'{key}' must be a day like 2026-11-01, found {_kind(value)}")
        return value

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def confidence(self) -> Confidence:
        value = self.text("confidence")
        if value not in list(Confidence):
            raise self.fault(f"'confidence' must be one of C, W, X, G, found '{value}'")
        return Confidence(value)

    def words(self, key: str) -> Words:
        section = self.section(key)
        section.only(("en", "hy"))
        return Words(en=section.text("en"), hy=section.text("hy"))

    def section(self, key: str) -> "Section":
        return Section(f"{self.where}, {key}", self.raw(key))

    def entries(self, key: str) -> list[object]:
        """The items of a list entry."""
        value = self.raw(key)
        if not isinstance(value, list):
            raise self.fault(f"'{key}' must be a list, found {_kind(value)}")
        return value

    def sections(self, key: str) -> list["Section"]:
        """The items of a list of mappings."""
        return [
            Section(f"{self.where}, {key} {n}", item) for n, item in enumerate(self.entries(key), start=1)
        ]


def _kind(value: object) -> str:
    return "nothing" if value is None else f"{type(value).__name__} {value!r}"
