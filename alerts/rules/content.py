"""What a ruleset says: rules, typologies, terms and names of facts, read strictly out of its stored document."""

import hashlib
import json
import re
import string
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from alerts.evidence import Evidence, Group, Level
from alerts.models.facts import kinds
from alerts.rules import expression
from alerts.rules.expression import THRESHOLD, InvalidExpression
from alerts.rules.typologies import Term, Typology
from wpis.languages.translated import TranslatedText

FORMAT = 1
"""The shape of the document below; a later shape is read beside this one, never in its place."""

LANGUAGES = ("en", "hy", "ru")
"""Languages in which every text of format 1 stands; a ruleset may have more."""

Number = int | float


class UnreadableRuleset(ValueError):
    """A stored ruleset breaks the format; the message says where. Nothing is "clear" under such a ruleset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule with everything that runs and explains it."""

    id: str
    version: int
    when: Any  # the expression as data
    thresholds: Mapping[str, Number]
    title: TranslatedText
    sentence: TranslatedText  # with {fact} and {threshold} in it
    false_positives: TranslatedText
    evidence: Evidence
    group: Group
    supports: tuple[str, ...]  # items of the ILO list, once a person has confirmed it
    shows: tuple[str, ...]  # facts that the sentence names, or that the expression looks at
    source: str

    @property
    def needs(self) -> frozenset[str]:
        """The facts that the expression looks at."""
        return facts_in(self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactName:
    """What a fact is called, and the words for its values where they are codes."""

    label: TranslatedText
    words: Mapping[str, TranslatedText]


@dataclass(frozen=True, kw_only=True, eq=False)
class Content:
    """A whole ruleset, ready to run; two of them are equal when their documents are."""

    digest: str
    rules: Mapping[str, Rule]
    typologies: Mapping[str, Typology]
    terms: Mapping[Level, Term]
    facts: Mapping[str, FactName]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def facts_in(when: Any) -> frozenset[str]:
    """The facts that a valid expression looks at."""
    return frozenset(name for name in expression.variables(when) if not name.startswith(THRESHOLD))


def digest(document: Any) -> str:
    """The name of a document: the same for the same content, however it was written."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read(document: Any) -> Content:
    """The ruleset in a document. Raises UnreadableRuleset, whatever is wrong with it."""
    try:
        return _read(document)
    except InvalidExpression as invalid:
        raise UnreadableRuleset(str(invalid)) from invalid


def _read(document: Any) -> Content:
    found = _object(document, "", {"format", "facts", "levels", "rules", "typologies"})
    if found["format"] != FORMAT:
        raise UnreadableRuleset(f"format {found['format']!r} is not {FORMAT}")
    facts = {name: _fact(entry, f"facts.{name}") for name, entry in _mapping(found["facts"], "facts").items()}
    rules = _unique((_rule(entry, place, facts) for entry, place in _list(found["rules"], "rules")), "rules")
    typologies = _unique(
        (_typology(entry, place, rules) for entry, place in _list(found["typologies"], "typologies")),
        "typologies",
    )
    levels = _object(found["levels"], "levels", set(Level.values))
    return Content(
        digest=digest(document),
        rules=MappingProxyType(rules),
        typologies=MappingProxyType(typologies),
        terms=MappingProxyType({level: _term(levels[level.value], f"levels.{level}") for level in Level}),
        facts=MappingProxyType(facts),
    )


def _rule(entry: Any, place: str, facts: Mapping[str, FactName]) -> Rule:
    found = _object(entry, place, set(Rule.__dataclass_fields__))
    id = _matching(found["id"], f"{place}.id", r"[A-Z][0-9]{2}")
    place = f"rules.{id}"
    thresholds = _mapping(found["thresholds"], f"{place}.thresholds")
    for name, value in thresholds.items():
        _matching(name, f"{place}.thresholds", r"[a-z_]{1,40}")
        expression.validate_number(value, f"{place}.thresholds.{name}")
    expression.validate(found["when"], kinds(), thresholds, f"{place}.when")
    shows = tuple(_words(found["shows"], f"{place}.shows"))
    _known(shows, facts, f"{place}.shows", "no fact")
    _known(shows, kinds(), f"{place}.shows", "no fact")
    _known(facts_in(found["when"]), shows, f"{place}.shows", "not shown, although the rule looks at it:")
    if unused := set(thresholds) - _thresholds_in(found["when"]):
        raise UnreadableRuleset(f"{place}.thresholds: unused: {', '.join(sorted(unused))}")
    if both := set(thresholds) & set(shows):
        raise UnreadableRuleset(f"{place}.thresholds: named like a fact: {', '.join(sorted(both))}")
    return Rule(
        id=id,
        version=_whole(found["version"], f"{place}.version"),
        when=found["when"],
        thresholds=MappingProxyType(thresholds),
        title=_text(found["title"], f"{place}.title"),
        sentence=_sentence(found["sentence"], f"{place}.sentence", {*shows, *thresholds}),
        false_positives=_text(found["false_positives"], f"{place}.false_positives"),
        evidence=_choice(Evidence, found["evidence"], f"{place}.evidence"),
        group=_choice(Group, found["group"], f"{place}.group"),
        supports=tuple(_words(found["supports"], f"{place}.supports")),
        shows=shows,
        source=_string(found["source"], f"{place}.source"),
    )


def _typology(entry: Any, place: str, rules: Mapping[str, Rule]) -> Typology:
    found = _object(entry, place, set(Typology.__dataclass_fields__))
    id = _matching(found["id"], f"{place}.id", r"[a-z][a-z_]{0,39}")
    place = f"typologies.{id}"
    lines = tuple(frozenset(_words(line, where)) for line, where in _list(found["when"], f"{place}.when"))
    if not lines:
        raise UnreadableRuleset(f"{place}.when: no line, so nothing would meet it")
    for line in lines:
        _validate_line(line, rules, f"{place}.when")
    return Typology(
        id=id,
        title=_text(found["title"], f"{place}.title"),
        level=_choice(Level, found["level"], f"{place}.level"),
        when=lines,
        source=_string(found["source"], f"{place}.source"),
    )


def _validate_line(line: frozenset[str], rules: Mapping[str, Rule], place: str) -> None:
    """Refuse a line that one weak finding, or several with one cause, could meet: it would raise too many alerts."""
    _known(line, rules, place, "no rule of this ruleset is")
    if not line:
        raise UnreadableRuleset(f"{place}: an empty line, which everything would meet")
    found = [rules[id] for id in line]
    only_signs = all(rule.evidence in (Evidence.PROXY, Evidence.CONTEXT) for rule in found)
    if only_signs and len({rule.group for rule in found}) < 2:
        raise UnreadableRuleset(f"{place}: {', '.join(sorted(line))} are statistical signs of one group only")


def _fact(entry: Any, place: str) -> FactName:
    found = _object(entry, place, {"label", "words"})
    words = _mapping(found["words"], f"{place}.words")
    return FactName(
        label=_text(found["label"], f"{place}.label"),
        words=MappingProxyType({code: _text(text, f"{place}.words.{code}") for code, text in words.items()}),
    )


def _term(entry: Any, place: str) -> Term:
    found = _mapping(entry, place)
    if len(found) != 1 or not set(found) <= {"hours", "working_days"}:
        raise UnreadableRuleset(f"{place}: expected either hours or working_days")
    ((unit, number),) = found.items()
    return Term(**{unit: _whole(number, f"{place}.{unit}")})


# --- values of a document, each read in one way ----------------------------------------------------


def _object(value: Any, place: str, names: set[str]) -> dict[str, Any]:
    found = _mapping(value, place)
    if found.keys() != names:
        wrong = ", ".join(sorted(found.keys() ^ names))
        raise UnreadableRuleset(f"{place or 'the document'}: missing or unknown: {wrong}")
    return found


def _mapping(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise UnreadableRuleset(f"{place or 'the document'}: expected names with values")
    return value


def _list(value: Any, place: str) -> list[tuple[Any, str]]:
    """The entries, each with its place."""
    if not isinstance(value, list):
        raise UnreadableRuleset(f"{place}: expected a list")
    return [(entry, f"{place}[{number}]") for number, entry in enumerate(value)]


def _words(value: Any, place: str) -> list[str]:
    return [_string(entry, where) for entry, where in _list(value, place)]


def _string(value: Any, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UnreadableRuleset(f"{place}: expected a text")
    return value


def _matching(value: Any, place: str, pattern: str) -> str:
    if not re.fullmatch(pattern, _string(value, place)):
        raise UnreadableRuleset(f"{place}: {value!r} is not written like {pattern}")
    return str(value)


def _whole(value: Any, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 9999:
        raise UnreadableRuleset(f"{place}: {value!r} is not a whole number from 1 to 9999")
    return value


def _choice(choices: Any, value: Any, place: str) -> Any:
    if value not in choices.values:
        raise UnreadableRuleset(f"{place}: {value!r} is none of {', '.join(choices.values)}")
    return choices(value)


def _text(value: Any, place: str) -> TranslatedText:
    found = _mapping(value, place)
    if absent := set(LANGUAGES) - found.keys():
        raise UnreadableRuleset(f"{place}: no words in {', '.join(sorted(absent))}")
    return TranslatedText(
        {language: _string(words, f"{place}.{language}") for language, words in found.items()}
    )


def _sentence(value: Any, place: str, names: Collection[str]) -> TranslatedText:
    """A text with plain {names} in it; formats and attributes could reach into the process."""
    text = _text(value, place)
    for language, words in text.items():
        try:
            fields = list(string.Formatter().parse(words))
        except ValueError as error:
            raise UnreadableRuleset(f"{place}.{language}: {error}") from error
        for _, name, form, conversion in fields:
            if name is not None and (name not in names or form or conversion):
                raise UnreadableRuleset(f"{place}.{language}: {{{name}}} is no fact shown and no threshold")
    return text


def _thresholds_in(when: Any) -> set[str]:
    names = expression.variables(when)
    return {name.removeprefix(THRESHOLD) for name in names if name.startswith(THRESHOLD)}


def _known(names: Collection[str], known: Collection[str], place: str, why: str) -> None:
    if unknown := set(names) - set(known):
        raise UnreadableRuleset(f"{place}: {why} {', '.join(sorted(unknown))}")


def _unique(entries: Iterable[Any], place: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        if entry.id in found:
            raise UnreadableRuleset(f"{place}: {entry.id} stands there twice")
        found[entry.id] = entry
    return found
