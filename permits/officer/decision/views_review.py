"""Steps before the decision: take one file, put it back, ask the employer."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from permits import powers
from permits.actions import review
from permits.case_types.registry import case_type
from permits.checks.required_documents import damaged, of_newest, question_about, unseen
from permits.models import Application
from permits.officer.decision import text_blocks
from permits.officer.decision.forms import AskForm, ReleaseForm
from permits.officer.file.lookups import file_or_404
from permits.officer.rendering import show
from permits.workflow import APPLICATION
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.expected import as_read, expected_id
from wpis.ui.refusals import attempt


@requires(powers.TAKE)
@require_POST
def take(request: SignedInRequest, reference: str) -> HttpResponse:
    """Assign this file to the officer; when a colleague took it first, the queue offers the next one."""
    application = file_or_404(request, reference)
    try:
        review.take(application, by=request.user, at=clock.now())
    except Refused:
        text = _("Somebody else took %(reference)s a moment ago. Take the next case instead.")
        messages.warning(request, text % {"reference": reference})
        return redirect("officer:queue")
    return redirect("officer:file", reference)


@requires(powers.TAKE)
@reads("permits.file.read")
def release(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put one's own file back into the queue, with a note."""
    application = file_or_404(request, reference)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and attempt(
        form,
        lambda: review.release(application, form.cleaned_data["reason"], by=request.user, at=clock.now()),
    ):
        messages.success(request, _("%(reference)s is back in the queue.") % {"reference": reference})
        return redirect("officer:queue")
    return show(request, "decision/release", file=application, form=form)


@requires(powers.ASK)
@reads("permits.file.read")
def ask(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write a question: ready sentences and the preview only fill the page, sending takes the step."""
    application, now = file_or_404(request, reference), clock.now()
    declared = case_type(application.kind)
    form = AskForm(declared.parts, request.POST or None, initial=_first_words(request, application))
    sends = request.method == "POST" and not request.POST.keys() & {"add", "preview"}
    if sends and attempt(
        form,
        lambda: review.ask(
            application,
            **form.cleaned_data,
            expected_submission=expected_id(request.POST, "submission"),
            by=request.user,
            at=now,
        ),
    ):
        messages.success(request, _("The question was sent. The clock stands still until the answer."))
        return redirect("officer:file", reference)
    blocks = {key: block for key, block in text_blocks.BLOCKS.items() if block.section in declared.parts}
    if request.POST.get("add") in blocks:
        form = _with_block(request, application)
    return show(
        request,
        "decision/ask",
        file=application,
        submission=as_read(request, "submission", application.submissions.latest("number").pk),
        form=form,
        blocks=blocks,
        answer_by=_answer_by(application, now),
        preview=form.cleaned_data if "preview" in request.POST and form.is_valid() else None,
        refusals=APPLICATION.refusals(application, "ask", request.user),
    )


def _first_words(request: SignedInRequest, application: Application) -> dict[str, Any]:
    """What the form holds at first: the parts of the address, or the documents that are asked for again."""
    if "again" not in request.GET:
        return {"sections": request.GET.getlist("part")}
    required = case_type(application.kind).documents
    attached = of_newest(application)
    with translation.override(application.language):
        text = question_about([*unseen(required, attached), *damaged(attached)])
    return {"text": text, "sections": ["documents"]}


def _with_block(request: SignedInRequest, application: Application) -> AskForm:
    """The form with one more ready sentence and its part ticked; nothing is saved."""
    key, sections = request.POST["add"], request.POST.getlist("sections")
    text = text_blocks.add(request.POST.get("text", ""), key, application.language)
    return AskForm(
        case_type(application.kind).parts,
        initial={"text": text, "sections": [*sections, text_blocks.BLOCKS[key].section]},
    )


def _answer_by(application: Application, at: datetime) -> date:
    assert application.submitted_at
    return case_type(application.kind).answer_due(
        timezone.localdate(at), submitted=timezone.localdate(application.submitted_at)
    )
