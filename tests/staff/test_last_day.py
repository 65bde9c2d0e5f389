"""The last day of an account: afterwards nothing of it works, whether or not somebody has noticed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.conftest import standing_on
from tests.factories import staff
from tests.factories.permits import PASSWORD, a_user
from tests.second_factor.test_enrolment import with_password
from wpis import clock
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.staff.actions import close_ended

pytestmark = pytest.mark.django_db


def end(user: User, days: int) -> None:
    User.objects.filter(pk=user.pk).update(ends_on=clock.today() + timedelta(days=days))


@pytest.mark.parametrize(("days", "works"), [(1, True), (0, True), (-1, False)])
def test_a_session_works_on_the_last_day_and_not_on_the_next(days: int, works: bool, office: Any) -> None:
    account = staff.a_colleague()
    office.sign_in(account)
    end(account, days)
    assert office.get("/").status_code == (200 if works else 302)


@pytest.mark.parametrize(("days", "where"), [(0, "/accounts/2fa/authenticate/"), (-1, "/accounts/inactive/")])
def test_signing_in_after_the_last_day_says_that_the_account_is_closed(
    days: int, where: str, client_on: Any
) -> None:
    account = staff.a_colleague()
    end(account, days)
    here = client_on("office")
    answer = here.post("/accounts/login/", {"login": account.email, "password": PASSWORD})
    assert answer["Location"] == where
    assert with_password(account).get("/").status_code == 302


def test_a_token_stops_after_the_last_day_of_its_maker(system_of: Any) -> None:
    partner = staff.a_colleague(Role.PARTNER, factor=False, agency="ngo-shelter")
    system = system_of(partner)
    assert system.get().status_code == 200
    end(partner, -1)
    assert system.get().status_code == 401


def test_what_has_ended_is_closed_by_the_schedule_and_stands_in_the_trail() -> None:
    ended, works, open_ended = (a_user(Role.OFFICER) for _ in range(3))
    end(ended, -1)
    end(works, 0)
    with standing_on("office"):
        assert close_ended(at=timezone.now()) == 1
    assert set(User.objects.filter(is_active=True, pk__in=[ended.pk, works.pk, open_ended.pk])) == {
        works,
        open_ended,
    }
    assert AuditEvent.objects.filter(action="accounts.staff.close", subject=ended.pk, actor=None).count() == 1
    with standing_on("office"):
        assert close_ended(at=timezone.now()) == 0
