"""The one reader of YAML files: what is misspelt, written twice or of the wrong type is refused, in a plain sentence.

A file is described by a pydantic model derived from `Entry`. It knows no Django: the law book reads with it too.
"""

from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

Place = tuple[str | int, ...]
T = TypeVar("T")


class InvalidFile(ValueError):
    """A file is malformed; the message names the file, the line, the place in it and each fault."""


class Entry(BaseModel):
    """A mapping of a file: every key is known, every value has its type, nothing is converted in silence."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _one_line(value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise ValueError("must be a text, found ''")
    return text


Text = Annotated[str, AfterValidator(_one_line)]
"""A text that is not empty; line breaks and runs of spaces become one space."""

Count = Annotated[int, Field(ge=1)]
"""A whole number of at least 1."""

_E = TypeVar("_E")
Word = Annotated[_E, Field(strict=False)]
"""One of the values of an enum: `Word[Confidence]`."""

Many = Annotated[tuple[_E, ...], Field(strict=False)]
"""A list: `Many[Text]`."""


class _UniqueKeys(yaml.SafeLoader):
    """Refuses a key that is written twice: plain YAML keeps the last and says nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                line = node.value[place][0].start_mark.line + 1
                raise InvalidFile(f", line {line}: '{key}' is written twice")
        return super().construct_mapping(node, deep=deep)


class Document:
    """A file that was read, with the line of everything in it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        text = file.read_text(encoding="utf-8")
        try:
            loader = _UniqueKeys(text)
            self._root: yaml.Node | None = loader.get_single_node()
            self.content: object = loader.construct_document(self._root) if self._root else None
        except InvalidFile as fault:
            raise InvalidFile(f"{file.name}{fault}") from None
        except yaml.YAMLError as fault:
            raise InvalidFile(f"{file.name}: not YAML: {fault}") from fault

    def read_as(self, schema: type[T]) -> T:
        """The content as `schema` describes it. Raises InvalidFile with every fault, one a line."""
        try:
            return TypeAdapter(schema).validate_python(self.content)
        except ValidationError as error:
            faults = [_sentence(fault) for fault in error.errors(include_url=False)]
            faults.sort(key=lambda fault: self._line(fault[0]))
            raise InvalidFile("\n".join(self._told(place, problem) for place, problem in faults)) from None

    def fault(self, problem: str, *place: str | int) -> InvalidFile:
        """An error at a place of the file, for what no type can say."""
        return InvalidFile(self._told(place, problem))

    def _told(self, place: Place, problem: str) -> str:
        key = f"'{place[-1]}' " if place and isinstance(place[-1], str) else ""
        around = place[:-1] if key else place
        words = "".join(f" {step + 1}" if isinstance(step, int) else f", {step}" for step in around)
        return f"{self.file.name}, line {self._line(place)}{words}: {key}{problem}"

    def _line(self, place: Place) -> int:
        node, line = self._root, 1
        for step in place:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            elif isinstance(node, yaml.MappingNode):
                found = [pair for pair in node.value if pair[0].value == str(step)]
                if not found:
                    break
                line, node = found[0][0].start_mark.line + 1, found[0][1]
            else:
                break
        return line


def read_yaml(file: Path, schema: type[T]) -> T:
    """A file as `schema` describes it. Raises InvalidFile."""
    return Document(file).read_as(schema)


_EXPECTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "yes or no",
    "date_type": "a day like 2026-11-01",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "named entries",
    "model_type": "named entries",
}


def _sentence(fault: Any) -> tuple[Place, str]:
    """The place of a fault, and what is wrong there."""
    place: Place = fault["loc"]
    kind, found, context = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "missing":
        return place, "is missing"
    if kind == "extra_forbidden":
        return place, "is an unknown entry"
    if kind == "value_error":
        return place, str(context["error"])
    if kind == "enum":
        known = context["expected"].replace("'", "").replace(" or ", ", ")
        return place, f"must be one of {known}, found {found!r}"
    if kind == "greater_than_equal":
        return place, f"must be at least {context['ge']}, found {found!r}"
    if kind in _EXPECTED:
        return place, f"must be {_EXPECTED[kind]}, found {_kind(found)}"
    return place, str(fault["msg"])


def _kind(value: object) -> str:
    return "nothing" if value is None else f"{type(value).__name__} {value!r}"
