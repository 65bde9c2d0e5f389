"""The pages that announce an application name the parts of its case type, not a list of their own."""

import re
from dataclasses import replace

import pytest

from permits.case_types.new import CASE_TYPE
from permits.parts.catalogue import ASKED
from permits.templatetags import portal as tags
from tests.factories import permits as make

pytestmark = pytest.mark.django_db
PAGES = ("/applications/start/", "/help/")


def named_on(client, page):
    """The entries of the first list of the page's column that names the worker's part."""
    html = client.get(page).content.decode()
    lists = [re.findall(r"<li>([^<]*)</li>", part) for part in re.findall(r"<ul>(.*?)</ul>", html, re.DOTALL)]
    return next(entries for entries in lists if str(ASKED["worker"].title) in entries)


@pytest.mark.parametrize("page", PAGES)
def test_the_parts_of_an_application_are_listed_in_the_order_of_the_form(portal, page):
    lead = make.a_user()
    make.an_employer(lead)
    portal.sign_in(lead)
    assert named_on(portal, page) == [str(ASKED[part].title) for part in CASE_TYPE.parts]


@pytest.mark.parametrize("page", PAGES)
def test_a_case_type_that_asks_less_is_announced_with_less(portal, page, monkeypatch):
    lead = make.a_user()
    make.an_employer(lead)
    portal.sign_in(lead)
    monkeypatch.setattr(tags, "NEW_PERMIT", replace(CASE_TYPE, parts=("worker", "terms", "documents")))
    assert named_on(portal, page) == [str(ASKED[part].title) for part in ("worker", "terms", "documents")]
