"""Rulesets: finds the one in force, and reads what a stored one says."""

import structlog

from alerts.models import Ruleset, RulesetStatus
from alerts.rules.content import Content, UnreadableRuleset, digest, read

KEPT = 32
"""Rulesets kept read in a process; a country has one in force and a few in trial."""

log = structlog.get_logger(__name__)

_contents: dict[str, Content] = {}


def current() -> Ruleset:
    """The live ruleset. Raises Ruleset.DoesNotExist when none is live: then nothing can be screened."""
    return Ruleset.objects.defer("content").get(status=RulesetStatus.LIVE)


def content(ruleset: Ruleset) -> Content:
    """What the ruleset says, read once in a process. Raises UnreadableRuleset.

    Load rulesets with `content` deferred: the document is fetched only when its digest is new here.
    """
    known = _contents.get(ruleset.digest)
    if known is not None:
        return known
    if digest(ruleset.content) != ruleset.digest:
        raise UnreadableRuleset("the content is not the one that was published under this digest")
    found = read(ruleset.content)
    if len(_contents) >= KEPT:
        _contents.clear()
    return _contents.setdefault(found.digest, found)


def readable(ruleset: Ruleset) -> Content | None:
    """The same for pages, which must open whatever was found; None when it cannot be read."""
    try:
        return content(ruleset)
    except UnreadableRuleset as error:
        log.error("ruleset_unreadable", ruleset=ruleset.version, error=str(error))
        return None


def titles(ids: list[str], content: Content | None) -> list[str]:
    """The titles of typologies in the reader's language; an id stands for one that cannot be read."""
    known = {} if content is None else content.typologies
    return [known[id].label if id in known else id for id in ids]


def published() -> list[Ruleset]:
    """Rulesets that may have raised alerts: the live one first, then the retired, the newest first."""
    rows = Ruleset.objects.filter(status__in=[RulesetStatus.LIVE, RulesetStatus.RETIRED]).defer("content")
    return sorted(rows, key=lambda row: row.status != RulesetStatus.LIVE)


def typology_titles() -> dict[str, str]:
    """Every typology that an alert may name, with its title of the newest ruleset that has it."""
    found: dict[str, str] = {}
    for ruleset in published():
        content = readable(ruleset)
        for typology in content.typologies.values() if content else ():
            found.setdefault(typology.id, typology.label)
    return found
