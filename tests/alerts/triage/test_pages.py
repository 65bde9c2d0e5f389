"""The pages of the screening desk, as the database role of the protection surface."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pgtrigger
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts.facts import from_submission
from alerts.models import Alert, Screening
from alerts.screening.batch import screen_waiting
from alerts.triage import actions
from permits.models.submission import FeedItem
from tests.factories.permits import a_submitted_application, a_user, an_employer
from tests.factories.screening import CHILD, DEBT, an_alert
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

WHY = "The fee was a translation error."


@pytest.fixture
def analyst() -> Any:
    return a_user(Role.ANALYST, name="Anahit")


@pytest.fixture
def desk(protection: Any, analyst: Any) -> Any:
    return protection.sign_in(analyst)


def filed(**changes: Any) -> Alert:
    """An alert with a real submission behind it."""
    application = a_submitted_application(**(changes or {"recruitment": {"worker_fee": 2_000_000}}))
    screen_waiting(timezone.now() + timedelta(minutes=1))
    return Alert.objects.get(application=application.pk)


def text(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def hidden(page: str, name: str) -> str:
    """What the form of a page sends along unseen."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
    assert found, name
    return found[1]


def test_an_empty_queue_says_so(desk: Any) -> None:
    for tab in ("new", "mine", "others", "confirmed", "dismissed"):
        answer = desk.get(f"/alerts/?tab={tab}")
        assert answer.status_code == 200
        assert 'class="empty"' in text(answer)
    assert "No open alerts" in text(desk.get("/alerts/"))


def test_the_queue_shows_the_most_pressing_first_and_no_names(desk: Any) -> None:
    low, child, debt = (
        filed(terms={"contract_states": ["hours"], "contract_explained": False}),
        an_alert(**CHILD),
        an_alert(**DEBT),
    )
    page = text(desk.get("/alerts/"))
    places = [page.index(alert.reference) for alert in (child, debt, low)]
    assert places == sorted(places)
    assert "SHARMA" not in page
    assert "Ararat" not in page


def test_filters_narrow_and_an_old_link_never_breaks(desk: Any) -> None:
    child, debt = an_alert(**CHILD), an_alert(**DEBT)
    page = text(desk.get("/alerts/?tab=new&level=urgent"))
    assert child.reference in page
    assert debt.reference not in page
    page = text(desk.get("/alerts/?pattern=debt_bondage"))
    assert debt.reference in page
    assert child.reference not in page
    assert "Nothing fits this filter" in text(desk.get("/alerts/?level=attention"))
    assert desk.get("/alerts/?tab=x&level=x&pattern=x&page=x").status_code == 200


def test_the_queue_takes_as_many_queries_for_thirty_as_for_one(desk: Any) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/alerts/").status_code == 200
        return len(queries)

    an_alert()
    one = count()
    for _ in range(29):
        an_alert()
    assert count() == one
    assert "1 to 25 of 30" in text(desk.get("/alerts/"))
    assert desk.get("/alerts/?page=2").status_code == 200


def test_take_next_opens_the_most_pressing(desk: Any) -> None:
    child = filed(worker={"birth_date": timezone.localdate() - timedelta(days=16 * 365)})
    an_alert(**DEBT)
    answer = desk.post("/alerts/next/", follow=True)
    assert answer.redirect_chain == [(f"/alerts/{child.pk}/", 302)]
    assert "Child procedure" in text(answer)
    assert child.reference in text(desk.get("/alerts/?tab=mine"))


def test_take_next_from_an_empty_queue_says_so(desk: Any) -> None:
    assert "Every alert has an analyst" in text(desk.post("/alerts/next/", follow=True))


def test_an_alert_explains_itself_and_says_what_was_not_checked(desk: Any) -> None:
    page = text(desk.get(f"/alerts/{filed().pk}/"))
    assert "Fee paid by the worker: 2 000 000 drams" in page
    assert "a lawful loan" in page
    assert "E2: the filed document itself shows it" in page
    assert "Not checked is not the same as clear" in page
    assert "Deductions leave too little of the wage" in page
    assert "Nothing is shared with any other application" in page
    assert "Looked at: housing address, worker&#x27;s telephone" in page
    assert "Ruleset R2026.1" in page


def test_the_page_holds_no_protected_attribute_and_no_covered_value(desk: Any) -> None:
    alert = filed(
        worker={"passport_number": "N7654321", "phone": "+919811122233", "nationality": "BGD", "sex": "M"},
        recruitment={"worker_fee": 2_000_000},
    )
    page = text(desk.get(f"/alerts/{alert.pk}/")).partition("<footer")[0]  # the service names itself there
    assert "SHARMA" in page
    for secret in ("N7654321", "9811122233", "BGD", "Bangladesh", "Citizenship", "Female", "Male"):
        assert secret not in page
    assert "••••321" in page


def test_opening_an_alert_is_logged(desk: Any, analyst: Any) -> None:
    alert = filed()
    desk.get(f"/alerts/{alert.pk}/")
    row = AuditEvent.objects.get(action="alerts.alert.read")
    assert (row.actor, row.subject, row.surface) == (analyst.pk, alert.pk, "protection")


def test_links_show_who_shares_what(desk: Any) -> None:
    house = {"address": "3 Ring Road, Yerevan", "province": "AM-ER", "capacity": 2}
    for _ in range(3):
        a_submitted_application(housing=house)
    alert = filed(housing=house, recruitment={"worker_fee": 2_000_000})
    page = text(desk.get(f"/alerts/{alert.pk}/"))
    assert 'class="net"' in page
    assert "Housing address" in page
    assert page.count("Ararat Build") >= 4
    assert page.count("<circle") == 1 + (1 + 1 + 3 + 3)  # the brand is a circle too


def tamper(application: Any) -> None:
    """What only somebody who owns the database can do."""
    with pgtrigger.ignore("permits.Submission:immutable"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE permits_submission SET digest = %s WHERE application_id = %s", ["0" * 64, application]
        )


def test_a_broken_submission_of_another_company_is_shown_as_such_and_breaks_no_page(desk: Any) -> None:
    house = {"address": "3 Ring Road, Yerevan", "province": "AM-ER", "capacity": 2}
    broken, _whole = (
        a_submitted_application(an_employer(owner, name_en=name), owner, housing=house)
        for name, owner in (("Broken Ltd", a_user()), ("Whole Ltd", a_user()))
    )
    alert = filed(housing=house, recruitment={"worker_fee": 2_000_000})
    tamper(broken.pk)
    answer = desk.get(f"/alerts/{alert.pk}/")
    page = text(answer)
    assert answer.status_code == 200
    assert "SHARMA" in page, "the submission of the alert itself is whole"
    assert "<bdi>Whole Ltd</bdi>" in page
    assert "Broken Ltd" not in page
    assert "another employer <strong>(cannot be read)</strong>" in page
    assert ">cannot be read</text>" in page
    assert page.count("<circle") == 1 + (1 + 1 + 2 + 2), "the picture leaves out neither"


def test_an_alert_whose_own_submission_is_broken_still_opens(desk: Any) -> None:
    alert = filed()
    tamper(alert.application)
    answer = desk.get(f"/alerts/{alert.pk}/")
    assert answer.status_code == 200
    assert "its seal is broken" in text(answer)


def test_an_analyst_confirms_in_the_browser(desk: Any) -> None:
    alert = filed()
    desk.post(f"/alerts/{alert.pk}/take/")
    assert "What should happen?" in text(desk.get(f"/alerts/{alert.pk}/decide/"))
    answer = desk.post(f"/alerts/{alert.pk}/decide/", {"outcome": "confirm", "reason": WHY}, follow=True)
    assert "A caseworker finds it" in text(answer)
    assert WHY in text(answer)
    alert.refresh_from_db()
    assert alert.state == "confirmed"


def test_a_decision_without_a_reason_is_asked_for_again(desk: Any) -> None:
    alert = filed()
    desk.post(f"/alerts/{alert.pk}/take/")
    answer = desk.post(f"/alerts/{alert.pk}/decide/", {"outcome": "confirm", "reason": "ok"})
    assert answer.status_code == 422
    assert "Write the reason in a sentence" in text(answer)
    answer = desk.post(f"/alerts/{alert.pk}/decide/", {})
    assert answer.status_code == 422
    assert "There is a problem" in text(answer)


def test_a_serious_dismissal_goes_through_a_second_person(desk: Any, client_on: Any) -> None:
    alert = filed()
    desk.post(f"/alerts/{alert.pk}/take/")
    answer = desk.post(f"/alerts/{alert.pk}/decide/", {"outcome": "useful", "reason": WHY}, follow=True)
    assert "You proposed to dismiss this" in text(answer)
    assert "must settle it" in text(desk.get(f"/alerts/{alert.pk}/second/"))
    other = client_on("protection").sign_in(a_user(Role.ANALYST, name="Davit"))
    assert alert.reference in text(other.get("/alerts/?tab=mine"))
    page = text(other.get(f"/alerts/{alert.pk}/second/"))
    assert WHY in page
    assert "Anahit" in page
    other.post(
        f"/alerts/{alert.pk}/second/",
        {"answer": "agree", "reason": "The bank slip shows it.", "proposal": hidden(page, "proposal")},
    )
    alert.refresh_from_db()
    assert (alert.state, alert.category) == ("dismissed", "useful")


def test_a_form_that_cannot_succeed_says_why_instead(desk: Any, analyst: Any) -> None:
    alert = filed()
    other = a_user(Role.ANALYST)
    actions.take(alert, by=other, at=timezone.now())
    assert "Another analyst has this alert" in text(desk.get(f"/alerts/{alert.pk}/decide/"))
    answer = desk.post(f"/alerts/{alert.pk}/decide/", {"outcome": "confirm", "reason": WHY})
    assert answer.status_code == 409
    page = text(desk.post(f"/alerts/{alert.pk}/take/", follow=True))
    assert "changed meanwhile" in page
    page = text(desk.get(f"/alerts/{alert.pk}/take-over/"))
    desk.post(
        f"/alerts/{alert.pk}/take-over/",
        {"reason": "My colleague is on leave.", "owner": hidden(page, "owner")},
    )
    alert.refresh_from_db()
    assert alert.owner == analyst
    desk.post(f"/alerts/{alert.pk}/release/")
    alert.refresh_from_db()
    assert (alert.state, alert.owner) == ("new", None)


def test_a_settled_alert_can_be_opened_again(desk: Any, analyst: Any) -> None:
    alert = filed(terms={"contract_states": ["hours"], "contract_explained": False})
    actions.dismiss(
        actions.take(alert, by=analyst, at=timezone.now()),
        by=analyst,
        at=timezone.now(),
        reason=WHY,
        category="useful",
    )
    assert alert.reference in text(desk.get("/alerts/?tab=dismissed"))
    desk.post(f"/alerts/{alert.pk}/reopen/", {"reason": "A colleague called about it."})
    alert.refresh_from_db()
    assert alert.state == "taken"


def test_an_auditor_reads_and_changes_nothing(client_on: Any) -> None:
    alert = filed()
    auditor = client_on("protection").sign_in(a_user(Role.AUDITOR))
    page = text(auditor.get(f"/alerts/{alert.pk}/"))
    assert alert.reference in page
    assert "/take/" not in page
    assert "Take next" not in text(auditor.get("/alerts/"))
    for path in ("take/", "release/", "decide/", "second/", "take-over/", "reopen/"):
        assert auditor.post(f"/alerts/{alert.pk}/{path}").status_code == 404
    assert auditor.post("/alerts/next/").status_code == 404


def test_an_alert_that_is_not_there_is_the_one_not_found(desk: Any) -> None:
    assert desk.get(f"/alerts/{uuid4()}/").status_code == 404


def test_what_could_not_be_checked_is_listed_and_tried_again(desk: Any) -> None:
    application = a_submitted_application()
    assert application.reference
    with patch.object(from_submission, "facts", side_effect=ZeroDivisionError):
        screen_waiting(timezone.now() + timedelta(minutes=1))
    FeedItem.objects.update(dead_at=timezone.now())
    row = Screening.objects.get()
    page = text(desk.get("/alerts/not-checked/"))
    assert application.reference in page
    assert "ZeroDivisionError" in page
    assert screen_waiting(timezone.now() + timedelta(days=1)) == 0, "it was given up"
    answer = desk.post(f"/alerts/not-checked/{row.pk}/retry/", follow=True)
    assert "checked again within a minute" in text(answer)
    assert screen_waiting(timezone.now() + timedelta(minutes=1)) == 1
    assert "Everything could be checked" in text(desk.get("/alerts/not-checked/"))
    assert "checked meanwhile" in text(desk.post(f"/alerts/not-checked/{row.pk}/retry/", follow=True))
    assert desk.post(f"/alerts/not-checked/{uuid4()}/retry/").status_code == 404


def test_pages_load_nothing_inline(desk: Any) -> None:
    alert = filed()
    for path in ("/alerts/", f"/alerts/{alert.pk}/", "/alerts/not-checked/", f"/alerts/{alert.pk}/decide/"):
        page = text(desk.get(path))
        assert " style=" not in page
        assert "<script>" not in page


def test_an_auditor_gets_from_the_alerts_back_to_the_log_and_an_analyst_has_no_such_link(
    protection: Any, client_on: Any, analyst: Any
) -> None:
    alert = filed()
    protection.sign_in(a_user(Role.AUDITOR))
    for path in ("/alerts/", f"/alerts/{alert.pk}/", "/alerts/not-checked/"):
        assert '<a href="/log/"><span>Log</span></a>' in text(protection.get(path)), path
    assert '"/log/"' not in text(client_on("protection").sign_in(analyst).get("/alerts/"))
