"""The first page: an introduction for visitors, and for signed-in employers what needs their attention."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from permits import powers
from permits.case_types.registry import CASE_TYPES
from permits.companies.inviting import open_invitations
from permits.employer.overview import overview
from permits.queries import employers_of
from permits.states import CompanyState
from permits.verify.forms import PermitNumberForm
from wpis import clock, law
from wpis.accounts.powers import public
from wpis.audit import trail


@public("the front page tells everybody what the service is")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Visitors see an introduction; an employer sees what to do next."""
    if not powers.FILE.held_by(request.user):
        return render(
            request,
            "permits/employer/home/front.html",
            {"form": PermitNumberForm(), "law": law.in_force(clock.today())},
        )
    employers = list(employers_of(request.user))
    invited = open_invitations(request.user, clock.now()).count()
    if not employers:
        return render(
            request,
            "permits/employer/home/welcome.html",
            {"may_register": powers.REGISTER_EMPLOYER.held_by(request.user), "invited": invited},
        )
    found = overview(request.user)
    trail.record_list("permits.applications.read", by=request.user, shown=found.keys(), page="home")
    return render(
        request,
        "permits/employer/home/home.html",
        {
            "overview": found,
            "invited": invited,
            "asked": [each for each in employers if each.state == CompanyState.WAITING],
            "starts_at_once": len(employers) == 1 and len(CASE_TYPES) == 1,
        },
    )
