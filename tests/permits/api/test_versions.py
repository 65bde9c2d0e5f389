"""A program changes what it has read: the version it was told stands between it and somebody else's change."""

import uuid

import pytest
from django.utils import timezone

from permits.actions import applications
from permits.models import Application
from tests.factories import permits as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(program, by, company):
    return make.a_complete_application(company, by)


def title(draft: Application) -> str:
    return Application.objects.get(pk=draft.pk).terms.job_title


def renamed(program, draft, name, **headers):
    return program.send("PUT", f"/{draft.pk}", {"terms": {"job_title": name}}, **headers)


def test_every_answer_about_a_draft_names_its_version(program, draft):
    read = program.get(f"/{draft.pk}")
    assert read.headers["ETag"].strip('"')
    assert program.get(f"/{draft.pk}").headers["ETag"] == read.headers["ETag"]
    changed = renamed(program, draft, "Tiler")
    assert changed.headers["ETag"] != read.headers["ETag"]
    assert program.get(f"/{draft.pk}").headers["ETag"] == changed.headers["ETag"]
    assert program.post("", {}).headers["ETag"]


def test_what_was_read_is_changed_and_what_somebody_changed_since_is_not(program, draft, by):
    read = program.get(f"/{draft.pk}").headers["ETag"]
    applications.save_part(draft, "terms", {"job_title": "Plasterer"}, by=by, at=timezone.now())
    refused = renamed(program, draft, "Tiler", **{"If-Match": read})
    assert (refused.status_code, refused.json()["code"]) == (412, "outdated")
    assert title(draft) == "Plasterer"
    again = program.get(f"/{draft.pk}").headers["ETag"]
    assert renamed(program, draft, "Tiler", **{"If-Match": again}).status_code == 200
    assert title(draft) == "Tiler"


@pytest.mark.parametrize("sent", ["*", "{}", "W/{}"])
def test_the_present_version_may_be_named_in_each_way(program, draft, sent):
    present = program.get(f"/{draft.pk}").headers["ETag"]
    assert renamed(program, draft, "Tiler", **{"If-Match": sent.format(present)}).status_code == 200


@pytest.mark.parametrize("sent", ['"', "x", "1", f'"{uuid.UUID(int=0)}"'])
def test_what_is_no_present_version_changes_nothing(program, draft, sent):
    before = title(draft)
    assert renamed(program, draft, "Tiler", **{"If-Match": sent}).status_code == 412
    assert title(draft) == before
