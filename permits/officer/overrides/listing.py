"""The list of overrides, and what narrows it."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from permits import powers
from permits.check_kinds import CheckKind
from permits.models import CheckOverride
from permits.officer.queue.filters import FilterForm
from permits.queries import OPEN_OVERRIDES
from wpis.accounts.models import User

STATES: dict[str, tuple[object, Q]] = {
    "open": (_("Waiting for a second supervisor"), OPEN_OVERRIDES),
    "confirmed": (_("Overridden by two supervisors"), Q(confirmed=True, alone=False)),
    "alone": (_("Overridden by one supervisor"), Q(alone=True)),
    "declined": (_("Declined or taken back"), Q(confirmed=False)),
}


def overrides() -> QuerySet[CheckOverride]:
    """All of them with what a row shows, the newest first."""
    return CheckOverride.objects.select_related(
        "requested_by", "settled_by", "check_row__submission__application"
    ).order_by("-requested_at", "id")


def _supervisors(request: object) -> QuerySet[User]:
    return User.objects.filter(role__in=powers.OVERRIDE.roles).order_by("name", "email")


class OverrideFilter(filters.FilterSet):
    """What narrows the list of overrides."""

    state = filters.ChoiceFilter(
        label=_("Status"),
        choices=[(key, label) for key, (label, _rows) in STATES.items()],
        empty_label=_("Every status"),
        method="in_state",
    )
    kind = filters.ChoiceFilter(
        label=_("Check"),
        field_name="check_row__kind",
        choices=CheckKind.choices,
        empty_label=_("Every check"),
    )
    person = filters.ModelChoiceFilter(
        label=_("Supervisor"), queryset=_supervisors, empty_label=_("All supervisors"), method="by_person"
    )

    class Meta:
        model = CheckOverride
        fields: list[str] = []
        form = FilterForm

    def in_state(self, rows: QuerySet[CheckOverride], name: str, value: str) -> QuerySet[CheckOverride]:
        """Of one status."""
        return rows.filter(STATES[value][1])

    def by_person(self, rows: QuerySet[CheckOverride], name: str, value: User) -> QuerySet[CheckOverride]:
        """Requested or settled by one person."""
        return rows.filter(Q(requested_by=value) | Q(settled_by=value))
