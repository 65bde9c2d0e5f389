"""Nobody overwrites unseen how a person is reached: two pages of one case, saved one after the other."""

import html
import re
from typing import Any

import pytest

from referral.models import Case
from tests.factories.referral import a_case
from tests.referral.pages import text, url
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

TYPED = {"how": "At the service point", "when": "Mondays", "say": "The library", "language": "hi"}
MARKS = re.compile(r'name="as_read" value="([^"]*)"')


@pytest.fixture
def case() -> Case:
    return a_case(contact=False)


@pytest.fixture
def desk(protection: Any, case: Case) -> Any:
    return protection.sign_in(case.caseworker)


def marks(page: Any) -> str:
    found = MARKS.search(page.content.decode())
    assert found
    return html.unescape(found[1])


def save(desk: Any, case: Case, as_read: str, **changed: str) -> Any:
    return desk.post(url("contact", case.pk), {**TYPED, "as_read": as_read, **changed})


@pytest.fixture
def read(desk: Any, case: Case) -> str:
    """The marks of a page that both tabs show."""
    save(desk, case, "")
    return marks(desk.get(url("contact", case.pk)))


def test_what_the_other_page_changed_is_kept_and_said(desk: Any, case: Case, read: str) -> None:
    assert save(desk, case, read, how="By the NGO").status_code == 302
    answer = desk.post(url("contact", case.pk), {**TYPED, "as_read": read, "when": "Tuesdays"}, follow=True)
    case.refresh_from_db()
    assert (case.contact_how, case.contact_when) == ("By the NGO", "Tuesdays")
    assert (
        "Somebody else has changed these answers, and their changes are kept: How can the person be reached safely?"
        in text(answer)
    )


def test_what_both_changed_is_shown_field_by_field_and_nothing_typed_is_lost(
    desk: Any, case: Case, read: str
) -> None:
    save(desk, case, read, how="By the NGO", say="The dentist", language="ne")
    stale = save(desk, case, read, how="Through her sister", when="Fridays", language="ru")
    assert stale.status_code == 422
    page = text(stale)
    assert "to: By the NGO. Save again to keep yours." in page
    assert "to: Nepali. Save again to keep yours." in page
    assert page.count("Save again to keep yours.") >= 2
    assert "Through her sister" in page
    assert 'value="The dentist"' in stale.content.decode(), "what only the other changed is shown as it is"
    case.refresh_from_db()
    assert (case.contact_how, case.contact_say, case.language) == ("By the NGO", "The dentist", "ne")
    kept = save(desk, case, marks(stale), how="Through her sister", say="The dentist", language="ru")
    assert kept.status_code == 302
    case.refresh_from_db()
    assert (case.contact_how, case.contact_say, case.language) == ("Through her sister", "The dentist", "ru")


def test_a_page_with_a_mistake_still_knows_what_it_was_read_from(desk: Any, case: Case, read: str) -> None:
    save(desk, case, read, how="By the NGO")
    mistaken = save(desk, case, read, how="Through her sister", language="")
    assert mistaken.status_code == 422
    assert save(desk, case, marks(mistaken), how="Through her sister").status_code == 422
    case.refresh_from_db()
    assert case.contact_how == "By the NGO"


def test_saving_what_is_there_already_leaves_no_trace(desk: Any, case: Case, read: str) -> None:
    before = AuditEvent.objects.filter(action="referral.case.set_safe_contact").count()
    assert save(desk, case, read).status_code == 302
    assert AuditEvent.objects.filter(action="referral.case.set_safe_contact").count() == before
