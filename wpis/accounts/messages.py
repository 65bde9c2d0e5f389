"""The error messages of sign-in, in place of allauth's own."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

SIGN_IN_PROBLEMS = {  # allauth's adapters give these; the first one never tells which of the two was wrong
    "email_password_mismatch": _("The e-mail address or the password is wrong. Check both and try again"),
    "incorrect_password": _("This is not your password. Try again"),
    "enter_current_password": _("This is not the password you have now. Try again"),
    "incorrect_code": _("This code is not right, or too old. Enter the newest one"),
    "code_used_up": _("Too many wrong codes. Ask for a new code"),
    "codes_used_up": _("Too many wrong codes. Cancel, and begin again"),
    "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again"),
    "rate_limited": _("Too many tries. Wait a few minutes, then try again"),
    "email_taken": _("There is an account with this e-mail address already. Sign in instead"),
    "duplicate_email": _("This e-mail address is on your account already"),
    "account_inactive": _("This account is closed. Contact us if you think this is a mistake"),
    "invalid_password_reset": _("This link no longer works. Ask for a new one"),
    "same_as_current": _("Enter something other than what you have now"),
    "cannot_delete_authenticator": _("You need a second step of sign-in. Set up another one first"),
    "cannot_generate_recovery_codes": _("Set up an authenticator app or a key first"),
    "unverified_email": _("Confirm your e-mail address first"),
    "add_email_blocked": _("While the second step of sign-in is on, the e-mail address cannot be changed"),
}


def wrong_code(tries: int) -> str:
    """That a code of a letter was wrong, and how many tries are left."""
    return ngettext(
        "This code is not right, or too old. Enter the newest one, you have %(tries)d more try",
        "This code is not right, or too old. Enter the newest one, you have %(tries)d more tries",
        tries,
    ) % {"tries": tries}
