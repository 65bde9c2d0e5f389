"""The second person and the checks, enforced in the database and between two open windows."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from permits import guards
from permits.actions import decisions
from permits.models import Application, Check, CheckKind, Decision, Outcome, Permit, State
from tests.conftest import standing_on
from tests.factories.permits import a_submitted_application, a_user, complete_checks, proposal, propose
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_who_read_one_proposal_does_not_confirm_the_one_that_took_its_place(client_on):
    file, officer, colleague = a_submitted_application(), a_user(Role.OFFICER), a_user(Role.OFFICER)
    propose(file, Outcome.APPROVAL, by=officer)
    desk, address = client_on("office").sign_in(colleague), f"/files/{file.reference}/confirm/"
    read = str(Decision.objects.get(application=file).pk)
    assert f'name="decision" value="{read}"' in desk.get(address).content.decode()
    decisions.send_back(
        file,
        "Look again.",
        expected_decision=proposal(file),
        by=a_user(Role.SUPERVISOR),
        at=timezone.now(),
    )
    propose(Application.objects.get(pk=file.pk), Outcome.REFUSAL, by=officer, reason="No signature.")
    assert desk.post(address, {"decision": read}).status_code == 409
    assert Application.objects.get(pk=file.pk).state == State.REFUSAL_PROPOSED
    now_open = str(Decision.objects.get(application=file, settled_at=None).pk)
    assert desk.post(address, {"decision": now_open}).status_code == 302
    assert not Permit.objects.filter(application=file).exists()


@pytest.mark.parametrize(
    "named",
    [{}, {"decision": ""}, {"decision": "x"}, {"decision": "7d0d0aa0-0000-4000-8000-000000000000"}],
    ids=str,
)
@pytest.mark.parametrize("step", ["confirm", "send-back"])
def test_a_decision_that_is_not_named_or_another_one_is_neither_confirmed_nor_sent_back(
    client_on, named, step
):
    file = a_submitted_application()
    propose(file, Outcome.APPROVAL, by=a_user(Role.OFFICER))
    desk = client_on("office").sign_in(a_user(Role.SUPERVISOR))
    answer = desk.post(f"/files/{file.reference}/{step}/", {"reason": "Look again.", **named})
    assert answer.status_code in (409, 422)
    assert Application.objects.get(pk=file.pk).state == State.APPROVAL_PROPOSED
    assert Decision.objects.get(application=file).settled_at is None
    assert not Permit.objects.exists()


def test_the_database_refuses_a_decision_that_one_person_proposed_and_settled():
    decision = propose(a_submitted_application(), Outcome.APPROVAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            settled_by=decision.proposed_by, settled_at=timezone.now(), confirmed=True
        )


@pytest.mark.parametrize("surface", ["portal", "office"])
def test_the_roles_of_portal_and_office_cannot_complete_an_automatic_check(surface: str):
    file = a_submitted_application()
    waiting = Check.objects.filter(submission__application=file, kind=CheckKind.AUTOMATIC)
    with standing_on(surface), pytest.raises(DatabaseError), transaction.atomic():
        waiting.update(completed_at=timezone.now())
    with standing_on("protection"):
        assert waiting.update(completed_at=timezone.now()) == 1
    with standing_on(surface), pytest.raises(DatabaseError), transaction.atomic():
        waiting.update(completed_at=timezone.now() - timedelta(days=1))


def test_the_portal_cannot_override_a_check():
    waiting = Check.objects.filter(submission__application=a_submitted_application())
    with standing_on("portal"), pytest.raises(DatabaseError), transaction.atomic():
        waiting.update(overridden_at=timezone.now(), override_reason="please")


@pytest.mark.parametrize("lost", ["set aside", "never written"])
def test_a_check_that_is_not_there_holds_the_decision_as_an_open_one_does(lost: str):
    file, officer = a_submitted_application(), a_user(Role.OFFICER)
    checks = Check.objects.filter(submission__application=file, kind=CheckKind.AUTOMATIC)
    if lost == "set aside":
        checks.update(superseded_at=timezone.now())
    else:
        checks.delete()
    assert guards.checks_complete(file, officer) == ["Not all checks have completed yet: Automatic checks."]
    complete_checks(file)
    assert guards.checks_complete(file, officer) != []
