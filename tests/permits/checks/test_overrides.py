"""A check is overridden by two supervisors, after a waiting time, and neither of them decides on the file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from permits import feed, guards
from permits.actions import applications, decisions, review
from permits.checks import overrides
from permits.models import Application, Check, CheckKind, CheckOverride, Outcome, State
from tests.conftest import standing_on
from tests.factories import permits as make
from tests.permits.checks.test_required_documents import documents_check, filed
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

WAIT = timedelta(hours=24)
REASON = "The register is down since Monday."


@pytest.fixture
def file(officer: User) -> Application:
    """In review; its automatic check waits."""
    return review.take(make.a_submitted_application(), by=officer, at=timezone.now())


@pytest.fixture
def second() -> User:
    """Another supervisor."""
    return make.a_user(Role.SUPERVISOR)


def waiting(file: Application) -> Check:
    return Check.objects.get(submission__application=file, kind=CheckKind.AUTOMATIC, superseded_at=None)


def a_request(file: Application, by: User, at: Any = None) -> CheckOverride:
    return overrides.request_override(waiting(file), REASON, by=by, at=at or timezone.now() - WAIT)


def confirm(request: CheckOverride, by: User, at: Any = None) -> CheckOverride:
    return overrides.confirm_override(request, by=by, at=at or timezone.now())


def test_two_supervisors_override_after_the_waiting_time(
    file: Application, officer: User, supervisor: User, second: User
) -> None:
    assert guards.checks_complete(file, officer) != []
    request = a_request(file, supervisor)
    assert guards.checks_complete(file, officer) != [], "a request alone lets nothing go ahead"
    with standing_on("office"):
        confirm(request, second)
    assert guards.own_file_with_checks(file, officer) == []
    check = waiting(file)
    assert (check.overridden_by, check.override_reason) == (supervisor, REASON)
    actions = AuditEvent.objects.filter(subject=check.pk).order_by("at").values_list("action", "actor")
    assert list(actions) == [
        ("permits.check.request_override", supervisor.pk),
        ("permits.check.override", second.pk),
    ]


def test_the_waiting_time_is_that_of_the_law_book_on_the_day_of_the_request() -> None:
    assert overrides.waiting_time(at=timezone.now()) == WAIT


TOO_SOON = {"at once": timedelta(0), "a minute before": WAIT - timedelta(minutes=1)}


@pytest.mark.parametrize("after", TOO_SOON.values(), ids=TOO_SOON)
def test_nobody_confirms_before_the_waiting_time_is_over(
    file: Application, supervisor: User, second: User, after: timedelta
) -> None:
    now = timezone.now()
    request = a_request(file, supervisor, now)
    with pytest.raises(Refused, match="can be confirmed from"):
        confirm(request, second, now + after)
    confirm(request, second, now + WAIT)


def test_who_requested_does_not_confirm(file: Application, supervisor: User) -> None:
    with pytest.raises(Refused, match="a second supervisor must confirm it"):
        confirm(a_request(file, supervisor), supervisor)


def test_an_officer_neither_requests_nor_settles(file: Application, officer: User, supervisor: User) -> None:
    with pytest.raises(PermissionDenied):
        a_request(file, officer)
    request = a_request(file, supervisor)
    for settle in (lambda: confirm(request, officer), lambda: decline(request, officer)):
        with pytest.raises(PermissionDenied):
            settle()


def decline(request: CheckOverride, by: User) -> CheckOverride:
    return overrides.decline_override(request, "We can wait.", by=by, at=timezone.now())


# --- four persons ----------------------------------------------------------------------------------

PARTS = ("propose", "confirm", "request", "second")
"""Proposes the decision, confirms it, requests the override, confirms the override."""

Cast = dict[str, User]


def play(cast: Cast, outcome: Outcome) -> Application:
    """A file that goes ahead without its check; `cast` says who takes which part."""
    file = review.take(make.a_submitted_application(), by=cast["propose"], at=timezone.now())
    confirm(a_request(file, cast["request"]), cast["second"])
    ground = decisions.grounds(file, outcome)[0].code
    decision = decisions.propose(
        file,
        outcome,
        ground=ground,
        reason="Reasons.",
        expected_submission=make.newest(file),
        by=cast["propose"],
        at=timezone.now(),
    )
    return decisions.confirm(file, expected_decision=decision.pk, by=cast["confirm"], at=timezone.now())


@pytest.mark.parametrize("outcome", list(Outcome))
def test_four_persons_take_the_four_parts(outcome: Outcome) -> None:
    file = play({part: make.a_user(Role.SUPERVISOR) for part in PARTS}, outcome)
    assert file.state in (State.APPROVED, State.REFUSED)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize(
    ("one", "other"), [(one, other) for place, one in enumerate(PARTS) for other in PARTS[place + 1 :]]
)
def test_nobody_takes_two_of_the_four_parts(one: str, other: str, outcome: Outcome) -> None:
    cast = {part: make.a_user(Role.SUPERVISOR) for part in PARTS}
    cast[other] = cast[one]
    with pytest.raises(Refused):
        play(cast, outcome)


@pytest.mark.parametrize("part", ["request", "second"])
def test_who_proposed_the_decision_that_waits_has_no_part_in_an_override(
    supervisor: User, second: User, part: str
) -> None:
    """Also once the file has gone to another officer."""
    file = make.a_submitted_application()
    decision = make.propose(file, Outcome.REFUSAL, by=supervisor, reason="No signature.")
    Application.objects.filter(pk=file.pk).update(officer=None)
    make.open_again(Check.objects.filter(pk=waiting(file).pk))
    assert decision.proposed_by == supervisor
    request = a_request(file, second) if part == "second" else None
    with pytest.raises(Refused, match="You proposed the decision"):
        confirm(request, supervisor) if request else a_request(file, supervisor)


@pytest.mark.parametrize("part", ["request", "second"])
def test_who_has_the_file_has_no_part_in_an_override(supervisor: User, second: User, part: str) -> None:
    file = review.take(make.a_submitted_application(), by=supervisor, at=timezone.now())
    request = a_request(file, second) if part == "second" else None
    with pytest.raises(Refused, match="You have this file"):
        confirm(request, supervisor) if request else a_request(file, supervisor)


def test_who_overrode_alone_under_an_earlier_release_does_not_decide(
    file: Application, officer: User, supervisor: User
) -> None:
    """The override itself stays valid, and is shown as what it is."""
    Check.objects.filter(pk=waiting(file).pk).update(
        overridden_at=timezone.now(), overridden_by=supervisor, override_reason=REASON
    )
    assert guards.own_file_with_checks(file, officer) == []
    make_decision = decisions.propose(
        file,
        Outcome.APPROVAL,
        ground=decisions.grounds(file, Outcome.APPROVAL)[0].code,
        reason="",
        expected_submission=make.newest(file),
        by=officer,
        at=timezone.now(),
    )
    with pytest.raises(Refused, match="You took part in overriding"):
        decisions.confirm(file, expected_decision=make_decision.pk, by=supervisor, at=timezone.now())


# --- what happens meanwhile ------------------------------------------------------------------------


def completed(file: Application, officer: User) -> None:
    feed.complete_check([make.newest(file)], timezone.now())


def superseded(file: Application, officer: User) -> None:
    question = review.ask(
        file, "Which floor?", ["terms"], expected_submission=make.newest(file), by=officer, at=timezone.now()
    )
    by = file.created_by
    applications.answer(file, "Third.", expected_question=question.pk, by=by, at=timezone.now())


MEANWHILE: dict[str, Callable[[Application, User], None]] = {
    "the check completed": completed,
    "a newer submission came": superseded,
}


@pytest.mark.parametrize("happens", MEANWHILE.values(), ids=MEANWHILE)
def test_what_no_longer_waits_is_not_overridden(
    file: Application, officer: User, supervisor: User, second: User, happens: Any
) -> None:
    request = a_request(file, supervisor)
    check = waiting(file)
    happens(file, officer)
    with pytest.raises(Refused, match="no longer waits"):
        confirm(request, second)
    check.refresh_from_db()
    assert check.overridden_at is None
    with pytest.raises(Refused, match="no longer waits"):
        overrides.request_override(check, REASON, by=second, at=timezone.now())


def test_one_request_waits_at_a_time_and_another_may_follow_a_declined_one(
    file: Application, supervisor: User, second: User
) -> None:
    request = a_request(file, supervisor)
    with pytest.raises(Refused, match="has been requested already"):
        a_request(file, second)
    decline(request, second)
    with pytest.raises(Refused, match="settled already"):
        confirm(request, second)
    again = a_request(file, second)
    with pytest.raises(Refused, match="settled already"):
        decline(request, supervisor)
    confirm(again, supervisor)


def test_a_refused_document_is_waived_by_an_override(officer: User, supervisor: User, second: User) -> None:
    file = review.take(filed("passport"), by=officer, at=timezone.now())
    make.complete_checks(file)
    with pytest.raises(Refused, match="cannot be shown"):
        make.propose(file, Outcome.APPROVAL, by=officer)
    request = overrides.request_override(
        documents_check(file), "Seen in the original.", by=supervisor, at=timezone.now() - WAIT
    )
    confirm(request, second)
    make.propose(file, Outcome.APPROVAL, by=officer)


# --- the database ----------------------------------------------------------------------------------


def test_the_database_keeps_the_two_apart_and_the_time(
    file: Application, supervisor: User, second: User
) -> None:
    row = CheckOverride.objects.filter(pk=a_request(file, supervisor, timezone.now()).pk)
    now = timezone.now()
    settled: dict[str, dict[str, Any]] = {
        "by who asked": {"settled_by": supervisor, "settled_at": now + WAIT + WAIT, "confirmed": True},
        "too soon": {"settled_by": second, "settled_at": now, "confirmed": True},
        "by nobody": {"settled_at": now + WAIT + WAIT, "confirmed": True},
        "alone": {"settled_at": now + WAIT + WAIT, "confirmed": True, "alone": True},
        "another reason": {"reason": "It was all right."},
        "another waiting time": {"waits_until": now - WAIT},
    }
    for changes in settled.values():
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            row.update(**changes)
    row.update(settled_by=second, settled_at=now, confirmed=False, return_reason="No.")
    for change in ({"confirmed": True, "settled_at": now + WAIT + WAIT}, {"return_reason": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.get().delete()


def test_the_office_role_overrides_by_a_confirmed_request_alone(
    file: Application, supervisor: User, second: User
) -> None:
    request = a_request(file, supervisor)
    check = Check.objects.filter(pk=waiting(file).pk)
    now = timezone.now()
    forged = {"overridden_at": now, "overridden_by": supervisor, "override_reason": REASON}
    with standing_on("office"), pytest.raises(DatabaseError, match="confirmed request"), transaction.atomic():
        check.update(**forged)
    with standing_on("office"):
        confirm(request, second, now)
        settled = "confirmed request|without its moment|Cannot update rows"  # whichever trigger comes first
        for later in ({"overridden_by": second}, {"overridden_at": None}, {"override_reason": "Other."}):
            with pytest.raises(DatabaseError, match=settled), transaction.atomic():
                check.update(**later)


# --- pages -----------------------------------------------------------------------------------------


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_of_overrides_names_both_and_leads_to_the_file(
    client_on: Any, file: Application, officer: User, supervisor: User, second: User
) -> None:
    window = client_on("office").sign_in(second)
    assert "No overrides here" in text(window.get("/overrides/"))
    request = a_request(file, supervisor)
    page = text(window.get("/overrides/?state=open"))
    assert f"/files/{file.reference}/" in page
    assert REASON in page
    assert str(supervisor) in page
    assert "Waits for a second supervisor" in page
    assert "No overrides here" in text(window.get("/overrides/?state=confirmed"))
    confirm(request, second)
    assert "No overrides here" in text(window.get("/overrides/?state=open"))
    assert str(second) in text(
        window.get(f"/overrides/?state=confirmed&kind=automatic&person={supervisor.pk}")
    )
    assert client_on("office").sign_in(officer).get("/overrides/").status_code == 404


def test_a_supervisor_reads_the_request_and_confirms_or_declines_it(
    client_on: Any, file: Application, supervisor: User, second: User
) -> None:
    url = f"/files/{file.reference}/checks/{waiting(file).pk}/override/"
    first, window = client_on("office").sign_in(supervisor), client_on("office").sign_in(second)
    assert "24 hours later" in text(first.get(url))
    request = a_request(file, supervisor, timezone.now())
    own = text(first.get(url))
    assert "Take your request back" in own
    assert "Confirm the override" not in own
    early = text(window.get(url))
    assert "Can be confirmed from" in early
    assert "Confirm the override" not in early
    refused = window.post(f"/files/{file.reference}/overrides/{request.pk}/confirm/")
    assert refused.status_code == 409
    assert "can be confirmed from" in text(refused)
    decline_url = f"/files/{file.reference}/overrides/{request.pk}/decline/"
    empty = window.post(decline_url, {"reason": ""})
    assert empty.status_code == 422
    assert "Say why the check is not overridden" in text(empty)
    assert window.post(decline_url, {"reason": "We can wait."}).status_code == 302
    assert "We can wait." in text(window.get(f"/files/{file.reference}/"))
    other = make.a_submitted_application()
    assert window.post(f"/files/{other.reference}/overrides/{request.pk}/confirm/").status_code == 404


def test_protection_sees_overrides_beside_what_it_knows_of_the_file(
    client_on: Any, officer: User, supervisor: User, second: User
) -> None:
    from alerts.models import Alert
    from alerts.screening.batch import screen_waiting

    analyst = client_on("protection").sign_in(make.a_user(Role.ANALYST))
    assert "No check was overridden." in text(analyst.get("/alerts/overrides/"))
    file = make.a_submitted_application(recruitment={"worker_fee": 2_000_000})
    confirm(a_request(file, supervisor), second)
    page = text(analyst.get("/alerts/overrides/"))
    assert str(file.reference) in page
    assert REASON in page
    assert str(supervisor) in page
    assert str(second) in page
    assert "Not yet" in page
    screen_waiting(timezone.now() + timedelta(minutes=1))
    page = text(analyst.get("/alerts/overrides/"))
    assert Alert.objects.get().reference in page
    for role in (Role.CASEWORKER, Role.PARTNER):
        assert client_on("protection").sign_in(make.a_user(role)).get("/alerts/overrides/").status_code == 404
