"""The page that asks for the code of a letter: of somebody who signs up, a right one makes the account."""

# allauth has no types, so its views are Any to mypy.
# mypy: disable-error-code="misc"

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import (
    add_email_verification_sent_message,
    consume_email_verification_rate_limit,
)
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.views import ConfirmEmailVerificationCodeView
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from wpis.accounts.messages import wrong_code
from wpis.accounts.signing_up import pending


class EmailCodeView(ConfirmEmailVerificationCodeView):
    """allauth knows sign-ups without an account only as those that are refused; here all of them begin so.

    Too many wrong codes end the code, not the visit: a new one can be asked for on the same page.
    """

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

    def _verify_form_invalid(self, form: Any) -> HttpResponseBase:
        """Say at the field what is left: so many tries, a new code, or after all of them a new beginning."""
        if form.has_error("code", "incorrect_code") or form.has_error("code", "too_many_login_attempts"):
            process = self._process
            process.state["failed_attempts"] += 1
            left = process.max_attempts - process.state["failed_attempts"]
            if left <= 0:
                process.state["code"] = ""  # nothing that is entered equals it
            process.persist()
            del form.errors["code"]
            form.add_error("code", self._what_is_left(left))
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[no-any-return]

    def _what_is_left(self, tries: int) -> Any:
        if tries > 0:
            return wrong_code(tries)
        return get_adapter().validation_error("code_used_up" if self._process.can_resend else "codes_used_up")

    def _resend_form_valid(self, form: Any) -> HttpResponseBase:
        """A new code, by the same kind of letter as the first, with tries of its own; none when asked too often."""
        process, adapter = self._process, get_adapter()
        try:
            if "user_id" in process.state:
                process.resend()
            else:  # allauth writes to nobody who has no account
                consume_email_verification_rate_limit(self.request, process.email, raise_exception=True)
                process.generate_code()
                adapter.send_account_already_exists_mail(process.email)
                process.record_resend()
                add_email_verification_sent_message(self.request, process.email, signup=True)
        except RateLimited:
            adapter.add_message(self.request, messages.ERROR, message=adapter.error_messages["rate_limited"])
        else:
            process.state["failed_attempts"] = 0
            process.persist()
        here = self.passthrough_next_url(reverse("account_email_verification_sent"))
        return HttpResponseRedirect(here)


email_code = EmailCodeView.as_view()
