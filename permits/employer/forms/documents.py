"""The page on which files are added, one at a time."""

from django import forms
from django.utils.translation import gettext_lazy as _

from permits.document_kinds import DocumentKind
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios


class DocumentForm(Form):
    """One file and what it is."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=DocumentKind.choices,
        widget=Radios,
        error_messages={"required": _("Choose what the file is")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, up to 10 MB"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": _("Choose a file to upload")},
    )
