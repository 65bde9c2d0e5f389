"""A program that sends too much is told at the field, with the moment when there is room again."""

from typing import Any

import pytest

from tests.factories import permits as make
from tests.permits.api.test_filing import a_file


@pytest.mark.django_db
def test_too_many_files_are_429_and_a_full_application_is_422(
    program: Any, by: Any, company: Any, settings: Any
) -> None:
    draft = make.a_draft(company, by)
    file = {"kind": "other", "name": "scan.pdf", "content": a_file()}

    def sent() -> Any:
        return program.post(f"/{draft.pk}/documents", file)

    settings.WPIS_UPLOAD_QUOTAS = settings.WPIS_UPLOAD_QUOTAS | {"waiting": 1}
    assert sent().status_code == 201
    answer = sent()
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert (answer.json()["code"], list(answer.json()["fields"])) == ("too_many", ["file"])
    settings.WPIS_UPLOAD_QUOTAS = settings.WPIS_UPLOAD_QUOTAS | {"waiting": 40, "files_of_application": 1}
    answer = sent()
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["file"])
    assert draft.documents.count() == 1
