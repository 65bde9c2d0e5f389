"""Words for the audit actions of accounts."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "accounts.session.open": _("Signed in"),
    "accounts.session.close": _("Signed out"),
    "accounts.password.change": _("Changed the password"),
    "accounts.password.reset": _("Set a new password by a link"),
    "accounts.email.add": _("Added an e-mail address"),
    "accounts.email.confirm": _("Confirmed an e-mail address"),
    "accounts.email.make_primary": _("Made another e-mail address the main one"),
    "accounts.email.remove": _("Removed an e-mail address"),
    "accounts.factor.add": _("Set up a second step of sign-in"),
    "accounts.factor.remove": _("Turned off a second step of sign-in"),
    "accounts.recovery_codes.make": _("Made new recovery codes"),
    "accounts.recovery_codes.read": _("Saw the recovery codes"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
