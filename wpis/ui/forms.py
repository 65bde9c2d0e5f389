"""Form rendering: an error summary first, then label, hint, error and control of each field."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from wpis.ui.fields.address import take_addresses
from wpis.ui.fields.lengths import cut_overlong, too_long
from wpis.ui.messages import speak_plainly
from wpis.ui.widgets import CheckboxSet, DateBoxes, Radios

WIDTHS = (2, 4, 10, 20)  # the classes w2 .. w20: a control is about as wide as its answer


class WpiBoundField(BoundField):
    """A field with the attributes our pages promise; it applies to every form, allauth's included."""

    form: Any

    @property
    def is_choice_list(self) -> bool:
        """Whether the control is a set of radios or checkboxes."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_checkbox(self) -> bool:
        """Whether the control is one checkbox, whose label follows it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Whether the label says "(optional)"; never on checkboxes, nor where a form turns it off."""
        return not self.field.required and not self.is_checkbox and getattr(self.form, "mark_optional", True)

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """(kind, sentence) of what a page says at this field beside errors: `bad` is missing, `warn` is to look at."""
        found: list[tuple[str, str]] = getattr(self.form, "remarks", {}).get(self.name, [])
        return [] if self.errors else found

    @property
    def aria_describedby(self) -> str | None:
        """The ids of hint, error and remarks."""
        described = super().aria_describedby
        ids = [described] if described else []
        return " ".join([*ids, *([f"{self.auto_id}_remark"] if self.remarks else [])]) or None

    @property
    def faulty_parts(self) -> list[str]:
        """The boxes of a date in which something is wrong, as in ["day", "year"]."""
        found: list[str] = []
        if self.form.is_bound and self.name in self.form.errors:
            for error in self.form.errors[self.name].as_data():
                found += (error.params or {}).get("parts", [])
        return found

    @property
    def target_id(self) -> str:
        """The id that an entry of the error summary links to: the first control that needs a change."""
        if self.is_choice_list:
            return f"{self.auto_id}_0"
        if isinstance(self.field.widget, DateBoxes):
            return f"{self.auto_id}_{next(iter(self.faulty_parts), 'day')}"
        return self.id_for_label or self.auto_id

    def label_tag(
        self, contents: Any = None, attrs: Any = None, label_suffix: str | None = None, tag: Any = None
    ) -> Any:
        """The label without Django's colon."""
        return super().label_tag(contents, attrs, label_suffix or "", tag)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """No `required` (we word the message ourselves), no placeholder, a width that hints at the answer."""
        widget = widget or self.field.widget
        attrs = dict[str, Any](super().build_widget_attrs(attrs, widget))
        attrs.pop("required", None)
        if "placeholder" in widget.attrs:
            attrs["placeholder"] = False
        if isinstance(widget, Radios | CheckboxSet | DateBoxes):
            attrs.pop("aria-invalid", None)  # said once on the group, or only on the faulty boxes
        if isinstance(widget, DateBoxes):
            attrs["faulty"] = self.faulty_parts
        if width := self._width(widget):
            attrs["class"] = f"{widget.attrs.get('class', '')} {width}".strip()
        return attrs

    def _width(self, widget: forms.Widget) -> str:
        if not isinstance(widget, forms.TextInput):
            return ""
        size = getattr(self.field, "width", None) or getattr(self.field, "max_length", None) or 0
        return next((f"w{width}" for width in WIDTHS if 0 < size <= width), "")


def target_of(form: forms.BaseForm, name: str) -> str:
    """The id by which a link reaches a field of a form."""
    bound = form[name]
    assert isinstance(bound, WpiBoundField)
    return bound.target_id


class Renderer(TemplatesSetting):
    """The renderer of all forms; `django.forms` must be installed."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = WpiBoundField


class PlainWords:
    """Mixin for forms: no colon, no browser validation, and messages that say what to do.

    A text that is far longer than its field can hold is refused before anything reads it. `missing` words the message
    for an empty field, as in `missing = {"family": _("Enter the family name")}`; without it the message is made from
    the label. `labels` and `hints` reword borrowed fields.
    """

    missing: ClassVar[dict[str, Any]] = {}
    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}
    mark_optional: ClassVar[bool] = True
    use_required_attribute = False
    fields: dict[str, forms.Field]
    errors: Any
    add_error: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            speak_plainly(field, field.label or name.replace("_", " "), self.missing.get(name))
            take_addresses(field)
        self._overlong = cut_overlong(self)

    def _clean_fields(self) -> None:
        """Read every field, and refuse those that hold far too much."""
        super()._clean_fields()  # type: ignore[misc]  # of the form beside this mixin
        for name in self._overlong.keys() - self.errors.keys():
            self.add_error(name, too_long(self.fields[name], self._overlong[name]))

    def problems(self) -> Iterator[tuple[str, str]]:
        """Every error as (id to link to, message), in the order of the page."""
        return problems(self)


class Form(PlainWords, forms.Form):
    """The base of every form of ours."""


class ModelForm(PlainWords, forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """The base of every form of ours that edits one model instance."""


def problems(form: Any) -> Iterator[tuple[str, str]]:
    """Every error of any form, ours or allauth's, as (id to link to or "", message)."""
    for message in form.non_field_errors():
        yield "", message
    for bound in form:
        for message in bound.errors:
            yield "" if bound.is_hidden else bound.target_id, message
