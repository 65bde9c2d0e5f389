"""Two answers of one token at the same moment: the second waits for the first."""

import psycopg2
from django.utils import timezone

from referral.api.tokens import actions as tokens
from tests.conftest import SurfaceClient
from tests.factories.referral import a_referral
from tests.referral.api.conftest import CaseSystem, with_factor


def test_an_answer_that_is_still_being_worked_on_is_to_be_tried_again(committed, database_url):
    item, partner = a_referral()
    _token, secret = tokens.issue("Test", by=with_factor(partner), at=timezone.now())
    system = CaseSystem(SurfaceClient("protection", HTTP_ACCEPT_LANGUAGE="en"), secret)
    with psycopg2.connect(database_url()) as elsewhere, elsewhere.cursor() as cursor:
        cursor.execute("SELECT 1 FROM referral_apitoken FOR NO KEY UPDATE")
        busy = system.post(f"/{item.pk}/accept", key="a")
    assert (busy.status_code, busy.json()["code"]) == (409, "conflict")
    assert system.post(f"/{item.pk}/accept", key="a").status_code == 200
