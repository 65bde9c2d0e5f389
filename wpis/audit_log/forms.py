"""The search of the auditor's log."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wpis.ui.fields import DateField
from wpis.ui.forms import Form


class LogForm(Form):
    """Filters of the log; all optional, all together."""

    action = forms.CharField(label=_("Action starts with"), max_length=80, required=False)
    actor = forms.EmailField(label=_("E-mail of the account"), required=False)
    subject = forms.UUIDField(label=_("Identifier of the record"), required=False)
    searched = forms.CharField(
        label=_("Somebody searched for"),
        help_text=_(
            "A name or number. The log holds no such words; it is compared with keyed digests of them."
        ),
        max_length=100,
        required=False,
    )
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)
    mark_optional = False
