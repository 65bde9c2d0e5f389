"""Steps at the same moment: what two persons do at once happens once, and never to both."""

import threading
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from tests.factories import staff
from tests.factories.permits import a_user
from wpis.accounts.factors import may_remove
from wpis.accounts.models import EnrolmentCode, User
from wpis.accounts.roles import Role
from wpis.accounts.staff import Reason
from wpis.errors import Refused
from wpis.second_factor.codes import issue_code, use_code
from wpis.staff import actions, requests


def now() -> Any:
    return timezone.now()


def both(*acts: Callable[[], object]) -> list[str]:
    """Do both at the same moment; what became of each."""
    start, said = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        start.wait()
        try:
            acts[number]()
            said[number] = "done"
        except (Refused, PermissionDenied) as refused:
            said[number] = type(refused).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def test_two_administrators_who_close_each_other_at_once_leave_one(committed: None) -> None:
    first, second = staff.an_administrator(), staff.an_administrator()
    said = both(
        lambda: actions.close(second, reason=Reason.MISUSE, by=first, at=now()),
        lambda: actions.close(first, reason=Reason.MISUSE, by=second, at=now()),
    )
    assert said == ["PermissionDenied", "done"]
    assert User.objects.filter(role=Role.OFFICE_ADMINISTRATOR, is_active=True).count() == 1


def test_a_request_confirmed_twice_at_once_makes_one_account(committed: None) -> None:
    asked = staff.a_request(Role.SUPERVISOR, by=staff.an_administrator())
    one, other = staff.an_administrator(), a_user(Role.SUPERVISOR)
    said = both(
        lambda: requests.approve(asked, by=one, at=now()),
        lambda: requests.approve(asked, by=other, at=now()),
    )
    assert said == ["Refused", "done"]
    assert User.objects.filter(email=asked.email).count() == 1
    assert EnrolmentCode.objects.count() == 1


def test_a_code_that_is_typed_twice_at_once_works_once(committed: None) -> None:
    officer = staff.a_colleague(factor=False)
    code = issue_code(officer, by=None, at=now())
    worked: list[bool] = []
    both(*[lambda: worked.append(use_code(code, by=officer, at=now()))] * 4)
    assert sorted(worked) == [False, False, False, True]


def test_two_factors_that_are_removed_at_once_leave_one(committed: None) -> None:
    officer = staff.a_colleague()
    Authenticator.objects.create(user=officer, type=Authenticator.Type.WEBAUTHN, data={})
    factors = list(Authenticator.objects.filter(user=officer))

    def remove(factor: Authenticator) -> None:
        with transaction.atomic():
            if may_remove(factor):
                factor.delete()

    both(*[lambda factor=factor: remove(factor) for factor in factors])
    assert Authenticator.objects.filter(user=officer).count() == 1
