"""Words for the audit actions of accounts."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "accounts.session.open": _("Signed in"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
