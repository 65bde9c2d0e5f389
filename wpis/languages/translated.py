"""A text that is stored in several languages: in files read with `strict_yaml`, and in rulesets; it knows no Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from wpis.strict_yaml import Text


class TranslatedText(Mapping[str, str]):
    """The same text by language code; English is always among them."""

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, str]) -> None:
        self._by_language = dict(by_language)

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __hash__(self) -> int:
        return hash(frozenset(self._by_language.items()))

    def __repr__(self) -> str:
        return f"TranslatedText({self._by_language!r})"

    def in_language(self, code: str) -> str:
        """The text for a language code such as `hy-AM`; the English one where it is not translated."""
        return self._by_language.get(code.split("-")[0]) or self._by_language["en"]


@dataclass(frozen=True, slots=True)
class InLanguages:
    """Marks a text of a file that stands in exactly these languages: `Annotated[TranslatedText, InLanguages(...)]`."""

    codes: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        field = core_schema.typed_dict_field(handler.generate_schema(Text), required=True)
        mapping = core_schema.typed_dict_schema(
            dict.fromkeys(self.codes, field), extra_behavior="forbid", strict=True
        )
        return core_schema.no_info_after_validator_function(TranslatedText, mapping)


ArmenianEnglish = Annotated[TranslatedText, InLanguages(("hy", "en"))]
"""The two languages of the law book, the code lists and the receiving agencies."""
