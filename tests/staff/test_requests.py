"""Who may give whom an account, a role or a new second factor, and where two persons are needed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from permits import powers as permits
from tests.factories import staff
from tests.factories.permits import a_user
from wpis import powers as wpis_powers
from wpis.accounts.models import EnrolmentCode, StaffRequest, User
from wpis.accounts.powers import Power
from wpis.accounts.roles import SURFACE_OF, Role, Surface
from wpis.accounts.staff import Kind, Reason, RequestState
from wpis.audit.models import AuditEvent
from wpis.errors import Refused
from wpis.staff import actions, requests
from wpis.staff.rules import access_of, needs_second

pytestmark = pytest.mark.django_db

OFFICE = [role for role in Role if SURFACE_OF[role] == Surface.OFFICE]
PROTECTION = [role for role in Role if SURFACE_OF[role] == Surface.PROTECTION]


def now() -> Any:
    return timezone.now()


@pytest.mark.parametrize("role", OFFICE + PROTECTION)
def test_one_person_is_enough_for_who_reads_figures_and_nothing_else(role: Role) -> None:
    by = staff.an_administrator(SURFACE_OF[role])
    asked, code = staff.invite(role, by=by)
    alone = role == Role.MANAGER
    assert (asked.state == RequestState.DONE) is alone is bool(code)
    assert User.objects.filter(email=asked.email).exists() is alone
    if alone:
        return
    with pytest.raises(Refused, match="second person"):
        requests.approve(asked, by=by, at=now())
    assert not User.objects.filter(email=asked.email).exists()
    assert requests.approve(asked, by=staff.an_administrator(by.surface), at=now())
    assert User.objects.get(email=asked.email).role == role


def test_no_role_that_one_person_gives_opens_a_file_or_decides_anything() -> None:
    """An administrator who could would read every file through one such account, and issue permits with two."""
    named = [*vars(permits).values(), *vars(wpis_powers).values()]
    powers = [power for power in named if isinstance(power, Power)]
    assert permits.READ_FILES in powers
    alone = {role for role in OFFICE for kind in Kind if not needs_second(kind, role)}
    assert {power.name for power in powers if power.roles & alone} == {"office.enter", "figures.read"}


@pytest.mark.parametrize("kind", [Kind.CHANGE, Kind.REOPEN])
def test_nobody_becomes_an_officer_again_through_one_person(kind: Kind) -> None:
    by, account = staff.an_administrator(), a_user(Role.MANAGER if kind == Kind.CHANGE else Role.OFFICER)
    if kind == Kind.CHANGE:
        asked = staff.ask_change(account, Role.OFFICER, by=by)
    else:
        actions.close(account, reason=Reason.AWAY, by=by, at=now())
        asked = requests.reopen(account, reason=Reason.RETURNS, by=by, at=now())
    assert asked.waits
    account.refresh_from_db()
    assert account.role == Role.MANAGER or not account.is_active
    requests.approve(asked, by=a_user(Role.SUPERVISOR), at=now())
    account.refresh_from_db()
    assert (account.role, account.is_active) == (Role.OFFICER, True)


def test_the_database_refuses_a_second_person_who_is_the_first() -> None:
    """The rule of the code and that of the table are the same, for every role and kind."""
    for surface in (Surface.OFFICE, Surface.PROTECTION):
        by = staff.an_administrator(surface)
        for role in OFFICE if surface == Surface.OFFICE else PROTECTION:
            for kind in Kind:
                row = StaffRequest(
                    surface=surface, kind=kind, state=RequestState.DONE, email=f"{role}-{kind}@example.am",
                    name="X", role=role, reason=Reason.STARTS, asked_by=by, asked_at=now(),
                    decided_by=by, decided_at=now(),
                )  # fmt: skip
                if needs_second(kind, role):
                    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
                        row.save()
                else:
                    row.save()


@pytest.mark.parametrize("role", [role for role in Role if "admin" not in role])
def test_nobody_but_an_administrator_asks_for_accounts(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        staff.invite(Role.OFFICER, by=a_user(role))


@pytest.mark.parametrize("role", list(Role))
def test_nobody_but_administrators_and_supervisors_confirms(role: Role) -> None:
    asked = staff.a_request(Role.SUPERVISOR, by=staff.an_administrator())
    second = a_user(role)
    if role in (Role.OFFICE_ADMINISTRATOR, Role.SUPERVISOR):
        assert requests.approve(asked, by=second, at=now())
    else:
        with pytest.raises((PermissionDenied, Refused)):
            requests.approve(asked, by=second, at=now())
        assert not User.objects.filter(email=asked.email).exists()


def steps(account: User, by: User) -> dict[str, Callable[[], object]]:
    at = now()
    return {
        "close": lambda: actions.close(account, reason=Reason.LEAVES, by=by, at=at),
        "end": lambda: actions.end_sessions(account, reason=Reason.MISUSE, by=by, at=at),
        "code": lambda: actions.repeat_invitation(account, reason=Reason.LOST_CODE, by=by, at=at),
        "reset": lambda: requests.ask_reset(account, reason=Reason.LOST_DEVICE, by=by, at=at),
        "change": lambda: requests.change(
            account, Role.SUPERVISOR, reason=Reason.MOVES, expected_access=access_of(account), by=by, at=at
        ),
        "reopen": lambda: requests.reopen(account, reason=Reason.RETURNS, by=by, at=at),
    }


@pytest.mark.parametrize("step", ["close", "end", "code", "reset", "change", "reopen"])
def test_an_administrator_touches_neither_their_own_account_nor_one_of_elsewhere(step: str) -> None:
    by = staff.an_administrator()
    for account in (by, a_user(Role.EMPLOYER), a_user(Role.ANALYST)):
        with pytest.raises(Refused):
            steps(account, by)[step]()
    assert not StaffRequest.objects.exists()


@pytest.mark.parametrize("step", ["close", "end", "code", "reset", "change", "reopen"])
def test_an_administrator_who_was_closed_meanwhile_takes_no_step(step: str) -> None:
    by, account = staff.an_administrator(), a_user(Role.OFFICER)
    User.objects.filter(pk=by.pk).update(is_active=False)  # the object in hand still says open
    with pytest.raises(PermissionDenied):
        steps(account, by)[step]()


def test_a_request_of_somebody_who_is_no_administrator_any_more_is_not_carried_out() -> None:
    by = staff.an_administrator()
    asked = staff.a_request(Role.SUPERVISOR, by=by)
    actions.close(by, reason=Reason.MISUSE, by=staff.an_administrator(), at=now())
    with pytest.raises(Refused, match="no administrator"):
        requests.approve(asked, by=a_user(Role.SUPERVISOR), at=now())


def test_an_old_request_is_not_carried_out() -> None:
    asked = staff.a_request(Role.SUPERVISOR, by=staff.an_administrator())
    later = now() + timedelta(days=settings.WPIS_STAFF_REQUEST_DAYS, minutes=1)
    with pytest.raises(Refused, match="too old"):
        requests.approve(asked, by=staff.an_administrator(), at=later)


def test_nobody_raises_themselves_through_a_colleague() -> None:
    """A request about oneself is refused when it is made and when it is confirmed."""
    first, second = staff.an_administrator(), a_user(Role.SUPERVISOR)
    asked = staff.ask_change(second, Role.OFFICE_ADMINISTRATOR, by=first)
    with pytest.raises(Refused, match="own account"):
        requests.approve(asked, by=second, at=now())
    second.refresh_from_db()
    assert second.role == Role.SUPERVISOR


def test_an_invitation_makes_an_account_without_a_password_and_the_code_is_in_no_letter(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked, code = staff.invite(Role.MANAGER, by=staff.an_administrator())
    account = User.objects.get(email=asked.email)
    assert not account.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == [account.email]
    assert "/accounts/password/reset/key/" in letter.body
    assert code not in letter.body
    assert code.replace("-", "") not in letter.body
    assert code not in str(EnrolmentCode.objects.values_list())
    assert code not in str(AuditEvent.objects.values_list())


def test_only_one_request_about_an_account_waits() -> None:
    by, account = staff.an_administrator(), staff.a_colleague()
    requests.ask_reset(account, reason=Reason.LOST_DEVICE, by=by, at=now())
    with pytest.raises(Refused, match="waits already"):
        staff.ask_change(account, Role.SUPERVISOR, by=by)


def test_a_reset_takes_two_persons_and_leaves_nothing_to_sign_in_with_but_a_new_code(
    django_capture_on_commit_callbacks: Any,
) -> None:
    by, account = staff.an_administrator(), staff.a_colleague()
    asked = requests.ask_reset(account, reason=Reason.LOST_DEVICE, by=by, at=now())
    assert Authenticator.objects.filter(user=account).exists()
    with django_capture_on_commit_callbacks(execute=True):
        code = requests.approve(asked, by=a_user(Role.SUPERVISOR), at=now())
    assert not Authenticator.objects.filter(user=account).exists()
    assert [letter.to for letter in mail.outbox] == [[account.email]]
    assert code not in mail.outbox[0].body
    rows = AuditEvent.objects.filter(action="accounts.staff.reset_factor", subject=account.pk)
    assert rows.count() == 1


def test_a_refused_or_withdrawn_request_does_nothing() -> None:
    by = staff.an_administrator()
    refused, withdrawn = (staff.a_request(Role.SUPERVISOR, by=by) for _ in range(2))
    requests.refuse(refused, by=a_user(Role.SUPERVISOR), at=now())
    requests.withdraw(withdrawn, by=by, at=now())
    for asked in (refused, withdrawn):
        with pytest.raises(Refused, match="decided already"):
            requests.approve(asked, by=staff.an_administrator(), at=now())
    assert not User.objects.filter(email__in=[refused.email, withdrawn.email]).exists()


def test_a_colleague_does_not_take_back_a_request() -> None:
    asked = staff.a_request(Role.SUPERVISOR, by=staff.an_administrator())
    with pytest.raises(PermissionDenied):
        requests.withdraw(asked, by=staff.an_administrator(), at=now())
