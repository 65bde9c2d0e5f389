"""The documents page: a row for each needed file, several sent at once, replaced, removed and brought back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from permits.document_kinds import DocumentKind
from permits.models import Application, ApplicationDocument
from tests.factories import permits as make
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(portal: Any) -> Application:
    by = make.a_user()
    portal.sign_in(by)
    return make.a_draft(make.an_employer(by), by)


@pytest.fixture
def address(draft: Application) -> str:
    return f"/applications/{draft.pk}/documents/"


def there(draft: Application) -> list[str]:
    return sorted(draft.documents.filter(removed_at=None).values_list("kind", flat=True))


def shown(portal: Any, address: str) -> str:
    response = portal.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def attached(
    draft: Application, kind: DocumentKind = DocumentKind.PASSPORT, **more: Any
) -> ApplicationDocument:
    return make.attach(draft, kind, by=draft.created_by, at=timezone.now(), **more)


def test_both_needed_files_are_sent_at_once_and_the_next_page_comes(
    portal: Any, draft: Application, address: str
) -> None:
    html = shown(portal, address)
    assert html.count("Still needed") == 2
    sent = {"file_passport": make.a_file(), "file_contract": make.a_file(), "continue": "1"}
    response = portal.post(address, sent)
    assert response.url == f"/applications/{draft.pk}/check/"
    assert there(draft) == ["contract", "passport"]
    assert "Still needed" not in shown(portal, address)


def test_going_on_needs_no_file_and_the_button_of_a_box_does(
    portal: Any, draft: Application, address: str
) -> None:
    assert portal.post(address, {"continue": "1"}).status_code == 302
    response = portal.post(address, {"add": "file_contract"})
    assert response.status_code == 422
    assert 'href="#id_file_contract"' in response.content.decode()


def test_a_good_file_is_kept_beside_a_bad_one_which_is_refused_at_its_box(
    portal: Any, draft: Application, address: str
) -> None:
    bad = SimpleUploadedFile("contract.pdf", b"no PDF at all")
    response = portal.post(address, {"file_passport": make.a_file(), "file_contract": bad, "continue": "1"})
    assert response.status_code == 422
    assert there(draft) == ["passport"]
    html = response.content.decode()
    assert 'href="#id_file_contract"' in html
    assert 'id="id_file_contract_error"' in html
    assert 'id="id_file_passport"' not in html, "the box of the file that was taken is gone"


def test_a_replaced_file_gives_way_only_when_the_other_is_taken(
    portal: Any, draft: Application, address: str
) -> None:
    old = attached(draft)
    box = f"replace_{old.pk.hex}"
    assert portal.post(address, {box: SimpleUploadedFile("x.pdf", b"no PDF"), "add": box}).status_code == 422
    old.refresh_from_db()
    assert old.removed_at is None
    assert portal.post(address, {box: make.a_file("better.pdf"), "add": box}).status_code == 302
    assert draft.documents.get(pk=old.pk).removed_at
    assert [each.upload.name for each in draft.documents.filter(removed_at=None)] == ["better.pdf"]


def test_a_removed_file_is_brought_back_once_and_the_removal_stays_on_record(
    portal: Any, draft: Application, address: str
) -> None:
    old = attached(draft)
    assert portal.post(f"{address}{old.pk}/remove/").status_code == 302
    html = shown(portal, address)
    assert "Removed today" in html
    back = re.findall(r'action="([^"]*/restore/)"', html)
    assert back == [f"{address}{old.pk}/restore/"]
    for _press in range(2):
        assert portal.post(back[0]).url == address
    assert there(draft) == ["passport"]
    old.refresh_from_db()
    assert old.removed_at
    assert "Removed today" not in shown(portal, address)


def test_what_was_removed_longer_ago_is_not_brought_back(
    portal: Any, draft: Application, address: str
) -> None:
    old = attached(draft)
    portal.post(f"{address}{old.pk}/remove/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("permits.employer.document_rows.UNDO", timedelta(0))
        patch.setattr("permits.employer.views.documents.UNDO", timedelta(0))
        assert "Removed today" not in shown(portal, address)
        assert portal.post(f"{address}{old.pk}/restore/").status_code == 404
    assert there(draft) == []


def test_a_picture_is_shown_of_a_checked_file_alone_and_its_reading_is_recorded(
    portal: Any, draft: Application, address: str
) -> None:
    waiting = attached(draft, checked=False)
    assert portal.get(f"{address}{waiting.pk}/picture.png").status_code == 404
    assert "picture.png" not in shown(portal, address)
    assert "Being checked" in shown(portal, address)
    make.check_documents(draft)
    assert f"{address}{waiting.pk}/picture.png" in shown(portal, address)
    picture = portal.get(f"{address}{waiting.pk}/picture.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert AuditEvent.objects.filter(action="permits.document.read").exists()


def test_the_script_is_told_where_to_go_without_reading_the_page_twice(portal: Any, address: str) -> None:
    response = portal.post(address, {"file_passport": make.a_file()}, headers={"Wpis-Upload": "1"})
    assert (response.status_code, response["Location"], response.content) == (204, address, b"")
