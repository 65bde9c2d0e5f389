"""Document pages as images rendered by the server; officers never open the original file."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from permits import powers
from permits.models import ApplicationDocument
from permits.officer.file.lookups import file_or_404
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.documents import reading
from wpis.documents.images import page_image
from wpis.documents.models import State
from wpis.documents.sandbox import Unreadable
from wpis.errors import UnreadableRecord

WIDTH, LARGE = 1200, 2000


@requires(powers.READ_FILES)
@require_safe
@reads("permits.document.read")
def document_page(request: SignedInRequest, reference: str, document: UUID, page: int) -> HttpResponse:
    """One page as a PNG picture; reading it is logged. Only the bytes that were cleared are shown."""
    attached = get_object_or_404(
        ApplicationDocument.objects.select_related("upload"),
        pk=document,
        application=file_or_404(request, reference),
        upload__state=State.CLEAN,
    )
    try:
        picture = page_image(
            _as_checked(attached, reference), page, LARGE if "large" in request.GET else WIDTH
        )
    except Unreadable:
        raise Http404 from None
    trail.record("permits.document.read", by=request.user, subject=attached, kind=attached.kind, page=page)
    return HttpResponse(picture, content_type="image/png")


def _as_checked(attached: ApplicationDocument, reference: str) -> bytes:
    """The bytes that were cleared. Raises Tampered, with the reference for the administrator, when others lie there."""
    try:
        return reading.content(attached.upload)
    except UnreadableRecord as replaced:
        replaced.reference = reference
        raise
