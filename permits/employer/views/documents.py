"""The documents of an application: upload one at a time, see its status, remove it."""

import math
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from permits import powers
from permits.actions import documents
from permits.completeness.missing import missing
from permits.employer.forms import DocumentForm
from permits.employer.pages import PAGES, after, page_or_404, pages_of
from permits.employer.rendering import show
from permits.employer.scope import own_application, own_or_started
from permits.employer.views.drafts import offers_undo
from permits.models import Application, DocumentKind
from permits.queries import open_parts
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused, TooMany
from wpis.ui.refusals import show_refusal


@requires(powers.FILE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads("permits.application.read")
@offers_undo
def document_list(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The files of the application, and a form for one more."""
    application = own_or_started(request, pk)
    page_or_404(application, "documents")
    if request.method != "POST":
        if "documents" not in open_parts(application):
            return redirect("employer:application", pk)
        return _page(request, application, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            documents.attach(
                application,
                form.cleaned_data["file"],
                form.cleaned_data["kind"],
                by=request.user,
                at=clock.now(),
            )
            return redirect(request.get_full_path())
        except TooMany as refused:
            show_refusal(form, refused)
            page = _page(request, application, form, status=429)
            page["Retry-After"] = str(math.ceil(refused.retry_after.total_seconds()))
            return page
        except Refused as refused:
            show_refusal(form, refused)
    return _page(request, application, form, status=422)


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


def _page(
    request: SignedInRequest, application: Application, form: DocumentForm, status: int = 200
) -> HttpResponse:
    then, asked = request.GET.get("then", ""), list(pages_of(application))
    context = {
        "application": application,
        "form": form,
        "page": PAGES["documents"],
        "number": asked.index("documents") + 1,
        "total": len(asked),
        "documents": application.attached,
        "missing": [
            DocumentKind(item.field).label for item in missing(application) if item.part == "documents"
        ],
        "next": after(application, "documents", asked=then),
        "back": after(application, "documents", asked=then or "list"),
    }
    return show(request, PAGES["documents"].template, context, status=status)
