"""The queue: contents of its tabs, their order, and the number of queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permits.actions import review
from permits.models import Application, State
from permits.officer.queue.keyset import page_of
from permits.officer.tabs import TABS, counts
from tests.factories import permits as make
from tests.permits.officer.crowd import crowd
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
REFERENCE = re.compile(r'<a class="ref" href="/files/([^/"]+)/"')


def listed(response):
    assert response.status_code == 200
    return REFERENCE.findall(response.content.decode())


def test_files_stand_in_the_order_of_their_decision_date_then_of_receipt(desk):
    files = crowd(12, states="submitted")
    assert listed(desk.get("/")) == [file.reference for file in files]


def previous_of(page) -> str:
    """The address behind "previous" on a page."""
    found = re.search(r'rel="prev" href="([^"]+)"', page.content.decode())
    assert found
    return found[1].replace("&amp;", "&")


def test_every_page_is_reached_once_and_the_way_back_is_the_same(desk):
    files = [file.reference for file in crowd(60, states="submitted")]
    walked, page = [], desk.get("/")
    for _ in range(3):
        walked.append(listed(page))
        forward = re.search(r'rel="next" href="([^"]+)"', page.content.decode())
        page = desk.get("/" + forward[1].replace("&amp;", "&")) if forward else page
    assert [len(one) for one in walked] == [25, 25, 10]
    assert [*walked[0], *walked[1], *walked[2]] == files
    back = previous_of(page)
    page = desk.get("/" + back)
    assert listed(page) == walked[1]
    back = previous_of(page)
    assert listed(desk.get("/" + back)) == walked[0]


def test_an_address_that_names_no_row_shows_the_first_page(desk):
    files = crowd(3, states="submitted")
    for nonsense in ("after=x", "after=00000000-0000-0000-0000-000000000000", "before=1&after=2", "tab=nope"):
        assert listed(desk.get(f"/?{nonsense}")) == [file.reference for file in files]


def test_each_tab_counts_what_it_lists(desk, officer):
    crowd(10)
    crowd_of_mine = crowd_of(officer)
    today = timezone.localdate()
    numbers = counts(officer, today)
    for key, tab in TABS.items():
        if tab.counted:
            assert numbers[key] == str(tab.files(officer, today).count()), key
    assert numbers["mine"] == str(len([f for f in crowd_of_mine if f.state != State.WAITING]))


def crowd_of(officer):
    connection.cursor().execute(
        "UPDATE permits_application SET reference = 'WP-' || substr(md5(id::text), 1, 13)"
    )
    return crowd(5, officer=officer)


def test_counting_stops_at_a_thousand(officer):
    crowd(1010, states="submitted")
    numbers = counts(officer, timezone.localdate())
    assert (numbers["to_review"], numbers["all"], numbers["waiting"]) == ("1000+", "1000+", "0")


def test_a_page_costs_the_same_queries_for_three_files_and_for_thirty(desk):
    crowd(3, states="submitted")
    with CaptureQueriesContext(connection) as few:
        desk.get("/")
    connection.cursor().execute(
        "UPDATE permits_application SET reference = 'WP-' || substr(md5(id::text), 1, 13)"
    )
    crowd(30, states="submitted")
    with CaptureQueriesContext(connection) as many:
        desk.get("/")
    assert len(few) == len(many)
    asked = [query["sql"] for query in many if '"permits_' in query["sql"]]
    assert len(asked) == 2, "one query for the list, one for all counts"


@pytest.mark.parametrize(
    ("key", "index"),
    [
        ("to_review", "application_queue"),
        ("waiting", "application_queue"),
        ("all", "application_open"),
        ("due", "application_open"),
        ("to_confirm", "application_to_confirm"),
        ("mine", "application_mine"),
        ("decided", "application_decided"),
    ],
)
def test_every_list_walks_an_index_in_its_own_order_and_sorts_nothing(officer, key, index):
    crowd(2000, officer=officer)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE permits_application SET decided_at = submitted_at WHERE state = 'waiting'")
        cursor.execute(
            "ANALYZE permits_application, permits_worker, permits_employmentterms, permits_employer"
        )
    other = make.a_user("officer")
    tab = TABS[key]
    files = tab.files(officer if key == "mine" else other, timezone.localdate()).select_related(None)
    with CaptureQueriesContext(connection) as queries:
        page_of(files, tab.order)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + queries[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan
    assert "Sort" not in plan


def test_filters_narrow_the_list_and_show_as_chips(desk, officer):
    crowd(5)
    file = make.a_submitted_application(terms={"province": "AM-LO"})
    page = desk.get("/?tab=all&province=AM-LO")
    assert listed(page) == [file.reference]
    assert "Province of the workplace: <bdi>Lori</bdi>" in page.content.decode()
    assert 'href="?tab=all"' in page.content.decode(), "the chip leads to the list without the filter"
    assert len(listed(desk.get("/?tab=all&state=waiting"))) == 1
    review.take(file, by=officer, at=timezone.now())
    assert listed(desk.get(f"/?tab=all&officer={officer.pk}")) == [file.reference]
    assert len(listed(desk.get("/?tab=all&officer=null"))) == 5
    assert listed(desk.get(f"/?tab=all&employer={file.employer.tax_number}")) == [file.reference]
    assert listed(desk.get("/?tab=all&employer=ararat+build+" + file.employer.name_en.split()[2])) == [
        file.reference
    ]


def test_the_decision_date_filters_by_day_and_says_what_is_wrong_with_it(desk):
    files = crowd(60, states="submitted")
    days = [file.due_on for file in files if file.due_on]
    assert len(days) == len(files)
    last = days[10]
    due = len([day for day in days if day <= last])
    query = f"tab=all&due_day={last.day}&due_month={last.month}&due_year={last.year}"
    assert len(listed(desk.get(f"/?{query}"))) == min(due, 25)
    wrong = desk.get("/?tab=all&due_day=31&due_month=2&due_year=2026")
    assert wrong.status_code == 422
    assert "This day does not exist" in wrong.content.decode()


def test_a_slip_in_a_whole_reference_is_called_one(desk):
    reference = make.a_submitted_application().reference
    assert reference
    slip = reference[:-1] + ("Z" if reference[-1] != "Z" else "Y")
    assert "One character in this reference is wrong" in desk.get("/", {"q": slip}).content.decode()
    assert (
        "One character in this reference is wrong" not in desk.get("/", {"q": reference[:8]}).content.decode()
    )
    assert "One character in this reference is wrong" not in desk.get("/", {"q": reference}).content.decode()


def test_search_finds_by_reference_worker_and_employer_and_never_a_draft(desk):
    file = make.a_submitted_application(worker={"surname": "VANQUISH", "given_names": "LEILA MARIA"})
    owner = make.a_user()
    draft = make.a_draft(make.an_employer(owner, name_en="Hidden LLC"), owner)
    assert file.reference
    for text in (
        file.reference,
        file.reference.lower()[:9],
        "vanquish",
        "maria+vanqu",
        file.employer.name_hy,
        file.employer.tax_number,
    ):
        assert listed(desk.get(f"/?tab=all&q={text}")) == [file.reference], text
    for text in ("Hidden", str(draft.pk), "vanquish+peter", "%25", "_"):
        page = desk.get(f"/?tab=all&q={text}")
        assert listed(page) == []
        assert "0 files under All with these filters" in page.content.decode()


def test_taking_the_next_case_opens_the_one_that_is_due_first(desk, officer):
    late = make.a_submitted_application(at=timezone.now() - timedelta(days=9))
    make.a_submitted_application()
    response = desk.post("/take-next/")
    assert response.url == f"/files/{late.reference}/"
    late.refresh_from_db()
    assert (late.state, late.officer) == (State.IN_REVIEW, officer)


def test_an_empty_queue_says_so_in_words(desk):
    page = desk.post("/take-next/", follow=True)
    assert "No cases to review. Every file has an officer." in page.content.decode()
    assert "New files appear here as soon as employers submit them." in page.content.decode()


def test_of_the_ticked_files_those_that_a_colleague_took_are_named(desk, officer, colleague):
    mine, gone = make.a_submitted_application(), make.a_submitted_application()
    review.take(gone, by=colleague, at=timezone.now())
    text = desk.post("/take/", {"file": [mine.reference, gone.reference]}, follow=True).content.decode()
    assert "You took 1 file." in text
    assert f"Somebody else has these files by now: {gone.reference}." in text
    gone.refresh_from_db()
    assert gone.officer == colleague
    assert "Tick the files that you want to take." in desk.post("/take/", follow=True).content.decode()


def test_decided_files_stand_in_a_list_of_their_own(desk):
    permit = make.a_permit()
    assert listed(desk.get("/?tab=decided")) == [permit.application.reference]
    assert listed(desk.get("/?tab=all")) == []


def test_an_employer_page_lists_its_submitted_files_and_is_logged(desk, officer):
    owner = make.a_user()
    employer = make.an_employer(owner)
    file = make.a_submitted_application(employer, owner)
    make.a_draft(employer, owner)
    make.a_submitted_application()
    assert listed(desk.get(f"/employers/{employer.tax_number}/")) == [file.reference]
    assert AuditEvent.objects.filter(
        action="permits.employer.read", subject=employer.pk, actor=officer.pk
    ).exists()
    assert desk.get("/employers/99999999/").status_code == 404


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (0, State.SUBMITTED, "Due today"),
        (-2, State.SUBMITTED, "2 days late"),
        (5, State.SUBMITTED, "5 days left"),
        (5, State.WAITING, "Paused since"),
    ],
)
def test_the_clock_speaks_in_working_days(desk, left, state, words):
    from wpis.law.calendar import add_working_days, calendar

    today = timezone.localdate()
    day = add_working_days(today, left) if left >= 0 else _working_days_ago(today, -left)
    assert calendar().working_days_between(today, day) == left
    [file] = crowd(1, states=str(state))
    Application.objects.filter(pk=file.pk).update(
        due_on=day, paused_on=today if state == State.WAITING else None
    )
    assert words in desk.get("/?tab=all").content.decode()


def _working_days_ago(today, days):
    from wpis.law.calendar import working_days_between

    day = today
    while working_days_between(today, day) != -days:
        day -= timedelta(days=1)
    return day


def test_an_anonymous_visitor_is_sent_to_sign_in(client_on):
    response = client_on("office").get("/")
    assert response.status_code == 302
    assert "/accounts/login/" in response.url


def test_the_clock_of_a_decided_file_stands(officer):
    from permits.officer.queue.clocks import clock_of

    file = Application(
        state=State.APPROVED, due_on=timezone.localdate(), submitted_at=timezone.now(), paused_on=None
    )
    assert clock_of(file, timezone.localdate()) is None
