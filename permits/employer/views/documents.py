"""The documents of an application: send them, see what became of them, replace, remove and bring back."""

import math
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permits import powers
from permits.actions import documents
from permits.employer.document_rows import UNDO, lacking, removed_lately, rows
from permits.employer.forms import DocumentForm
from permits.employer.pages import PAGES, after, page_or_404, pages_of
from permits.employer.rendering import show
from permits.employer.scope import own_application, own_or_started
from permits.employer.views.drafts import offers_undo
from permits.models import Application
from permits.queries import open_parts
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.documents import reading
from wpis.documents.images import page_image
from wpis.documents.models import State
from wpis.documents.sandbox import Unreadable
from wpis.errors import Refused, TooMany

THUMBNAIL = 240
"""Width in pixels: twice that on the page, for fine screens."""


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.application.read")
@offers_undo
def document_list(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A row for each document, a box for what is needed; whatever was chosen is taken, whichever button sent it."""
    application = own_or_started(request, pk)
    page_or_404(application, "documents")
    if request.method != "POST":
        if "documents" not in open_parts(application):
            return redirect("employer:application", pk)
        return _page(request, application, _form(application))
    form = _form(application, request.POST, request.FILES)
    form.full_clean()
    too_many = _attach(request, application, form)
    if not form.errors:
        asked = request.GET.get("then", "")
        onward = after(application, "documents", asked=asked)
        return _moved(request, onward if "continue" in request.POST else request.get_full_path())
    page = _page(request, own_or_started(request, pk), form, status=429 if too_many else 422)
    if too_many:
        page["Retry-After"] = str(math.ceil(too_many.retry_after.total_seconds()))
    return page


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.application.read")
@offers_undo
def remove_document(request: SignedInRequest, pk: UUID, document: UUID) -> HttpResponse:
    """Ask for confirmation, then remove the file from the application."""
    application = own_application(request, pk)
    found = get_object_or_404(
        application.documents.select_related("upload", "application__employer"), pk=document, removed_at=None
    )
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            documents.remove(found, by=request.user, at=clock.now())
            return redirect("employer:documents", pk)
        except Refused as refused:
            refusal = refused
    context = {"application": application, "document": found, "refusal": refusal}
    return show(request, "documents/remove_document", context, status=409 if refusal else 200)


@requires(powers.FILE)
@require_POST
@offers_undo
def restore_document(request: SignedInRequest, pk: UUID, document: UUID) -> HttpResponse:
    """Bring a removed file back within the day."""
    application = own_application(request, pk)
    found = get_object_or_404(
        application.documents.select_related("upload", "application__employer"),
        pk=document,
        removed_at__gt=clock.now() - UNDO,
    )
    try:
        if found in removed_lately(application, clock.now()):
            documents.restore(found, by=request.user, at=clock.now())
    except Refused as refused:
        messages.error(request, " ".join(map(str, refused.reasons)))
    return redirect(reverse("employer:documents", args=[pk]))


@requires(powers.FILE)
@require_safe
@reads("permits.document.read")
def document_thumbnail(request: SignedInRequest, pk: UUID, document: UUID) -> HttpResponse:
    """A small picture of the first page of a checked file, drawn by the server; reading it is logged."""
    application = own_application(request, pk)
    attached = get_object_or_404(
        application.documents.select_related("upload"),
        pk=document,
        removed_at=None,
        upload__state=State.CLEAN,
    )
    try:
        picture = page_image(reading.content(attached.upload), 1, THUMBNAIL)
    except Unreadable:
        raise Http404 from None
    trail.record("permits.document.read", by=request.user, subject=attached, kind=attached.kind, page=1)
    return HttpResponse(picture, content_type="image/png")


def _form(application: Application, *sent: object) -> DocumentForm:
    return DocumentForm(*sent, needed=lacking(application), attached=application.attached)


def _attach(request: SignedInRequest, application: Application, form: DocumentForm) -> TooMany | None:
    """Take every chosen file that can be taken, and say of the others at their boxes why not."""
    too_many: TooMany | None = None
    for chosen in list(form.chosen()):
        try:
            if chosen.replaces:
                documents.replace(chosen.replaces, chosen.file, by=request.user, at=clock.now())
            else:
                documents.attach(application, chosen.file, chosen.kind, by=request.user, at=clock.now())
        except Refused as refused:
            form.add_error(chosen.field, list(refused.reasons))
            too_many = refused if isinstance(refused, TooMany) else too_many
    return too_many


def _moved(request: SignedInRequest, address: str) -> HttpResponse:
    """Go on; the script that shows how far the sending is reads the address and goes there itself."""
    if "Wpis-Upload" in request.headers:
        return HttpResponse(status=204, headers={"Location": address})
    return redirect(address)


def _page(
    request: SignedInRequest, application: Application, form: DocumentForm, status: int = 200
) -> HttpResponse:
    then, asked = request.GET.get("then", ""), list(pages_of(application))
    shown = rows(application)
    if form.is_bound:
        _offer_boxes(form, application)
    context = {
        "application": application,
        "form": form,
        "page": PAGES["documents"],
        "number": asked.index("documents") + 1,
        "total": len(asked),
        "rows": shown,
        "removed": removed_lately(application, clock.now()),
        "waits": any(each.upload.state == State.QUARANTINED for each in application.attached),
        "back": after(application, "documents", asked=then or "list"),
    }
    return show(request, PAGES["documents"].template, context, status=status)


def _offer_boxes(form: DocumentForm, application: Application) -> None:
    """After some files of several were taken, the form has the boxes of what is there now as well."""
    fresh = _form(application)
    for name, field in fresh.fields.items():
        form.fields.setdefault(name, field)
