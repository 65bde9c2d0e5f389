"""Decisions: propose one on a legal ground, and as a second person confirm it or send it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from permits import powers
from permits.actions import decisions
from permits.assessment.assess import Assessment, assess
from permits.case_types.registry import case_type
from permits.models import Application, Decision, Outcome
from permits.officer.decision import letters
from permits.officer.decision.forms import DecisionForm, JustifiedForm, ReturnForm
from permits.officer.decision.standing import standing
from permits.officer.file.dossier import ground_in_words
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


@requires(powers.PROPOSE)
@require_safe
@reads("permits.file.read")
def decide(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose what to propose, and read what each choice waits for."""
    application = file_or_404(request, reference)
    waits = {
        outcome: APPLICATION.refusals(application, decisions.PROPOSE[outcome], request.user)
        for outcome in Outcome
    }
    return show(
        request,
        "decision/decide",
        file=application,
        **standing(assess(application, at=clock.now())),
        waits_approval=waits[Outcome.APPROVAL],
        waits_refusal=waits[Outcome.REFUSAL],
    )


@requires(powers.PROPOSE)
@reads("permits.file.read")
def propose(request: SignedInRequest, reference: str, outcome: str) -> HttpResponse:
    """Name ground and reasons, look at the letter, propose."""
    if outcome not in Outcome.values:
        raise Http404
    application, now = file_or_404(request, reference), clock.now()
    found = assess(application, at=now)
    justified = outcome == Outcome.APPROVAL and bool(found.broken_limits)
    form = DecisionForm(application, outcome, request.POST or None, justified=justified)
    sends = request.method == "POST" and "preview" not in request.POST
    if sends and attempt(
        form,
        lambda: decisions.propose(
            application,
            outcome,
            **form.cleaned_data,
            expected_submission=expected_id(request.POST, "submission"),
            by=request.user,
            at=now,
        ),
    ):
        messages.success(request, _("The decision is proposed. A second person confirms it."))
        return redirect("officer:file", reference)
    preview = None
    if "preview" in request.POST and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("ground", "reason")}
        preview = letters.preview(application, outcome, **said, decided_on=timezone.localdate(now))
    return show(
        request,
        "decision/propose",
        file=application,
        **standing(found),
        submission=as_read(request, "submission", application.submissions.latest("number").pk),
        outcome=Outcome(outcome),
        form=form,
        preview=preview,
    )


@requires(powers.CONFIRM)
@reads("permits.file.read")
def confirm(request: SignedInRequest, reference: str) -> HttpResponse:
    """Read what will happen, then make the proposed decision final."""
    application, now = file_or_404(request, reference), clock.now()
    found = assess(application, at=now)
    sent = request.POST if request.method == "POST" else None
    form = JustifiedForm(sent, justified=_approves(found) and bool(found.broken_limits))
    refusals: list[str] = []
    if form.is_valid():
        try:
            current = decisions.confirm(
                application,
                **form.cleaned_data,
                expected_decision=expected_id(request.POST, "decision"),
                by=request.user,
                at=now,
            )
        except Refused as refusal:
            refusals = refusal.reasons
        else:
            messages.success(
                request, _("The decision is final: %(state)s.") % {"state": current.get_state_display()}
            )
            return redirect("officer:file", reference)
    return _confirm_page(request, found, form, ReturnForm(), refusals)


@requires(powers.CONFIRM)
@require_POST
@reads("permits.file.read")
def send_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Return the proposal to its officer with a reason."""
    application, form = file_or_404(request, reference), ReturnForm(request.POST)
    if attempt(
        form,
        lambda: decisions.send_back(
            application,
            form.cleaned_data["reason"],
            expected_decision=expected_id(request.POST, "decision"),
            by=request.user,
            at=clock.now(),
        ),
    ):
        messages.success(request, _("The proposal went back to its officer."))
        return redirect("officer:file", reference)
    found = assess(application, at=clock.now())
    asked = JustifiedForm(justified=_approves(found) and bool(found.broken_limits))
    return _confirm_page(request, found, asked, form, [])


def _approves(found: Assessment) -> bool:
    return any(each.settled_at is None and each.outcome == Outcome.APPROVAL for each in found.decisions)


def _confirm_page(
    request: SignedInRequest,
    found: Assessment,
    form: JustifiedForm,
    returning: ReturnForm,
    refusals: list[str],
) -> HttpResponse:
    application = found.application
    decision = next((each for each in found.decisions if each.settled_at is None), None)
    return show(
        request,
        "decision/confirm",
        file=application,
        **standing(found),
        case=case_type(application.kind),
        justifications=decision.justifications.select_related("by") if decision else [],
        decision=decision,
        read=as_read(request, "decision", decision.pk if decision else ""),
        ground=ground_in_words(decision.ground, application.submitted_at) if decision else "",
        not_yours=APPLICATION.refusals(application, "return", request.user),
        refusals=refusals,
        form=form,
        returning=returning,
        preview=_letter(application, decision) if decision else None,
        status=409 if refusals else 422 if returning.errors else 200,
    )


def _letter(application: Application, decision: Decision) -> letters.Preview:
    return letters.preview(
        application,
        decision.outcome,
        ground=decision.ground,
        reason=decision.reason,
        decided_on=clock.today(),
    )
