"""Setting up the first second factor: the page that asks for the enrolment code, and what a right one opens."""

from datetime import timedelta

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wpis import clock
from wpis.accounts.factors import factors_of
from wpis.accounts.limits import ENROLS_UNTIL
from wpis.accounts.powers import public
from wpis.rate_limits.limiter import check_rate_limit, limit_of_guesses
from wpis.second_factor.codes import use_code
from wpis.second_factor.forms import CodeForm

TIME = timedelta(minutes=30)
GUESSES = limit_of_guesses("enrolment codes")


@public("asks for the enrolment code of whoever has just signed in with a password; opens nothing by itself")
def enrol(request: HttpRequest) -> HttpResponseBase:
    """A right code lets this session set up a second factor; a code works once, so it opens no other session."""
    user = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if factors_of(user).exists():
        return redirect("/")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if check_rate_limit(GUESSES, str(user.pk), at=clock.real_now()):
            form.add_error("code", _("Too many tries. Wait a few minutes, then try again"))
        elif use_code(form.cleaned_data["code"], by=user, at=clock.real_now()):
            request.session.cycle_key()
            request.session[ENROLS_UNTIL] = (clock.real_now() + TIME).timestamp()
            return redirect("mfa_index")
        else:
            form.add_error(
                "code", _("This code does not work. Check it, or ask your administrator for a new one")
            )
    return _page(request, form)


def _page(request: HttpRequest, form: CodeForm) -> HttpResponse:
    return render(request, "staff/enrol.html", {"form": form}, status=422 if form.errors else 200)
