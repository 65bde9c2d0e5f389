"""User-visible strings of Django and allauth, listed so that our message catalogues translate them.

Our catalogues take precedence. Django's Armenian translation is about 80 % complete; allauth has none.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

BORROWED = (
    # Django: fields of forms that are not ours, and passwords.
    _("This field is required."),
    _("Enter a valid email address."),
    _("Enter a valid value."),
    _("This password is too common."),
    _("Your password can’t be a commonly used password."),
    _("Currently"),
    _("Change"),
    _("Clear"),
    # allauth: labels and messages that no form of ours rewords.
    _("Code"),
    _("Email"),
    _("Master key"),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("Incorrect code."),
    _("You must type the same password each time."),
)

TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %(min_length)d character.",
    "This password is too short. It must contain at least %(min_length)d characters.",
    "min_length",
)
LENGTH = ngettext_lazy(
    "Your password must contain at least %(min_length)d character.",
    "Your password must contain at least %(min_length)d characters.",
    "min_length",
)
