"""Collect, update, check and compile the translations, with Babel and without gettext tools on the machine."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.template import templatize

from wpis.installed_apps import own_apps

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> Iterator[Path]:
    """Every file of the product that may hold a string for people."""
    roots = [*sorted({config.name.split(".")[0] for config in own_apps()}), "templates"]
    for root in roots:
        for path in sorted((settings.BASE_DIR / root).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                yield path


def collect() -> Catalog:
    """All strings marked for translation, with the files they stand in (no line numbers: they only make noise)."""
    catalog = Catalog(project="WPIS", charset="utf-8")
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is not a string stands as X and F; only its indentation could confuse Python's tokenizer.
            text = "\n".join(line.strip() for line in templatize(text).splitlines())
        place = str(path.relative_to(settings.BASE_DIR))
        found: Any = extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {})
        for _line, function, messages, _comments in found:
            _add(catalog, messages, KEYWORDS.get(function), place)
    return catalog


def _add(catalog: Catalog, messages: Any, spec: Any, place: str) -> None:
    """Put one call's strings into the catalogue, read by the keyword's argument positions."""
    given = (messages,) if isinstance(messages, str) else tuple(messages or ())
    context, positions = None, []
    for item in spec or (1,):
        if isinstance(item, tuple):
            context = given[item[0] - 1] if len(given) >= item[0] else None
        else:
            positions.append(item - 1)
    strings = [given[position] for position in positions if position < len(given)]
    if strings and all(isinstance(string, str) and string for string in strings):
        catalog.add(
            strings[0] if len(strings) == 1 else tuple(strings), locations=[(place, 0)], context=context
        )


def catalogue_path(language: str) -> Path:
    """Where the translations of a language lie."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    """The translations as they are; an empty catalogue for a language that has none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def save(language: str, catalog: Catalog) -> None:
    """Write a catalogue so that only its words make a difference: no dates, no line numbers."""
    catalog.project, catalog.version, catalog.fuzzy = "WPIS", "1", False
    catalog.header_comment = f"# The words of WPIS in {catalog.locale_identifier}."
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, include_lineno=False, sort_output=True)


def missing(language: str) -> list[str]:
    """Strings of the product that this language has no words for."""
    have = load(language)
    result = []
    for message in collect():
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found = have.get(key, message.context)
            words = found.string if found and not found.fuzzy else ""
            if not words or (isinstance(words, tuple | list) and not all(words)):
                result.append(key)
    return sorted(result)


def stale(language: str) -> list[str]:
    """Translations of strings that the product no longer has."""
    want = {(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in collect() if m.id}
    return sorted(
        m.id if isinstance(m.id, str) else m.id[0]
        for m in load(language)
        if m.id and ((m.id if isinstance(m.id, str) else m.id[0]), m.context) not in want
    )


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--compile` only writes .mo files; `--check` fails when the complete languages lack words."""
        parser.add_argument("--compile", action="store_true")
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--missing", metavar="LANGUAGE", help="print what a language lacks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Without an option: update every .po file from the sources, then compile."""
        languages = [code for code, _name in settings.LANGUAGES if code != "en"]
        if options["missing"]:
            self.stdout.write("\n".join(missing(options["missing"])))
            return
        if options["check"]:
            lacking = missing("hy")
            if lacking:
                raise CommandError(f"Armenian lacks {len(lacking)} strings, the first: {lacking[:5]}")
            return
        if not options["compile"]:
            template = collect()
            for language in languages:
                self._update(language, template)
        for language in languages:
            path = catalogue_path(language)
            if path.exists():
                with path.with_suffix(".mo").open("wb") as file:
                    write_mo(file, load(language))

    def _update(self, language: str, template: Catalog) -> None:
        catalog = load(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        save(language, catalog)
        self.stdout.write(f"{language}: {len(catalog)} strings, {len(missing(language))} without words")
