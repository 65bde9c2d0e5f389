"""Two persons close or take over a case at the same moment: one succeeds, the other is told why not."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from referral.access import actions as access
from referral.cases import actions as cases
from referral.cases.closing import actions as closing
from referral.models import Case, ClosingProposal
from referral.states import CaseState
from tests.conftest import SurfaceClient, standing_on
from tests.factories.referral import a_case, a_caseworker
from tests.referral.pages import url
from wpis.accounts.models import User
from wpis.errors import Refused
from wpis.surfaces import ROLES


def test_two_second_persons_at_once_close_it_once(committed: None) -> None:
    proposal = proposed(a_case())
    seconds = [a_caseworker(), a_caseworker()]
    for second in seconds:
        access.add_member(proposal.case, second, by=proposal.proposed_by, at=timezone.now())
    browsers = [signed_in(second) for second in seconds]
    page = url("decide_closing", proposal.case_id, proposal.pk, "confirm")
    answers = at_once(*[lambda browser=browser: browser.post(page) for browser in browsers])
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [302, 422]
    assert Case.objects.get().changes.filter(step="close").count() == 1


def test_of_confirming_and_taking_over_at_once_one_is_refused(committed: None) -> None:
    proposal, second, taker = proposed(a_case()), a_caseworker(), a_caseworker()

    def act(call: Callable[[], Any]) -> Callable[[], str]:
        def run() -> str:
            try:
                call()
            except Refused as refused:
                return str(refused)
            return ""

        return run

    answers = at_once(
        act(lambda: closing.confirm(proposal, by=second, at=timezone.now())),
        act(
            lambda: cases.take_over(
                proposal.case,
                "Away.",
                by=taker,
                at=timezone.now(),
                expected_caseworker=proposal.proposed_by_id,
            )
        ),
    )
    assert sum(answer != "" for answer in answers) == 1
    case = Case.objects.get()
    assert (case.state == CaseState.CLOSED) == (case.caseworker == proposal.proposed_by)


def signed_in(user: User) -> Client:
    """A browser that can be used in a thread of its own."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.cookies = SurfaceClient("protection").sign_in(user).cookies
    return client


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Every call in its own thread and connection, as the role of the desk, all let go together."""
    start, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {ROLES['protection']}")
            start.wait(10)
            answers[place] = calls[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(calls))]
    with standing_on("protection"):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    return answers


def proposed(case: Case) -> ClosingProposal:
    """Its caseworker wants to close it as no concern."""
    return closing.propose(case, "no_concern", "Nothing.", by=case.caseworker, at=timezone.now())
