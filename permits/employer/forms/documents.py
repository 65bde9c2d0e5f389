"""The page of the documents: a box for each needed file, one to replace each that is there, one for any other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permits.document_kinds import DocumentKind
from permits.models import ApplicationDocument
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios

NO_FILE = _("Choose a file to upload")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file that somebody chose: in which box, what it is, and the document that it stands in for, if any."""

    field: str
    file: Any
    kind: str
    replaces: ApplicationDocument | None = None


class DocumentForm(Form):
    """Any number of files at once, each in its box; and one of any other kind, for which the kind is asked."""

    mark_optional = False

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=DocumentKind.choices, widget=Radios, required=False
    )

    def __init__(
        self,
        *args: Any,
        needed: Iterable[DocumentKind] = (),
        attached: Iterable[ApplicationDocument] = (),
        **kwargs: Any,
    ) -> None:
        self.boxes: dict[str, tuple[str, ApplicationDocument | None]] = {
            **{box_of(kind): (str(kind), None) for kind in needed},
            **{box_to_replace(document): (document.kind, document) for document in attached},
        }
        super().__init__(*args, **kwargs)
        for name in (*self.boxes, "file"):
            self.fields[name] = _box()

    def clean(self) -> dict[str, Any]:
        """A file of any kind has one; whoever pressed the button of a box has chosen a file for it, or for another."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        kind, file = given.get("kind"), given.get("file")
        if file and not kind and "kind" not in self.errors:
            self.add_error("kind", _("Choose what the file is"))
        if not file and "file" not in self.errors and (kind or not self._moves_on(given)):
            self.add_error(self._pressed(), NO_FILE)
        return given

    def chosen(self) -> Iterator[Chosen]:
        """The files that can be read, in the order of the page."""
        for name, (kind, replaces) in self.boxes.items():
            if file := self.cleaned_data.get(name):
                yield Chosen(name, file, kind, replaces)
        if (file := self.cleaned_data.get("file")) and (kind := self.cleaned_data.get("kind", "")):
            yield Chosen("file", file, kind)

    def _moves_on(self, given: dict[str, Any]) -> bool:
        return "continue" in self.data or any(given.get(name) or name in self.errors for name in self.boxes)

    def _pressed(self) -> str:
        pressed = self.data.get("add", "")
        return pressed if pressed in self.boxes else "file"


def box_of(kind: str) -> str:
    """The name of the box for a needed file."""
    return f"file_{kind}"


def box_to_replace(document: ApplicationDocument) -> str:
    """The name of the box for another file in place of this one."""
    return f"replace_{document.pk.hex}"


def _box() -> forms.FileField:
    return forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, up to 10 MB"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        required=False,
    )
