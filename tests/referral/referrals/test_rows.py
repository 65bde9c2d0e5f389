"""What was sent stays as it was sent."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from referral.models import Referral
from referral.states import ReferralState
from tests.factories.referral import a_consent, a_partner, a_referral, send

pytestmark = pytest.mark.django_db


def test_what_was_sent_can_never_be_changed_or_deleted():
    referral, _partner = a_referral()
    changes: tuple[dict[str, object], ...] = (
        {"fields": []},
        {"digest": "0" * 64},
        {"agency": "ombudsman"},
        {"sent_at": timezone.now()},
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state=ReferralState.COMPLETED)
    with pytest.raises(DatabaseError), transaction.atomic():
        referral.delete()


def test_two_agencies_cannot_tell_that_they_hold_the_same_case():
    referral, _partner = a_referral()
    a_partner("ombudsman")
    a_consent(referral.case, "ombudsman", "complaint", fields=("safe_contact",))
    other = send(referral.case, "ombudsman", "complaint")
    assert referral.reference != other.reference
    assert referral.case.reference not in (referral.reference, other.reference)
    assert referral.case.alias not in str(other.packet)
