"""Filters of the queue, kept in the query string so that a list can be bookmarked and shared."""

from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from permits import powers
from permits.models import Application
from permits.search.applications import LONGEST, among_all, employers
from permits.states import OPEN, State
from wpis.accounts.models import User
from wpis.classifications.provinces import Province
from wpis.formatting.days import day
from wpis.ui.fields import DateField
from wpis.ui.forms import Form


class FilterForm(Form):
    """Nothing here is required, so no label says "(optional)"."""

    mark_optional = False


class DayFilter(filters.Filter):
    """A date entered in three fields: day, month, year."""

    field_class = DateField


def _officers(request: Any) -> QuerySet[User]:
    """Officers, including those who left: their files are the ones that somebody should take over."""
    return User.objects.filter(role__in=powers.TAKE.roles).order_by("name", "email")


def _open_states() -> list[tuple[str, Any]]:
    return [(state.value, state.label) for state in State if state in OPEN]


class QueueFilter(filters.FilterSet):
    """What narrows the list of files."""

    q = filters.CharFilter(
        label=_("Reference, permit or passport number, worker or employer"), method="find", max_length=LONGEST
    )
    province = filters.ChoiceFilter(
        label=_("Province of the workplace"),
        field_name="terms__province",
        choices=Province.choices,
        empty_label=_("All provinces"),
    )
    employer = filters.CharFilter(label=_("Employer or tax number"), method="of_employer", max_length=LONGEST)
    officer = filters.ModelChoiceFilter(
        label=_("Officer"), queryset=_officers, empty_label=_("All officers"), null_label=_("Nobody")
    )
    state = filters.ChoiceFilter(label=_("Status"), choices=_open_states, empty_label=_("Every status"))
    due = DayFilter(label=_("Decision due by"), field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Application
        fields: list[str] = []
        form = FilterForm

    def find(self, files: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Free text."""
        return among_all(files, value)

    def of_employer(self, files: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Files of the employers that the text names."""
        return files.filter(employer__in=employers(value).values("pk"))


def active(chosen: filters.FilterSet) -> list[str]:
    """The names of the filters that are on; of wrong values none is."""
    given = chosen.form.cleaned_data if chosen.form.is_valid() else {}
    return sorted(name for name, value in given.items() if value not in (None, ""))


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter in words, and the address of the list without it."""

    label: str
    value: str
    query: str


def chips(chosen: QueueFilter, query: QueryDict) -> list[Chip]:
    """The filters that are on, in the order of the form."""
    found = []
    for name, value in (chosen.form.cleaned_data if chosen.form.is_valid() else {}).items():
        if value in (None, ""):
            continue
        rest = query.copy()
        for key in [
            key for key in rest if key == name or key.startswith(f"{name}_") or key in ("after", "before")
        ]:
            del rest[key]
        field = chosen.form.fields[name]
        found.append(Chip(str(field.label), _said(field, value), rest.urlencode()))
    return found


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(str(getattr(value, "pk", value)), value))  # type: ignore[arg-type]
    return day(value) if isinstance(field, DateField) else str(value)
