"""The file page, its masked values, its permit."""

import structlog
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from permits import certificate, powers
from permits.certificate.of_permit import face
from permits.models import Application, ApplicationDocument, Permit
from permits.officer.file import masks
from permits.officer.file.dossier import gather, ground_in_words
from permits.officer.file.forms import RevealForm
from permits.officer.file.lookups import file_or_404
from permits.officer.rendering import show
from permits.submissions.reading import read_if_readable
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused

log = structlog.get_logger(__name__)


@requires(powers.READ_FILES)
@require_safe
@reads("permits.file.read")
def file(request: SignedInRequest, reference: str) -> HttpResponse:
    """The whole file: documents beside data, checks, questions, decisions, history. Opening it is logged."""
    application = file_or_404(request, reference)
    dossier = gather(
        application, request.user, clock.now(), request.GET.get("document"), request.GET.get("page")
    )
    if dossier.look.replaced:
        _report_replaced(request, application, dossier.look.current)
    return show(
        request,
        "file/file",
        file=application,
        dossier=dossier,
        permit=Permit.objects.filter(application=application).first(),
        can_ask=any(offer.asks for offer in dossier.offers),
        can_override=powers.OVERRIDE.held_by(request.user),
    )


def _report_replaced(
    request: SignedInRequest, application: Application, document: ApplicationDocument | None
) -> None:
    """Tell the administrator and the auditor that other bytes lie where a cleared file was."""
    log.error("file_replaced", reference=application.reference)
    trail.record("permits.document.withhold", by=request.user, subject=document)


@requires(powers.READ_FILES)
@reads("permits.file.read")
def reveal(request: SignedInRequest, reference: str, field: str) -> HttpResponse:
    """Ask why, then show one masked value, once: it is in no address, no session and no list."""
    application = file_or_404(request, reference)
    if field not in masks.MASKED:
        raise Http404
    form = RevealForm(request.POST or None)
    value = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        value = masks.reveal(application, field, given["why"], given["note"], by=request.user)
    return show(request, "file/reveal", file=application, label=masks.MASKED[field], form=form, value=value)


@requires(powers.READ_FILES)
@require_safe
@reads("permits.file.read")
def permit(request: SignedInRequest, reference: str) -> HttpResponse:
    """The permit that was issued on this file."""
    application = file_or_404(request, reference)
    issued = get_object_or_404(Permit.objects.select_related("submission"), application=application)
    filed = read_if_readable(issued.submission)
    ground = ground_in_words(issued.ground, application.submitted_at)
    return show(request, "file/permit", file=application, permit=issued, filed=filed, ground=ground)


@requires(powers.READ_FILES)
@require_safe
@reads("permits.permit.read")
def permit_pdf(request: SignedInRequest, reference: str) -> HttpResponse:
    """The printed permit, equal to the employer's byte for byte."""
    application = file_or_404(request, reference)
    issued = get_object_or_404(
        Permit.objects.select_related("submission__application"), application=application
    )
    trail.record("permits.permit.read", by=request.user, subject=issued)
    name = f'inline; filename="{issued.number}.pdf"'
    try:
        pdf = certificate.render(face(issued))
    except Refused as refusal:
        messages.error(request, " ".join(str(reason) for reason in refusal.reasons))
        return redirect("officer:permit", reference)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})
