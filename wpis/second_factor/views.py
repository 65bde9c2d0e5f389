"""Views in place of allauth's: the last key stays, and an authenticator app is moved to a new phone in one step."""

# allauth has no types, so its views are Any to mypy.
# mypy: disable-error-code="misc"

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic.edit import FormView

from wpis.accounts.factors import factors_of, may_remove
from wpis.accounts.messages import SIGN_IN_PROBLEMS


class RemoveKeyView(RemoveWebAuthnView):
    """Remove a key, unless it is the last factor of somebody who needs one; allauth asks its adapter for apps only."""

    public = "a person's own sign-in, like the pages of allauth around it"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask, or say at once that it cannot be."""
        return super().get(request, *args, **kwargs) if may_remove(self.get_object()) else self._refuse()

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Remove it. The account stays locked until this is committed."""
        return super().form_valid(form) if may_remove(self.get_object()) else self._refuse()

    def _refuse(self) -> HttpResponse:
        messages.error(self.request, SIGN_IN_PROBLEMS["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class ReplaceTOTPView(ActivateTOTPView):
    """The app of a new phone in place of the old one: an account has one app, so the new cannot be added first."""

    public = "a person's own sign-in, like the pages of allauth around it"
    template_name = "mfa/totp/replace_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only where there is an app to replace, and apps count."""
        if not factors_of(request.user).filter(type=Authenticator.Type.TOTP).exists():
            return redirect("mfa_index")
        return FormView.dispatch(self, request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Both at once: whoever has no code of the new app keeps the old one."""
        with transaction.atomic():
            old = Authenticator.objects.select_for_update().get(
                user=self.request.user, type=Authenticator.Type.TOTP
            )
            old.delete()
            signals.authenticator_removed.send(
                sender=Authenticator, request=self.request, user=self.request.user, authenticator=old
            )
            _new, codes = activate_totp(self.request, form)
        self.did_generate_recovery_codes = bool(codes)
        return FormView.form_valid(self, form)
