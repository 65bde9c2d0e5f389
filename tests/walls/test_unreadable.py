"""Wall: broken seals. When no submission can be read, no address of any surface breaks."""

import json
from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from structlog.testing import capture_logs

from permits.actions import applications, decisions, review
from permits.models import Application, Decision, Outcome, Permit, State, Submission
from permits.submissions.canonical import canonical_text, digest_of
from tests.factories import permits as make
from tests.walls.addresses import Address
from tests.walls.test_roles import builder_of, guarded, with_values
from wpis.accounts.roles import SURFACE_OF, Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

CANNOT = "This record cannot be read"
ANSWERS = (200, 302, 405, 409, 422)


def change(row: Submission, column: str, value: Any) -> None:
    """What only the owner of the database can do: past the trigger, without a trace."""
    with pgtrigger.ignore("permits.Submission:immutable"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE permits_submission SET {column} = %s WHERE id = %s", [value, row.pk])


def one_byte_of_the_ciphertext(row: Submission) -> None:
    blob = bytearray(row.__dict__["snapshot"].blob)
    blob[-1] ^= 1
    change(row, "snapshot", bytes(blob))


def not_a_sealed_value(row: Submission) -> None:
    change(row, "snapshot", b"{}")


def the_digest(row: Submission) -> None:
    change(row, "digest", "0" * 64)


def a_version_of_a_later_release(row: Submission) -> None:
    later = {**row.snapshot, "schema": 99}
    change(row, "snapshot", Submission._meta.get_field("snapshot").seal(later, row).blob)
    change(row, "digest", digest_of(canonical_text(later)))


def no_object(row: Submission) -> None:
    change(row, "snapshot", Submission._meta.get_field("snapshot").seal(["x"], row).blob)
    change(row, "digest", digest_of(json.dumps(["x"])))


DAMAGES: tuple[Callable[[Submission], None], ...] = (
    one_byte_of_the_ciphertext,
    not_a_sealed_value,
    the_digest,
    a_version_of_a_later_release,
    no_object,
)


def break_every_seal(damage: Callable[[Submission], None] = one_byte_of_the_ciphertext) -> None:
    for row in Submission.objects.all():
        damage(row)


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


NOT_OF_THE_FILER = {"employer:accept_invitation", "employer:decline_invitation"}
"""Only the address that was invited finds these."""


@pytest.mark.parametrize(
    "address", guarded(by_token=False), ids=lambda address: f"{address.surface}:{address.name}"
)
def test_no_address_breaks(address: Address, client_on: Any) -> None:
    build = builder_of(address) if address.converters else None
    behind = build() if build else None
    if behind is None:
        make.a_permit()
    path = with_values(address, behind.values if behind else {})
    role = next(role for role in Role if role in address.roles and SURFACE_OF[role] == address.surface)
    person = (behind.people if behind else {}).get(role) or make.a_user(role)
    for damage in DAMAGES:
        with transaction.atomic():
            break_every_seal(damage)
            here = client_on(address.surface).sign_in(person)
            for answer in (here.get(path), here.post(path)):
                allowed = {*ANSWERS, 404} if address.name in NOT_OF_THE_FILER else ANSWERS
                assert answer.status_code in allowed, (damage.__name__, answer.status_code)
            transaction.set_rollback(True)


def officers_page(desk: Any, file: Application, name: str, *more: str) -> Any:
    address = reverse(f"officer:{name}", args=[file.reference, *more], urlconf="wpis.urls.office")
    return desk.get(address)


@pytest.fixture
def office_desk(client_on: Any) -> Any:
    return client_on("office").sign_in(make.a_user(Role.OFFICER))


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_file_shows_what_is_left_and_what_to_do(office_desk: Any, damage: Any) -> None:
    file = make.a_submitted_application()
    break_every_seal(damage)
    with capture_logs() as logs:
        answer = officers_page(office_desk, file, "file")
    text = page(answer)
    assert answer.status_code == 200
    assert CANNOT in text
    assert text.count(str(file.reference)) >= 2
    assert "Report it to the administrator" in text
    assert '<h2 id="checks">Checks</h2>' in text
    assert '<h2 id="history">' in text
    assert "Take this file" in text
    assert "Terms and the law" not in text
    assert "320 000" not in text
    told = [
        (line["log_level"], line["reference"]) for line in logs if line["event"] == "submission_unreadable"
    ]
    assert ("error", file.reference) in told


def test_a_file_that_can_be_read_says_nothing_of_it(office_desk: Any) -> None:
    text = page(officers_page(office_desk, make.a_submitted_application(), "file"))
    assert CANNOT not in text
    assert "Terms and the law" in text
    assert "320 000" in text


def test_of_an_earlier_submission_that_cannot_be_read_the_changes_are_unknown(office_desk: Any) -> None:
    file = make.a_submitted_application()
    first = file.submissions.get()
    make.a_question(file)
    applications.answer(file, "So it is.", expected_question=make.asked(file), by=first.by, at=timezone.now())
    the_digest(first)
    text = page(officers_page(office_desk, file, "file"))
    assert "it is not known what changed since" in text
    assert "changed since the submission of" not in text
    assert CANNOT not in text


def test_a_masked_value_is_refused_in_words_and_not_logged_as_shown(office_desk: Any) -> None:
    file = make.a_submitted_application()
    break_every_seal()
    address = reverse(
        "officer:reveal", args=[file.reference, "worker.passport_number"], urlconf="wpis.urls.office"
    )
    answer = office_desk.post(address, {"why": "identity", "note": ""})
    assert answer.status_code == 409
    assert CANNOT in page(answer)
    assert str(file.reference) in page(answer)
    assert not AuditEvent.objects.filter(action="permits.worker.reveal").exists()


def test_the_permit_of_such_a_file(office_desk: Any, portal: Any) -> None:
    permit = make.a_permit()
    file = permit.application
    break_every_seal()
    shown = page(officers_page(office_desk, file, "permit"))
    assert CANNOT in shown
    assert str(permit.number) in shown
    assert "Issued" in shown
    assert "SHARMA" not in shown
    printed = officers_page(office_desk, file, "permit_pdf")
    assert (printed.status_code, CANNOT in page(printed)) == (409, True)
    employer = portal.sign_in(file.submissions.get().by)
    mine = employer.get(f"/applications/{file.pk}/permit.pdf")
    assert (mine.status_code, CANNOT in page(mine)) == (409, True)
    assert str(file.reference) in page(mine)


def test_the_public_check_says_neither_valid_nor_not(portal: Any) -> None:
    permit = make.a_permit()
    for text in (permit.number, permit.code):
        with transaction.atomic():
            break_every_seal()
            answer = portal.get("/check/", {"number": text})
            transaction.set_rollback(True)
        assert answer.status_code == 200
        assert "Cannot be checked now" in page(answer)
        assert "genuine" not in page(answer)


def waiting_for_approval() -> Application:
    file = make.a_submitted_application()
    make.complete_checks(file)
    make.propose(file, Outcome.APPROVAL)
    return Application.objects.get(pk=file.pk)


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_cannot_be_read_is_not_approved(damage: Any) -> None:
    file = waiting_for_approval()
    break_every_seal(damage)
    with pytest.raises(Refused, match="cannot be approved"):
        decisions.confirm(
            file,
            expected_decision=make.proposal(file),
            by=make.a_user(Role.OFFICER),
            at=timezone.now(),
        )
    assert Application.objects.get(pk=file.pk).state == State.APPROVAL_PROPOSED
    assert not Permit.objects.exists()


def test_nor_is_its_approval_proposed_and_the_page_says_why(client_on: Any) -> None:
    file, officer = make.a_submitted_application(), make.a_user(Role.OFFICER)
    make.complete_checks(file)
    review.take(file, by=officer, at=timezone.now())
    break_every_seal()
    desk = client_on("office").sign_in(officer)
    assert "What was filed cannot be read, so it cannot be approved" in page(
        officers_page(desk, file, "decide")
    )
    day = timezone.now()
    with pytest.raises(Refused, match="cannot be approved"):
        decisions.propose(
            file,
            Outcome.APPROVAL,
            ground=decisions.grounds(file, Outcome.APPROVAL)[0].code,
            reason="",
            expected_submission=make.newest(file),
            by=officer,
            at=day,
        )
    assert not Decision.objects.exists()
