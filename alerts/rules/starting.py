"""The starting ruleset: the code's catalogue of indicators and typologies.yaml, written as a ruleset's document.

Screening never looks here: it runs what is published. `manage.py export_ruleset` proposes this document.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Level
from alerts.models import Facts
from alerts.rules import expression
from alerts.rules.catalogue import catalogue
from alerts.rules.content import FORMAT
from alerts.rules.indicator import Indicator
from wpis.strict_yaml import Count, Entry, Many, Text, Word, read_yaml

FILE = Path(__file__).with_name("typologies.yaml")

WORDS: Mapping[str, Mapping[str, Any]] = {
    "contract_terms_missing_names": {
        "wage": _("the wage"),
        "hours": _("the working hours"),
        "place": _("the place of work"),
        "signatures": _("both signatures"),
    }
}
"""Fact -> the words for its values, where these are codes."""


_marked = _
"""Translates a title that is marked elsewhere; the collector of strings knows only the usual names."""


class _Term(Entry):
    hours: Count | None = None
    working_days: Count | None = None


class _Typology(Entry):
    title: Text
    level: Word[Level]
    when: Many[Many[Text]]
    source: Text


class _TypologiesFile(Entry):
    levels: dict[Word[Level], _Term]
    typologies: dict[str, _Typology]


def document() -> dict[str, Any]:
    """The whole starting ruleset; `alerts.rules.content.read` says whether it is sound."""
    written = typologies()
    return {
        "format": FORMAT,
        "facts": {name: _fact(name) for name in _names_in_sentences()},
        "levels": written["levels"],
        "rules": [_rule(indicator) for indicator in catalogue().values()],
        "typologies": [
            {"id": id, **entry, "title": in_every_language(_marked(entry["title"]))}
            for id, entry in written["typologies"].items()
        ],
    }


@cache
def typologies() -> dict[str, Any]:
    """typologies.yaml as it is written; titles are marked for translation in alerts/triage/labels.py."""
    return read_yaml(FILE, _TypologiesFile).model_dump(mode="json", exclude_none=True)


def in_every_language(words: Any) -> dict[str, str]:
    """A lazy translation in each language of the service."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(words)
    return found


def _names_in_sentences() -> list[str]:
    return sorted({name for indicator in catalogue().values() for name in indicator.shows})


def _fact(name: str) -> dict[str, Any]:
    label = getattr(Facts._meta.get_field(name), "verbose_name")  # noqa: B009
    words = {code: in_every_language(text) for code, text in WORDS.get(name, {}).items()}
    return {"label": in_every_language(label), "words": words}


def _rule(indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "version": indicator.version,
        "when": expression.to_data(indicator.when),
        "thresholds": dict(indicator.thresholds),
        "title": in_every_language(indicator.title),
        "sentence": in_every_language(indicator.explains),
        "false_positives": in_every_language(indicator.false_positives),
        "evidence": indicator.evidence.value,
        "group": indicator.group.value,
        "supports": list(indicator.supports),
        "shows": list(indicator.shows),
        "source": indicator.source,
    }
