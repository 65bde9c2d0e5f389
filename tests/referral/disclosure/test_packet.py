"""A packet holds what mandate and consent have in common, for every agency, purpose and answer."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from referral.agencies.directory import agencies
from referral.cases import person
from referral.disclosure import packet, presenters
from referral.disclosure.packet import Withheld
from referral.models import Case, Consent
from referral.shared_fields.catalogue import catalogue

NOW = timezone.now()
PURPOSES = [(agency, purpose) for agency in agencies().values() for purpose in agency.purposes.values()]
VALUES: dict[str, Any] = {
    "birth_date": "1991-03-27",
    "contract_dates": ["2026-08-01", "2027-05-31"],
    "languages": ["hi", "en"],
    "findings": [{"en": "A fee of 900 000 dram.", "hy": "900 000 դրամ վճար։"}],
    "child": False,
    "housing_at_workplace": True,
    "worker_fee": 900_000,
    "gross_wage": 0,
    "deductions": 15_000,
    "weekly_hours": 40.0,
    "work_province": "AM-ER",
    "citizenship": "IND",
}


@st.composite
def cases(draw):
    """A case about whom anything or nothing is known."""
    known = draw(st.sets(st.sampled_from(sorted(person.FROM_FILE))))
    return Case(
        person={slug: VALUES.get(slug, f"secret-{slug}") for slug in known},
        contact_how=draw(st.sampled_from([None, "secret-how"])),
        language=draw(st.sampled_from(["", "hi"])),
        interviewer_wish=draw(st.sampled_from(["", "woman"])),
    )


@st.composite
def answers(draw):
    """Any answer of the person, also none, also taken back."""
    if draw(st.booleans()):
        return None
    back = draw(st.booleans())
    fields = draw(st.sets(st.sampled_from(sorted(catalogue()))))
    return Consent(
        fields=sorted(fields), answer="yes", withdrawn_at=timezone.now() - timedelta(1) if back else None
    )


@given(cases(), st.sampled_from(PURPOSES), answers())
def test_a_packet_is_exactly_what_mandate_and_consent_have_in_common(case, receiver, consent):
    agency, purpose = receiver
    content = packet.build(case, agency, purpose, consent, at=timezone.now())
    agreed = set(consent.fields) if consent and consent.withdrawn_at is None else set()
    refused = consent is not None and consent.withdrawn_at is not None and not purpose.overrides_refusal
    without = set() if refused else set(purpose.fields)
    expected = set(purpose.fields) & agreed if purpose.needs_consent else without
    assert set(content.shared) == expected
    assert set(content.withheld) == set(catalogue()) - expected
    for slug, why in content.withheld.items():
        assert (why == Withheld.NO_CONSENT) == (slug in purpose.fields)
    for slug in set(content.withheld) - {"child"}:
        assert not re.search(rf"secret-{slug}(?!\w)", str(content.shared))


@given(cases(), st.sampled_from(PURPOSES), answers())
def test_a_value_that_is_not_known_is_said_and_never_dropped(case, receiver, consent):
    agency, purpose = receiver
    content = packet.build(case, agency, purpose, consent, at=timezone.now())
    for slug, raw in content.shared.items():
        with translation.override("en"):
            written = presenters.value(slug, raw)
        assert written
        assert (written == "Not recorded") == (raw is None)


@given(cases(), st.sampled_from(PURPOSES), answers(), answers())
def test_agreeing_to_more_never_shares_less_and_the_digest_follows_the_content(case, receiver, one, other):
    agency, purpose = receiver
    first, second = (packet.build(case, agency, purpose, consent, at=NOW) for consent in (one, other))
    assert (first.digest == second.digest) == (first.shared == second.shared)
    if (
        one
        and other
        and not one.withdrawn_at
        and not other.withdrawn_at
        and set(one.fields) <= set(other.fields)
    ):
        assert set(first.shared) <= set(second.shared)


def test_false_and_nought_are_answers():
    case = Case(person={"worker_fee": 0, "housing_at_workplace": False, "recruiter": ""})
    assert person.value(case, "worker_fee") == 0
    assert person.value(case, "housing_at_workplace") is False
    assert person.value(case, "recruiter") is None
    assert presenters.value("weekly_hours", 40.0) == "40"
    assert presenters.value("worker_fee", 0) == "0\u00a0֏"
    with translation.override("en"):
        assert presenters.value("housing_at_workplace", False) == "No"
