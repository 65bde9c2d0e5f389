"""What an agency's case system gets and sends. The names of classes and fields are part of the published schema."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from referral.agencies import presenters
from referral.agencies.directory import find_agency
from referral.disclosure.partner_view import SharedValue, shared_values
from referral.models import Referral
from referral.referrals.workflow import REFERRAL
from referral.states import ReferralState
from wpis.api.strict import StrictSerializer

STEPS = ("accept", "decline", "complete")


class ItemSummary(serializers.Serializer[Any]):
    """One line of the list: nothing of what was shared."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.ChoiceField(ReferralState.choices)
    purpose = serializers.CharField()
    purpose_title = serializers.SerializerMethodField()
    sent_at = serializers.DateTimeField()
    answer_due_at = serializers.DateTimeField(help_text="accept or decline before this moment")
    answered_at = serializers.DateTimeField(allow_null=True)
    access_until = serializers.DateTimeField(help_text="the item can be read before this moment only")

    def get_purpose_title(self, referral: Referral) -> str:
        """What is asked, in the language of the request."""
        return presenters.purpose_title(referral)


class SharedField(serializers.Serializer[Any]):
    """One field that was shared."""

    name = serializers.CharField(help_text="its name in the catalogue")
    title = serializers.CharField()
    value = serializers.JSONField(
        allow_null=True,
        help_text="as it was sent: codes, ISO dates (of birth also YYYY-MM and YYYY), whole drams; "
        "null is 'not recorded'",
    )
    text = serializers.SerializerMethodField(help_text="the same for a reader, a line for each sentence")

    def get_text(self, field: SharedValue) -> str:
        """As the page writes it."""
        return field.text if isinstance(field.text, str) else "\n".join(field.text)


class PossibleOutcome(serializers.Serializer[Any]):
    """What may come of an item at this agency."""

    outcome = serializers.CharField()
    title = serializers.CharField()


class Item(ItemSummary):
    """One item with what was shared: the fields of its page, and no other."""

    legal_ground = serializers.CharField()
    shared = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField(help_text="what can be done with it now")
    outcomes = serializers.SerializerMethodField(help_text="one of these completes it")
    outcome = serializers.CharField(help_text="empty while nothing came of it")
    outcome_title = serializers.SerializerMethodField()
    outcome_note = serializers.CharField(allow_null=True)

    @extend_schema_field(SharedField(many=True))
    def get_shared(self, referral: Referral) -> Any:
        """The fields that mandate and consent allow now."""
        return SharedField(shared_values(referral, self.context["fields"]), many=True).data

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField([(step, step) for step in STEPS]))
    )
    def get_steps(self, referral: Referral) -> list[str]:
        """The steps that can be taken now; each is the last word of an address."""
        return [step for step in REFERRAL.steps(referral, self.context["by"]) if step in STEPS]

    @extend_schema_field(PossibleOutcome(many=True))
    def get_outcomes(self, referral: Referral) -> list[dict[str, str]]:
        """The outcomes of the agency, out of the directory."""
        choices = presenters.outcome_choices(find_agency(referral.agency))
        return [{"outcome": slug, "title": title} for slug, title in choices]

    def get_outcome_title(self, referral: Referral) -> str:
        """What came of it, in the language of the request."""
        return presenters.outcome_title(referral)


class Decline(StrictSerializer):
    """Why the agency does not take it on."""

    _missing = _("Say why you decline, so that another agency can be found.")
    reason = serializers.CharField(
        max_length=1000,
        help_text="the caseworker reads this and looks for other help",
        error_messages={"required": _missing, "blank": _missing, "null": _missing},
    )


class Complete(StrictSerializer):
    """What came of an accepted item."""

    outcome = serializers.CharField(max_length=40, help_text="one of the item's `outcomes`")
    note = serializers.CharField(
        max_length=2000, default="", allow_blank=True, help_text="the caseworker reads it"
    )
