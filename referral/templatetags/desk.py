"""Filters and tags of the protection desk's templates."""

from datetime import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from referral.agencies import presenters as directory
from referral.disclosure import presenters
from referral.models import Consent, Referral
from referral.states import CaseState, Interviewer, ReferralState
from wpis.classifications import languages
from wpis.languages.reader import translated
from wpis.languages.translated import TranslatedText

register = template.Library()

CASE_TAGS = {CaseState.OPEN: "info", CaseState.REFERRED: "warn", CaseState.CLOSED: "plain"}
REFERRAL_TAGS = {
    ReferralState.SENT: "warn",
    ReferralState.ACCEPTED: "info",
    ReferralState.COMPLETED: "ok",
    ReferralState.WITHDRAWN: "plain",
}


@register.filter
def words(text: TranslatedText) -> str:
    """A text of the directory in the reader's language."""
    return translated(text)


@register.filter
def agency_name(slug: str) -> str:
    """An agency's name by its slug."""
    return directory.agency_name(slug)


@register.filter
def purpose_name(subject: Referral | Consent) -> str:
    """What a referral or an answer is for."""
    return directory.purpose_title(subject)


@register.filter
def outcome_name(referral: Referral) -> str:
    """What came of a referral; empty before there is an outcome."""
    return directory.outcome_title(referral)


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the reader's language."""
    return languages.language_name(code) if code else ""


@register.filter
def field_names(slugs: list[str]) -> list[str]:
    """The names of catalogue fields in the reader's language."""
    return [presenters.title(slug) for slug in slugs]


@register.filter
def lines(value: str | list[str]) -> list[str]:
    """The sentences of a value that has several; nothing for a plain text."""
    return value if isinstance(value, list) else []


@register.filter
def case_tag(state: str) -> str:
    """The kind of tag for a case's state."""
    return CASE_TAGS.get(CaseState(state), "")


@register.filter
def referral_tag(state: str) -> str:
    """The kind of tag for a referral's state."""
    return REFERRAL_TAGS.get(ReferralState(state), "")


@register.filter
def interviewer(code: str) -> str:
    """Whom the person wishes to speak with."""
    return str(Interviewer(code).label) if code else ""


@register.simple_tag
def time_left(until: datetime, now: datetime) -> str:
    """How long until a moment, in words: days when there are two or more, else hours, else minutes."""
    seconds = int((until - now).total_seconds())
    late, seconds = seconds < 0, abs(seconds)
    days, hours, minutes = seconds // 86400, seconds // 3600, seconds // 60
    if days >= 2:
        length = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    elif hours >= 1:
        length = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    else:
        length = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return (_("%(length)s late") if late else _("%(length)s left")) % {"length": length}
