"""Every response carries the same headers, and one page means "not found"."""

import pytest
from django.test import Client, override_settings


@pytest.fixture
def client():
    with override_settings(ROOT_URLCONF="tests.ui.pages"):
        yield Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE="en")


ADDRESSES = ["/", "/absent/", "/forbidden/", "/nowhere/", "/broken/", "/static/wpi/wpi.css"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_headers_stand_on_every_response(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_sites_learn_nothing_but_our_own_forms_keep_their_origin(client, address):
    """With "no-referrer" a browser sends "Origin: null" with our own forms and Django refuses them all."""
    assert client.get(address).headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/absent/", "/broken/"])
def test_pages_are_never_stored(client, address):
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert "ETag" not in headers


def test_absent_and_forbidden_are_the_same_bytes_and_headers(client):
    pages = [client.get(address) for address in ("/absent/", "/forbidden/", "/nowhere/")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert len({tuple(sorted(page.headers.items())) for page in pages}) == 1
    assert b"A-1" not in pages[0].content


def test_a_broken_page_gives_a_reference_and_no_detail(client):
    page = client.get("/broken/")
    assert page.status_code == 500
    assert b"Something went wrong" in page.content
    assert b'<bdi class="ref">' in page.content
    assert b"secret detail" not in page.content


def test_a_form_without_its_token_is_answered_with_what_to_do():
    with override_settings(ROOT_URLCONF="tests.ui.pages"):
        page = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en").post(
            "/language/", {"language": "hy"}
        )
    assert page.status_code == 403
    assert b"open for too long" in page.content


def test_the_language_is_chosen_by_form_kept_in_a_cookie_and_returns_to_the_page(client):
    answer = client.post("/language/", {"language": "ru", "next": "/?page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/?page=2")
    assert client.get("/").content == b"fine ru"


def test_the_language_switch_leads_to_no_other_site(client):
    answer = client.post("/language/", {"language": "ru", "next": "https://evil.example/"})
    assert "evil" not in answer.headers["Location"]


def test_a_language_in_the_address_holds_for_that_page_alone(client):
    assert client.get("/?hl=ru").content == b"fine ru"
    assert client.get("/").content == b"fine en"
    assert client.get("/?hl=tlh").content == b"fine en"


def test_without_a_wish_the_page_is_armenian():
    with override_settings(ROOT_URLCONF="tests.ui.pages"):
        assert Client().get("/").content == b"fine hy"
