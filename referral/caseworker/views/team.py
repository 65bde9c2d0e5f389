"""Who reads a case: its team, and the question to somebody from outside."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from referral import powers
from referral.access import actions as access
from referral.access.cases import known_cases
from referral.cases.clocks.team import outside_access_ends
from referral.cases.team import in_team, stays, team
from referral.caseworker.forms.team import MemberForm, OutsideForm
from referral.caseworker.lookups import case_or_404, need_to_know
from referral.caseworker.views.page import case_page
from referral.forms import posted, status_of
from referral.models import CaseMember
from wpis import clock
from wpis.accounts.models import User
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.refusals import attempt


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@reads("referral.case.try_outside")
def outside(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Ask somebody outside the team why they read this case; the page shows nothing of it but its alias."""
    found = get_object_or_404(known_cases(request.user), pk=case)
    if in_team(found, request.user):
        return redirect("referral:case", case=found.pk)
    form, at = OutsideForm(posted(request)), clock.now()
    if attempt(
        form,
        lambda: access.record_outside_access(found, **form.cleaned_data, by=request.user, at=at),
    ):
        return redirect("referral:case", case=found.pk)
    trail.record("referral.case.try_outside", by=request.user, subject=found)
    context = {"case": found, "form": form, "until": outside_access_ends(at), "desk": "cases"}
    return render(request, "referral/caseworker/case/outside.html", context, status=status_of(form))


@requires(powers.WORK)
@require_http_methods(["GET", "POST"])
@need_to_know
@reads("referral.case.read")
def members(request: SignedInRequest, case: UUID) -> HttpResponse:
    """List who reads the case without a reason, and name a colleague."""
    found = case_or_404(request, case, "team")
    there = team(found)
    inside = [found.caseworker_id, *(row.member_id for row in there)]
    working = User.objects.working_on(clock.today())
    workers = working.filter(role__in=powers.WORK.roles).exclude(pk__in=inside)
    form = MemberForm(workers.order_by("name", "email"), posted(request))
    if attempt(
        form,
        lambda: access.add_member(found, form.cleaned_data["colleague"], by=request.user, at=clock.now()),
    ):
        messages.success(request, _("Saved."))
        return redirect("referral:team", case=found.pk)
    staying = {row.pk for row in there if stays(row, clock.now())}
    context = {"form": form, "members": there, "staying": staying, "colleagues": workers.exists()}
    return case_page(request, "case/team.html", found, "team", status=status_of(form), **context)


@requires(powers.WORK)
@require_POST
@need_to_know
def remove(request: SignedInRequest, case: UUID, member: UUID) -> HttpResponse:
    """End a colleague's place in the team."""
    found = case_or_404(request, case, "team")
    named = get_object_or_404(CaseMember.objects.select_related("case"), pk=member, case=found)
    try:
        access.remove_member(named, by=request.user, at=clock.now())
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
    else:
        messages.success(request, _("Saved."))
    return redirect("referral:team", case=found.pk)
