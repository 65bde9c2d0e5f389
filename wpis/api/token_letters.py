"""The letter to the maker of a token a week before it ends, once: a program that stops has nobody who wonders why.

It says neither label nor secret: a letter is read by others too.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from wpis.api.lifetime import AnyToken, works
from wpis.formatting.days import written_day
from wpis.letters.sending import nothing, sending
from wpis.outbox import Effect, OutboxRow

KIND = "token_ends"
TOLD_BEFORE = timedelta(days=7)


def queue(jobs: type[OutboxRow], tokens: QuerySet[AnyToken], *, at: datetime) -> None:
    """Add the job for each token that ends within a week; the key of a job is its token, so that there is one."""
    ending = tokens.filter(works(at), ends_at__lte=at + TOLD_BEFORE).values_list("pk", flat=True)
    jobs._default_manager.bulk_create(
        [jobs(kind=KIND, key=token, created_at=at, due_at=at) for token in ending], ignore_conflicts=True
    )


def prepare(tokens: QuerySet[AnyToken], job: OutboxRow, at: datetime, *, url: str) -> Effect:
    """Write the letter in every language; the returned effect sends it, to nobody once the token has ended."""
    found = tokens.filter(works(at), pk=job.key).values_list("user__email", "created_at", "ends_at").first()
    if found is None:
        return nothing
    email, made_at, ends_at = found
    parts = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            context = {"made_at": made_at, "ends_at": ends_at, "url": url}
            parts.append(render_to_string("tokens/ends_soon.txt", context))
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A token of your program ends on %(day)s") % {"day": written_day(ends_at)}
    return sending(job, to=email, subject=subject, body="\n".join(parts))
