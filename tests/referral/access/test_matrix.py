"""What an agency may read follows from the latest answers in every order: page, interface, lists and rule agree."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral.access.referrals import readable_by
from referral.access.rule import readable_now
from referral.agencies.directory import agencies
from referral.consent import actions as consents
from referral.disclosure.presenters import title
from referral.models import Case, Consent, Referral
from referral.referrals import actions as referrals
from tests.factories.referral import a_case, a_partner, a_reply, send, the_purpose
from tests.referral.access.matrix import (
    NEEDS_NO_CONSENT,
    QUESTIONS,
    STEPS,
    Model,
    Said,
    Sent,
    chosen,
    mandate,
)
from tests.referral.pages import text, url
from wpis.accounts.models import User
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

Question = tuple[str, str]


class World:
    """One case, played by the real actions and by the model side by side."""

    def __init__(self, case: Case, partners: dict[str, User], at: datetime) -> None:
        self.case, self.partners, self.at, self.model = case, partners, at, Model()

    def say(self, question: Question, name: str) -> None:
        """The person says it; withdrawing needs a yes that stands."""
        self.at += timedelta(minutes=10)
        said = STEPS[name](question, self.at)
        if said.answer == "withdrawn":
            given = Consent.objects.filter(
                case=self.case, agency=question[0], purpose=question[1], answer="yes", withdrawn_at=None
            )
            if not (standing := given.order_by("?").first()):
                return
            consents.withdraw(standing, by=self.case.caseworker, at=self.at)
        else:
            to, use = the_purpose(*question)
            until = timezone.localdate(said.until) - timedelta(days=1) if said.until else None
            reply = a_reply(use, said.answer, fields=tuple(said.fields), valid_until=until)
            consents.record(self.case, to, use, reply, by=self.case.caseworker, at=self.at)
        self.model.say(question, said, self.at)

    def send(self, question: Question) -> Referral | None:
        """Send what the last word allows; the action refuses where the model does."""
        self.at += timedelta(minutes=10)
        self.case.refresh_from_db()
        agreed = self.model.agreed(question, self.at)
        busy = any(
            one.question == question and one.state in ("sent", "accepted") for one in self.model.sent.values()
        )
        reason = "Danger." if question in NEEDS_NO_CONSENT else ""
        if not agreed or busy:
            with pytest.raises(Refused):
                send(self.case, *question, at=self.at, reason=reason)
            return None
        referral = send(self.case, *question, at=self.at, reason=reason)
        said = self.model.said.get(question, Said())
        ends = agencies()[question[0]].access_until(self.at)
        if said.until and question not in NEEDS_NO_CONSENT:
            ends = min(ends, said.until)
        assert referral.access_until == ends
        self.model.sent[referral.pk] = Sent(question, [f for f in mandate(question) if f in agreed], ends)
        return referral

    def answer(self, question: Question, step: str) -> None:
        """The agency accepts, declines or completes the newest referral, or is refused where the model says so."""
        self.at += timedelta(minutes=10)
        of_question = [key for key, one in self.model.sent.items() if one.question == question]
        if not of_question:
            return
        key, by = of_question[-1], self.partners[question[0]]
        one, referral = self.model.sent[key], Referral.objects.select_related("case").get(pk=key)
        act: dict[str, Callable[[], object]] = {
            "accept": lambda: referrals.accept(referral, by=by, at=self.at),
            "decline": lambda: referrals.decline(referral, "No place.", by=by, at=self.at),
            "complete": lambda: referrals.record_outcome(
                referral, next(iter(agencies()[question[0]].outcomes)), "", by=by, at=self.at
            ),
        }
        fits = one.state == {"accept": "sent", "decline": "sent", "complete": "accepted"}[step]
        if fits and self.model.readable(key, self.at):
            act[step]()
            one.state = {"accept": "accepted", "decline": "declined", "complete": "completed"}[step]
        else:
            with pytest.raises(Refused):
                act[step]()

    def expected(self) -> dict[UUID, list[str]]:
        """Referral -> the fields that may be read now, by the model."""
        return {key: self.model.readable(key, self.at) for key in self.model.sent}

    def found(self) -> dict[UUID, list[str]]:
        """The same by the rule of the product; the lists must hold the same referrals."""
        rows = Referral.objects.filter(pk__in=self.model.sent).select_related("case")
        fields = {row.pk: list(readable_now(row, at=self.at)) for row in rows}
        for slug in {one.question[0] for one in self.model.sent.values()}:
            listed = {row.pk for row in readable_by(self.partners[slug], at=self.at)}
            assert listed == {row.pk for row in rows if row.agency == slug and fields[row.pk]}
        return fields


@pytest.fixture
def world() -> World:
    at = timezone.now() - timedelta(hours=3)
    return World(a_case(at=at), {slug: a_partner(slug) for slug in agencies()}, at)


def undone(act: Callable[[], Any]) -> None:
    """Play one situation and take its rows back."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


ORDERS = [*itertools.product(STEPS, repeat=2)]
"""Every two answers after the yes on which something was sent."""

LOOKED_AT = {
    *((name, name) for name in STEPS),
    *(("withdrawn", "yes"), ("narrower", "yes"), ("narrower", "elsewhere"), ("no", "narrower")),
}
"""Orders after which page and interface are opened too, not the rule and the lists alone: that takes seconds."""


@pytest.mark.parametrize("question", QUESTIONS, ids="-".join)
def test_page_and_interface_show_what_the_latest_answer_allows_in_every_order(
    world: World, question: Question, client_on: Any, system_of: Any
) -> None:
    """Case x agency x purpose x order of answers; another purpose of another agency stays as it was."""
    other = next(each for each in QUESTIONS if each[0] != question[0] and each not in NEEDS_NO_CONSENT)
    partner, case, start = world.partners[question[0]], world.case, world.at
    desk, system = client_on("protection").sign_in(partner), system_of(partner)

    def play(order: tuple[str, ...]) -> None:
        nonlocal world
        world = World(Case.objects.get(pk=case.pk), world.partners, start)
        for each in (question, other):
            world.say(each, "yes")
        sent, untouched = world.send(question), world.send(other)
        assert sent
        assert untouched
        for name in order:
            world.say(question, name)
        world.at = timezone.now()
        expected = world.expected()
        assert world.found() == expected, order
        assert expected[untouched.pk] == mandate(other)
        if order in LOOKED_AT:
            agree(desk, system, sent, expected[sent.pk])

    for order in ORDERS:
        undone(lambda order=order: play(order))  # type: ignore[misc]


def agree(desk: Any, system: Any, sent: Referral, fields: list[str]) -> None:
    """The page and the interface show these fields, or say that access has ended and show nothing."""
    page, item = desk.get(url("item", sent.pk)), system.get(f"/{sent.pk}")
    listed = [row["id"] for row in system.get().json()["results"]]
    inbox = text(desk.get(url("partner_inbox")))
    shown = text(page)
    assert (page.status_code, item.status_code) == ((200, 200) if fields else (410, 410))
    assert (str(sent.pk) in listed, sent.reference in inbox) == (bool(fields), bool(fields))
    if fields:
        assert [one["name"] for one in item.json()["shared"]] == fields
        for name in sent.fields:
            title = the_title(name)
            assert (title in page.content.decode()) == (name in fields), (name, fields)
    for name, value in sent.packet.items():
        if name not in fields and isinstance(value, str) and len(value) > 4:
            assert value not in shown + item.content.decode(), name


def the_title(name: str) -> str:
    """A field as the page names it."""
    return f"<dt>{escape(title(name))}</dt>"


SOME = [
    ("ngo-shelter", "shelter"),
    ("labour-inspectorate", "inspection"),
    ("police-anti-trafficking", "investigation"),
]
"""One whose agency reads on after completion, one that needs no consent, and one that ends with completion."""
MOVES = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(SOME), st.sampled_from(sorted(STEPS))),
    st.tuples(st.just("send"), st.sampled_from(SOME), st.just("")),
    st.tuples(st.just("answer"), st.sampled_from(SOME), st.sampled_from(["accept", "decline", "complete"])),
    st.tuples(st.just("wait"), st.sampled_from(SOME), st.sampled_from(["1", "29", "61"])),
)


def test_no_sequence_of_answers_referrals_and_time_lets_an_agency_read_more_or_less_than_the_model(
    world: World,
) -> None:
    case, start = world.case, world.at

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(st.lists(MOVES, min_size=3, max_size=12))
    def play(moves: list[tuple[str, Question, str]]) -> None:
        def situation() -> None:
            played = World(Case.objects.get(pk=case.pk), world.partners, start)
            for question in SOME:
                played.say(question, "yes")
                played.send(question)
            for move, question, what in moves:
                if move == "say":
                    played.say(question, what)
                elif move == "send":
                    played.send(question)
                elif move == "answer":
                    played.answer(question, what)
                else:
                    played.at += timedelta(days=int(what))
                assert played.found() == played.expected(), (move, question, what)

        undone(situation)

    play()


def test_the_steps_are_what_they_say() -> None:
    question = ("ngo-shelter", "shelter")
    assert set(chosen(question, "narrow")) < set(chosen(question, "wide"))
    assert {STEPS[name](question, timezone.now()).answer for name in STEPS} == {
        *("yes", "no", "not_now", "withdrawn"),
    }
