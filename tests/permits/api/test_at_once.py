"""Two requests of one token at the same moment: the second waits for the first, and has no effect of its own."""

import threading
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from permits.actions import tokens
from permits.models import ApiRequest, Application
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from tests.permits.api.conftest import Program

PATIENCE = 20


@pytest.fixture
def a_program(committed: None) -> Program:
    by = make.a_user()
    _token, secret = tokens.issue(make.an_employer(by), "Test", by=by, at=timezone.now())
    return Program(SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en"), secret)


def test_a_request_that_is_still_being_worked_on_is_to_be_tried_again(a_program, database_url):
    with psycopg2.connect(database_url()) as elsewhere, elsewhere.cursor() as cursor:
        cursor.execute("SELECT 1 FROM permits_apitoken FOR NO KEY UPDATE")
        busy = a_program.post("", {}, key="a")
    assert (busy.status_code, busy.json()["code"]) == (409, "conflict")
    assert not Application.objects.exists()
    assert a_program.post("", {}, key="a").status_code == 201


def test_a_request_that_comes_twice_at_once_has_one_effect(a_program):
    answers: list[Any] = []
    together = threading.Barrier(2, timeout=PATIENCE)

    def post() -> None:
        try:
            together.wait()
            answers.append(Program(Client(), a_program.secret).post("", {}, key="a"))
        finally:
            connection.close()

    threads = [threading.Thread(target=post, daemon=True) for _ in range(2)]
    with standing_on("portal"):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Application.objects.count() == ApiRequest.objects.count() == 1
