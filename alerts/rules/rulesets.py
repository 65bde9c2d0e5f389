"""Rulesets: finds the one in force, reads what a stored one says, and publishes the next one."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from alerts import powers
from alerts.models import Ruleset, RulesetStatus
from alerts.rules.content import Content, UnreadableRuleset, digest, read
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import ChangedMeanwhile, Refused

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
    found = _read(ruleset)
    if len(_contents) >= KEPT:
        _contents.clear()
    return _contents.setdefault(found.digest, found)


def _read(ruleset: Ruleset) -> Content:
    if digest(ruleset.content) != ruleset.digest:
        raise UnreadableRuleset("the content is not the one that was published under this digest")
    return read(ruleset.content)


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


@transaction.atomic
def publish(ruleset: Ruleset, *, by: User, at: datetime) -> Ruleset:
    """Put a proposed or shadow ruleset in force as the second person, and retire the one that was.

    Raises PermissionDenied, Refused for the proposer or when its content cannot be read, ChangedMeanwhile when it
    is live or retired already. Returns the fresh ruleset.
    """
    authorize(by, powers.PUBLISH)
    rows = {row.pk: row for row in Ruleset.objects.select_for_update(no_key=True).order_by("pk")}
    current = rows[ruleset.pk]  # every row is locked, so of two who publish at once one waits
    if current.status not in (RulesetStatus.PROPOSED, RulesetStatus.SHADOW):
        raise ChangedMeanwhile
    if current.proposed_by_id == by.pk:
        raise Refused(_("You proposed this ruleset; a second analyst must publish it."))
    try:
        _read(current)  # what is stored now, not what this process may have read before
    except UnreadableRuleset as error:
        raise Refused(
            _("The ruleset cannot be read, so it cannot be published: %(error)s") % {"error": error}
        ) from error
    former = next((row for row in rows.values() if row.status == RulesetStatus.LIVE), None)
    if former is not None:
        former.status = RulesetStatus.RETIRED
        former.save(update_fields=["status"])
    current.status, current.approved_by, current.starts_at = RulesetStatus.LIVE, by, at
    current.save(update_fields=["status", "approved_by", "starts_at"])
    trail.record(
        "alerts.ruleset.publish",
        by=by,
        subject=current,
        version=current.version,
        digest=current.digest,
        former=former.version if former else "",
    )
    return current
