"""The caseworker's lists."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referral.access.actions import add_member
from referral.agencies.presenters import agency_name
from tests.factories.referral import (
    a_case,
    a_caseworker,
    a_confirmed_alert,
    a_consent,
    a_partner,
    a_referral,
    send,
)
from tests.referral.pages import text, url

pytestmark = pytest.mark.django_db


def test_lists_show_aliases_and_never_names(protection):
    case = a_case()
    desk = protection.sign_in(case.caseworker)
    for tab in ("waiting", "mine", "open", "unanswered", "closed"):
        page = desk.get(url("inbox"), {"tab": tab})
        assert page.status_code == 200
        assert "SHARMA" not in page.content.decode()
        assert (case.alias in page.content.decode()) == (tab in ("mine", "open"))


def test_a_colleague_s_case_is_known_by_alias_reference_and_caseworker_alone(protection, client_on):
    """Whom the person wishes to speak with, whether it is a child, and who was told, is for the team."""
    case = a_case(at=timezone.now() - timedelta(days=3), child=True)
    a_partner("ngo-shelter")
    a_consent(case)
    referral = send(case, at=timezone.now() - timedelta(days=3))
    named = a_caseworker()
    add_member(case, named, by=case.caseworker, at=timezone.now())
    told = {"open": ["A woman", "Child"], "unanswered": [agency_name(referral.agency)]}
    for tab, words in told.items():
        for reader, knows in ((case.caseworker, True), (named, True), (a_caseworker(), False)):
            page = client_on("protection").sign_in(reader).get(url("inbox"), {"tab": tab})
            assert case.alias in text(page)
            assert str(case.caseworker) in text(page)
            assert [word in text(page) for word in words] == [knows] * len(words), (tab, knows)


@pytest.mark.parametrize("tab", ["waiting", "mine", "open", "unanswered"])
def test_an_inbox_tab_costs_the_same_queries_however_long_it_is(protection, tab):
    caseworker = a_caseworker()
    desk = protection.sign_in(caseworker)

    before = timezone.now() - timedelta(days=3)

    def fill():
        a_confirmed_alert()
        case = a_case(by=caseworker, at=before)
        a_partner("ngo-shelter")
        a_consent(case)
        send(case, at=before)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url("inbox"), {"tab": tab}).status_code == 200
        return len(queries)

    fill()
    cost()
    one = cost()
    fill()
    fill()
    assert cost() == one


def test_unanswered_referrals_stand_on_top_of_every_list(protection):
    referral, _partner = a_referral(at=timezone.now() - timedelta(days=3))
    desk = protection.sign_in(referral.case.caseworker)
    assert "1 referral was not answered in time" in text(desk.get(url("inbox"), {"tab": "mine"}))
    assert "2 days late" in text(desk.get(url("inbox"), {"tab": "unanswered"}))
