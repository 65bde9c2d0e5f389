"""Taking over a file that a colleague has: read who has it, say why, go on with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from permits import powers
from permits.actions import review
from permits.models import Application, State
from permits.officer.decision.forms import TakeOverForm
from permits.officer.file.lookups import file_or_404
from permits.officer.holding import holding, steps_of
from permits.officer.rendering import show
from permits.states import TAKE_OVER
from permits.workflow import APPLICATION
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.expected import as_read, expected_count


@requires(powers.TAKE)
@reads("permits.file.read")
def take_over(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take the file over with a reason; if the file changed meanwhile, show its new state and keep the reason typed."""
    application, form = file_or_404(request, reference), TakeOverForm(request.POST or None)
    if request.method == "POST" and application.officer == request.user:
        messages.info(request, _("You have %(reference)s already.") % {"reference": reference})
        return redirect("officer:file", reference)  # a second click on the same button
    refusals: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            review.take_over(
                application,
                form.cleaned_data["reason"],
                expected_steps=expected_count(request.POST, "steps"),
                by=request.user,
                at=clock.now(),
            )
        except Refused as refusal:
            application, refusals = file_or_404(request, reference), refusal.reasons
        else:
            messages.success(request, _said(application))
            return redirect("officer:file", reference)
    return _page(request, application, form, refusals)


def _page(
    request: SignedInRequest, application: Application, form: TakeOverForm, refusals: list[str]
) -> HttpResponse:
    held_up = APPLICATION.refusals(application, TAKE_OVER.get(application.state, "take_over"), request.user)
    question = application.questions.filter(answered_at=None).first()
    held = holding(application, steps_of(application))
    return show(
        request,
        "decision/take_over",
        file=application,
        form=form,
        held=held,
        read=as_read(request, "steps", held.steps),
        question=question if application.state == State.WAITING else None,
        may=not held_up,
        refusals=refusals or held_up,
        status=409 if refusals else 200,
    )


def _said(application: Application) -> str:
    """The message to the new officer; `application` is the file before it was taken over."""
    words = _("%(reference)s is yours now.") % {"reference": application.reference}
    if application.officer is None:
        return words
    told = _("%(officer)s sees it under “Taken from you”.") % {"officer": application.officer}
    return f"{words} {told}"
