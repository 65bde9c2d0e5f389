"""Words for the audit actions of accounts."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "accounts.session.open": _("Signed in"),
    "accounts.session.close": _("Signed out"),
    "accounts.password.change": _("Changed the password"),
    "accounts.password.rehash": _("Password stored in a newer form when signing in"),
    "accounts.password.reset": _("Set a new password by a link"),
    "accounts.email.add": _("Added an e-mail address"),
    "accounts.email.confirm": _("Confirmed an e-mail address"),
    "accounts.email.make_primary": _("Made another e-mail address the main one"),
    "accounts.email.remove": _("Removed an e-mail address"),
    "accounts.factor.add": _("Set up a second step of sign-in"),
    "accounts.factor.remove": _("Turned off a second step of sign-in"),
    "accounts.recovery_codes.make": _("Made new recovery codes"),
    "accounts.recovery_codes.read": _("Saw the recovery codes"),
    "accounts.enrolment.issue": _("Enrolment code made"),
    "accounts.enrolment.use": _("Enrolment code used"),
    "accounts.enrolment.fail": _("Enrolment code was not right"),
    "accounts.staff.ask": _("Asked for a change of an account"),
    "accounts.staff.approve": _("Confirmed a change of an account"),
    "accounts.staff.do": _("Changed an account alone, where one person is enough"),
    "accounts.staff.refuse": _("Refused a change of an account"),
    "accounts.staff.withdraw": _("Took back a request about an account"),
    "accounts.staff.invite": _("Account of staff made"),
    "accounts.staff.first": _("Administrator made by the owner of the database"),
    "accounts.staff.change": _("Role, agency or last day of an account changed"),
    "accounts.staff.close": _("Account closed"),
    "accounts.staff.reopen": _("Account opened again"),
    "accounts.staff.reset_factor": _("Second step of sign-in removed by two persons"),
    "accounts.staff.end_sessions": _("Sessions of an account ended"),
    "accounts.staff.repeat_invitation": _("Invitation repeated"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
