"""A text of a ruleset: the same words in several languages, stored with the ruleset."""

from collections.abc import Iterator, Mapping

from wpis.languages.reader import reader_language


class Text(Mapping[str, str]):
    """A text in several languages; `str` writes it in the reader's, else in English."""

    def __init__(self, by_language: Mapping[str, str]) -> None:
        self._by_language = dict(by_language)

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __str__(self) -> str:
        return self._by_language.get(reader_language()) or self._by_language["en"]
