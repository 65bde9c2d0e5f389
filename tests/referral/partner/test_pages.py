"""The pages of the people who work at an agency."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referral.models import Referral
from tests.factories.permits import a_user
from tests.factories.referral import (
    a_partner,
    a_referral,
)
from tests.referral.pages import text, url
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_partner_list_costs_the_same_queries_however_long_it_is(protection):
    _item, partner = a_referral()
    desk = protection.sign_in(partner)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url("partner_inbox")).status_code == 200
        return len(queries)

    cost()
    one = cost()
    a_referral()
    a_referral()
    assert cost() == one


def test_another_agencys_referral_and_an_absent_one_are_the_same_404(protection):
    referral, _shelter = a_referral(agency="ngo-shelter")
    police = protection.sign_in(a_partner("police-anti-trafficking"))
    for name in ("item", "decline", "outcome"):
        foreign, absent = police.get(url(name, referral.pk)), police.get(url(name, uuid.uuid4()))
        assert foreign.status_code == absent.status_code == 404
        assert _neutral(foreign) == _neutral(absent)
    foreign, absent = police.post(url("accept", referral.pk)), police.post(url("accept", uuid.uuid4()))
    assert foreign.status_code == absent.status_code == 404
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert "Nothing was sent to you" in text(police.get(url("partner_inbox")))


def _neutral(response):
    """The page without what differs between any two requests."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", re.sub(r"\d\d:\d\d", "", body))


def test_a_partner_without_an_agency_sees_nothing(protection):
    a_referral()
    desk = protection.sign_in(a_user(Role.PARTNER))
    assert "Nothing was sent to you" in text(desk.get(url("partner_inbox")))


def test_every_reading_is_audited_with_the_fields_seen(protection):
    referral, partner = a_referral()
    desk = protection.sign_in(partner)
    desk.get(url("item", referral.pk))
    desk.get(url("item", referral.pk))
    events = AuditEvent.objects.filter(
        action="referral.disclosure.read", subject=referral.pk, actor=partner.pk
    )
    assert events.count() == 2
    assert events[0].detail["fields"] == referral.fields


def test_after_its_time_a_referral_shows_only_that_access_has_ended(protection):
    referral, partner = a_referral()
    Referral.objects.filter(pk=referral.pk).update(access_until=timezone.now() - timedelta(minutes=1))
    desk = protection.sign_in(partner)
    for name in ("item", "decline", "outcome"):
        page = desk.get(url(name, referral.pk))
        assert page.status_code == 410
        assert "Your access to this item has ended" in text(page)
        assert referral.case.alias not in text(page)
    assert referral.reference not in text(desk.get(url("partner_inbox")))
    assert desk.post(url("accept", referral.pk)).status_code == 302
    referral.refresh_from_db()
    assert referral.state == "sent"


def test_declining_without_a_reason_is_refused_in_words(protection):
    referral, partner = a_referral()
    page = protection.sign_in(partner).post(url("decline", referral.pk), {"reason": " "})
    assert page.status_code == 422
    assert "Say why you decline" in text(page)
