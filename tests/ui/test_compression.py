"""Pages are compressed, unless another site made the browser ask and could learn something by their length."""

import gzip
from typing import Any

import pytest
from django.utils import timezone

from permits.actions import tokens
from tests.factories import permits as make

pytestmark = pytest.mark.django_db

SEARCH = "/applications/?q=Sharma"


@pytest.fixture
def employer(portal: Any) -> Any:
    by = make.a_user()
    make.a_complete_application(make.an_employer(by), by)
    return portal.sign_in(by)


def asked(client: Any, address: str, site: str = "") -> Any:
    return client.get(
        address, headers={"Accept-Encoding": "gzip"} | ({"Sec-Fetch-Site": site} if site else {})
    )


@pytest.mark.parametrize("site", ["", "none", "same-origin"])
def test_a_page_that_a_person_asks_for_is_compressed(employer: Any, site: str) -> None:
    answer = asked(employer, SEARCH, site)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(answer.content)
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_that_another_site_asks_for_is_sent_as_it_is(employer: Any, site: str) -> None:
    answer = asked(employer, SEARCH, site)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert b"<html" in answer.content


def test_a_stranger_who_follows_a_link_gets_it_compressed(portal: Any) -> None:
    assert asked(portal, "/check/", "cross-site").headers["Content-Encoding"] == "gzip"


def test_the_length_of_one_page_differs_each_time(employer: Any) -> None:
    assert len({len(asked(employer, SEARCH).content) for _time in range(20)}) > 5


def test_what_programs_read_is_sent_as_it_is(employer: Any) -> None:
    by = make.a_user()
    _token, secret = tokens.issue(make.an_employer(by), "Test", by=by, at=timezone.now())
    bearer = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "gzip"}
    for address in ("/api/schema", "/api/v1/applications"):
        answer = employer.get(address, headers=bearer)
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers
