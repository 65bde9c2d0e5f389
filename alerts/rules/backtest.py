"""Puts a ruleset to all history at once: how often would each rule hit, and how many alerts would that raise.

It reads the facts of one builder version. A submission that has none of it yet is counted as such, never as clear:
run `manage.py rebuild_facts` first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from alerts.facts import builder
from alerts.models import Facts
from alerts.rules import engine
from alerts.rules.content import Content


@dataclass(frozen=True, slots=True)
class Answers:
    """How many submissions one rule gave each answer."""

    hits: int
    unknowns: int
    clears: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What a ruleset says about all history."""

    submissions: int  # put to the ruleset
    without_facts: int  # have facts of other builder versions only
    rules: Mapping[str, Answers]
    typologies: Mapping[str, int]  # submissions that meet each
    raised: int  # submissions that meet any; screening would merge those of one application


def backtest(content: Content, version: int | None = None) -> Backtest:
    """The answers over all facts of a builder version, by default the newest; one statement for all of it."""
    version = builder.VERSION if version is None else version
    select = engine.compiled(content)
    met = [_met(each.when) for each in content.typologies.values()]
    counted = ["TRUE", *(f'"{id}"' for id in select.rules), *(f'"{id}" IS NULL' for id in select.rules)]
    counted += [*met, " OR ".join(met) or "FALSE"]
    columns = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in counted)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {columns} FROM ({select.sql} WHERE "alerts_facts"."builder_version" = %s) a',  # noqa: S608  our own words
            [*select.parameters, version],
        )
        total, *counts = cursor.fetchone()
    rules = len(select.rules)
    hits, unknowns, typologies = counts[:rules], counts[rules : 2 * rules], counts[2 * rules :]
    return Backtest(
        submissions=total,
        without_facts=Facts.objects.values("submission").distinct().count() - total,
        rules={
            id: Answers(hit, unknown, total - hit - unknown)
            for id, hit, unknown in zip(select.rules, hits, unknowns, strict=True)
        },
        typologies=dict(zip(content.typologies, typologies[:-1], strict=True)),
        raised=typologies[-1],
    )


def _met(lines: tuple[frozenset[str], ...]) -> str:
    """A typology as SQL over the columns of the rules; ids were validated when the ruleset was read."""
    return (
        "(" + " OR ".join("(" + " AND ".join(f'"{id}"' for id in sorted(line)) + ")" for line in lines) + ")"
    )
