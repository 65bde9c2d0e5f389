"""Other files of the same person: those filed with the same passport, by whichever employer."""

from permits.models import Application

MOST = 20
"""Files shown; a passport with more of them is searched for."""


def same_passport(application: Application) -> list[Application]:
    """The other files that were filed with this passport, newest first; none where no number is known.

    Asked of the keyed index, as the office's search asks it; drafts are nobody's business but the employer's.
    """
    index = application.worker.passport_index
    if not index:
        return []
    files = Application.objects.filter(worker__passport_index=index).exclude(submitted_at=None)
    return list(
        files.exclude(pk=application.pk).select_related("employer").order_by("-submitted_at", "id")[:MOST]
    )
