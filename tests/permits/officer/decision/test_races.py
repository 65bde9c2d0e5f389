"""Two officers act at the same moment: one succeeds, and the other is told why not."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from permits.actions import decisions, review
from permits.models import Application, ApplicationChange, Decision, Permit, State
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from wpis.accounts.models import User
from wpis.surfaces import ROLES

ROUNDS = 3


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Every call in its own thread and connection, as the office's database role, all let go together."""
    start, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['office']}")
            start.wait(10)
            answers[place] = calls[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(calls))]
    with standing_on("office"):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    return answers


@pytest.fixture
def client_of(committed: None) -> Callable[[User], Client]:
    """Makes a signed-in browser that can be used in a thread of its own."""

    def make_client(user: User) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        client.cookies = SurfaceClient("office").sign_in(user).cookies
        return client

    return make_client


def an_approval_proposed(by: User) -> Application:
    file = review.take(make.a_submitted_application(), by=by, at=timezone.now())
    make.complete_checks(file)
    ground = decisions.grounds(file, "approval")[0].code
    decisions.propose(
        file,
        "approval",
        ground=ground,
        reason="",
        expected_submission=make.newest(file),
        by=by,
        at=timezone.now(),
    )
    return file


def test_two_colleagues_confirm_at_once_and_one_permit_is_issued(committed, client_of):
    first, *others = (make.a_user("officer") for _ in range(3))
    browsers = [client_of(user) for user in others]
    for _ in range(ROUNDS):
        file = an_approval_proposed(first)
        url = f"/files/{file.reference}/confirm/"
        read = {"decision": make.proposal(file)}
        answers = at_once(*(lambda b=b, url=url, read=read: b.post(url, read) for b in browsers))
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        assert Permit.objects.filter(application=file).count() == 1
        assert ApplicationChange.objects.filter(subject=file, step="approve").count() == 1
        refused = next(answer for answer in answers if answer.status_code == 409)
        assert "No decision is waiting for confirmation." in refused.content.decode()


def test_confirming_and_sending_back_at_once_has_one_effect(committed, client_of):
    first, second, third = (make.a_user("officer") for _ in range(3))
    one, other = client_of(second), client_of(third)
    file = an_approval_proposed(first)
    read = {"decision": make.proposal(file)}
    answers = at_once(
        lambda: one.post(f"/files/{file.reference}/confirm/", read),
        lambda: other.post(f"/files/{file.reference}/send-back/", {**read, "reason": "Check the wage."}),
    )
    assert [answer.status_code for answer in answers].count(302) == 1
    file.refresh_from_db()
    confirmed = Decision.objects.get(application=file).confirmed
    assert confirmed == (file.state == State.APPROVED) == Permit.objects.filter(application=file).exists()


def test_two_officers_take_the_next_case_at_once_and_get_different_ones(committed, client_of):
    officers = [make.a_user("officer") for _ in range(2)]
    browsers = [client_of(user) for user in officers]
    files = {make.a_submitted_application().reference for _ in range(2)}
    answers = at_once(*(lambda b=b: b.post("/take-next/") for b in browsers))
    assert {answer.url for answer in answers} == {f"/files/{reference}/" for reference in files}
    assert {file.officer for file in Application.objects.all()} == set(officers)


def test_two_officers_take_the_same_file_at_once_and_one_gets_it(committed, client_of):
    officers = [make.a_user("officer") for _ in range(2)]
    browsers = [client_of(user) for user in officers]
    file = make.a_submitted_application()
    for _ in range(ROUNDS):
        url = f"/files/{file.reference}/take/"
        answers = at_once(*(lambda b=b, url=url: b.post(url) for b in browsers))
        assert sorted(answer.url for answer in answers) == ["/", f"/files/{file.reference}/"]
        file.refresh_from_db()
        winner = next(i for i, answer in enumerate(answers) if answer.url != "/")
        assert file.officer == officers[winner]
        review.release(file, "Again", by=file.officer, at=timezone.now())
    assert ApplicationChange.objects.filter(subject=file, step="take").count() == ROUNDS


def test_two_officers_tick_the_same_files_in_another_order_and_nobody_blocks(committed, client_of):
    officers = [make.a_user("officer") for _ in range(2)]
    browsers = [client_of(user) for user in officers]
    references = [make.a_submitted_application().reference for _ in range(3)]
    answers = at_once(
        lambda: browsers[0].post("/take/", {"file": references}),
        lambda: browsers[1].post("/take/", {"file": references[::-1]}),
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ApplicationChange.objects.filter(step="take").count() == 3


def test_two_officers_take_over_a_file_at_once_and_one_reads_that_the_other_has_it(committed, client_of):
    away, *others = (make.a_user("officer") for _ in range(3))
    browsers = [client_of(user) for user in others]
    for _ in range(ROUNDS):
        file = review.take(make.a_submitted_application(), by=away, at=timezone.now())
        url, form = f"/files/{file.reference}/take-over/", {"reason": "On leave.", "steps": 2}
        answers = at_once(*(lambda b=b, url=url, form=form: b.post(url, form) for b in browsers))
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        winner = next(i for i, answer in enumerate(answers) if answer.status_code == 302)
        file.refresh_from_db()
        assert file.officer == others[winner]
        assert ApplicationChange.objects.filter(subject=file, step="take_over").count() == 1
        refused = answers[1 - winner].content.decode()
        assert "This was changed meanwhile" in refused
        assert f"<bdi>{others[winner]}</bdi>" in refused
        assert "On leave." in refused


def test_a_take_over_and_the_officers_own_proposal_at_once_have_one_effect(committed, client_of):
    here, other = make.a_user("officer"), make.a_user("officer")
    one, two = client_of(here), client_of(other)
    for _ in range(ROUNDS):
        file = review.take(make.a_submitted_application(), by=here, at=timezone.now())
        url = f"/files/{file.reference}/"
        answer = {"ground": "falsified_documents", "reason": "The stamp was drawn by hand."}
        answers = at_once(
            partial(one.post, url + "decide/refusal/", answer),
            partial(two.post, url + "take-over/", {"reason": "On leave.", "steps": 2}),
        )
        assert [answer.status_code for answer in answers].count(302) == 1
        file.refresh_from_db()
        proposed = file.state == State.REFUSAL_PROPOSED
        assert file.officer == (here if proposed else other)
        assert Decision.objects.filter(application=file).exists() == proposed
