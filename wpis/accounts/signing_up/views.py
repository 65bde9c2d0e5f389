"""The page that asks for the code of a letter: of somebody who signs up, a right one makes the account."""

# allauth has no types, so its views are Any to mypy.
# mypy: disable-error-code="misc"

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.views import ConfirmEmailVerificationCodeView
from django.http import HttpResponseBase

from wpis.accounts.signing_up import pending


class EmailCodeView(ConfirmEmailVerificationCodeView):
    """allauth knows sign-ups without an account only as those that are refused; here all of them begin so."""

    public = "asks for a code that was sent to an address; what it shows is the same for every address"

    def _verify_form_valid(self, form: Any) -> HttpResponseBase:
        if "user_id" in self._process.state:
            return super()._verify_form_valid(form)  # type: ignore[no-any-return]
        user = pending.complete(self.request, self._process.email) if self.stage else None
        if user is None:
            form.add_error("code", get_adapter().validation_error("incorrect_code"))
            return self.form_invalid(form)  # type: ignore[no-any-return]
        self.request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
        self.stage.login.user = user
        return self.stage.exit()  # type: ignore[no-any-return]


email_code = EmailCodeView.as_view()
