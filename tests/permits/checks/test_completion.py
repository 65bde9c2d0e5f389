"""A check that completes leaves one event of one form, whatever was found, and the trail misses one that did not."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from alerts.models import Alert
from alerts.screening.batch import screen_waiting
from permits.models import Check, CheckKind
from tests.conftest import standing_on
from tests.factories import permits as make
from tests.factories.screening import DEBT
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def completed(application: Any, kind: CheckKind) -> list[AuditEvent]:
    check = Check.objects.get(submission__application=application, kind=kind)
    return list(AuditEvent.objects.filter(action="permits.check.complete", subject=check.pk))


def test_the_check_of_a_flagged_file_leaves_the_same_event_as_that_of_a_clean_one() -> None:
    clean, flagged = make.a_submitted_application(), make.a_submitted_application(**DEBT)
    with standing_on("protection"):
        assert screen_waiting(timezone.now()) == 2
    assert Alert.objects.get().application == flagged.pk
    (one,), (other,) = completed(clean, CheckKind.AUTOMATIC), completed(flagged, CheckKind.AUTOMATIC)
    for name in ("action", "actor", "role", "surface", "subject_kind", "detail"):
        assert getattr(one, name) == getattr(other, name), name
    assert one.detail == {"kind": "automatic"}
    assert (one.surface, one.actor) == ("protection", None)
    moments = {check.completed_at for check in Check.objects.filter(kind=CheckKind.AUTOMATIC)}
    assert len(moments) == 1


def test_the_check_of_the_files_leaves_its_event_when_it_completes_at_once_and_when_it_completes_later() -> (
    None
):
    file = make.a_submitted_application()
    assert len(completed(file, CheckKind.DOCUMENTS)) == 1


def test_a_check_that_was_completed_past_the_service_is_missed(capsys: Any) -> None:
    file = make.a_submitted_application()
    call_command("verify_audit")
    waiting = Check.objects.filter(submission__application=file, completed_at=None)
    assert waiting.update(completed_at=timezone.now()) == 1
    with pytest.raises(CommandError, match="problems"):
        call_command("verify_audit")
    assert "nothing in the audit trail says permits.check.complete" in capsys.readouterr().out
