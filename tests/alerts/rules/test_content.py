"""A ruleset's document is read strictly; a fault is named with its place."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.rules import engine
from alerts.rules.content import UnreadableRuleset, read
from tests.factories.rulesets import document

pytestmark = pytest.mark.django_db


def says_in(**sentences: str) -> Callable[[dict[str, Any]], Any]:
    """Replace sentences of A01."""
    return lambda document: document["rules"][0]["sentence"].update(sentences)


def broken(where: str, change: Callable[[dict[str, Any]], Any], says: str) -> Any:
    return pytest.param(change, where, says, id=f"{where} {says}")


@pytest.mark.parametrize(
    ("change", "where", "says"),
    [
        broken("the document", lambda d: d.pop("rules"), "missing or unknown: rules"),
        broken("the document", lambda d: d.update(extra=1), "missing or unknown: extra"),
        broken("format 2", lambda d: d.update(format=2), "is not 1"),
        broken("rules", lambda d: d.update(rules={}), "expected a list"),
        broken("rules", lambda d: d["rules"].append(d["rules"][0]), "A01 stands there twice"),
        broken("rules[0]", lambda d: d["rules"][0].pop("source"), "missing or unknown: source"),
        broken("rules[0].id", lambda d: d["rules"][0].update(id="A1; DROP"), "is not written like"),
        broken("rules.A01.version", lambda d: d["rules"][0].update(version=True), "not a whole number"),
        broken("rules.A01.version", lambda d: d["rules"][0].update(version=0), "not a whole number"),
        broken("rules.A01.evidence", lambda d: d["rules"][0].update(evidence="E9"), "is none of E0"),
        broken("rules.A01.group", lambda d: d["rules"][0].update(group=[]), "is none of"),
        broken("rules.A01.title", lambda d: d["rules"][0]["title"].pop("hy"), "no words in hy"),
        broken("rules.A01.title.ru", lambda d: d["rules"][0]["title"].update(ru=" "), "expected a text"),
        broken("rules.A01.when.<[1].*[1]", lambda d: d["rules"][0].update(thresholds={}), "no threshold"),
        broken("rules.A01.thresholds", lambda d: d["rules"][0]["thresholds"].update(x=1), "unused: x"),
        broken("rules.A01.thresholds.tolerance", lambda d: d["rules"][0]["thresholds"].update(tolerance="1"), "number"),
        broken("rules.A01.shows", lambda d: d["rules"][0].update(shows=["monthly_gross"]), "not shown"),
        broken("rules.A01.shows", lambda d: d["rules"][0]["shows"].append("nationality"), "no fact nationality"),
        broken("rules.A01.sentence.hy", says_in(hy="{worker_fee}"), "no fact shown"),
        broken("rules.A01.sentence.en", says_in(en="{monthly_gross.__class__}"), "no fact shown"),
        broken("rules.A01.sentence.en", says_in(en="{monthly_gross!r}"), "no fact shown"),
        broken("rules.A01.sentence.en", says_in(en="{monthly_gross:>9}"), "no fact shown"),
        broken("rules.A01.sentence.en", says_in(en="{0}"), "no fact shown"),
        broken("rules.A01.sentence.en", says_in(en="{"), "Single '{'"),
        broken("rules.A01.when.!", lambda d: d["rules"][0].update(when={"!": []}), "unknown operator"),
        broken("typologies", lambda d: d["typologies"].append(d["typologies"][0]), "stands there twice"),
        broken("typologies.child.level", lambda d: d["typologies"][0].update(level="calm"), "is none of"),
        broken("levels", lambda d: d["levels"].pop("urgent"), "missing or unknown: urgent"),
        broken("levels.urgent", lambda d: d["levels"].update(urgent={}), "either hours or working_days"),
        broken("levels.urgent.hours", lambda d: d["levels"].update(urgent={"hours": 1.5}), "not a whole number"),
        broken("facts.age_years", lambda d: d["facts"]["age_years"].pop("words"), "missing or unknown: words"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(
    change: Callable[[dict[str, Any]], Any], where: str, says: str
) -> None:
    with pytest.raises(UnreadableRuleset) as refused:
        read(document(change))
    message = str(refused.value)
    assert message.startswith(where), message
    assert says in message


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.just([]), st.just({}),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_document_with_anything_replaced_is_read_or_refused_and_nothing_worse(data: st.DataObject) -> None:
    changed = document()
    path = data.draw(st.sampled_from(sorted(places(changed), key=str)))
    if not path:
        changed = data.draw(JUNK)
    else:
        holder: Any = changed
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = data.draw(JUNK)
    try:
        content = read(changed)
    except UnreadableRuleset:
        return
    engine.compiled(content)
