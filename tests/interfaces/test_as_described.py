"""Every answer of the interfaces for programs is one that their OpenAPI files describe, whatever is sent.

schemathesis makes the requests out of each file: what it allows and what not. `make nightly` does the same for longer
over HTTP; here the same requests come with every run, a bounded number of them.
"""

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from requests import PreparedRequest, Request
from schemathesis import Case, GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    negative_data_rejection,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.transport import Response

from permits.actions import tokens
from referral.api.tokens import actions as member_tokens
from tests.conftest import SurfaceClient
from tests.factories import permits as make
from tests.factories.referral import a_referral
from tests.referral.api.conftest import with_factor
from wpis.development.embedded.local import ROOT

pytestmark = pytest.mark.django_db

EXAMPLES = 15  # for each operation and mode
REQUEST = {"method", "url", "headers", "files", "data", "params", "auth", "cookies", "json"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@cache
def described(surface: str) -> Any:
    """What the file of one surface allows."""
    file = json.loads((ROOT / "docs" / "generated" / f"openapi-{surface}.json").read_text(encoding="utf-8"))
    del file["components"]["securitySchemes"]  # every request here is sent with a good token
    for operation in (it for path in file["paths"].values() for it in path.values()):
        operation.pop("security")
    return schemathesis.openapi.from_dict(file)


def operations() -> list[Any]:
    return [
        pytest.param(surface, found.ok(), mode, id=f"{surface} {found.ok().label} {mode.value}")
        for surface in ("portal", "protection")
        for found in described(surface).get_all_operations()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]


def employer() -> tuple[str, list[str]]:
    """A token, and the applications that it may name: a draft, one in review, one with a permit."""
    by = make.a_user()
    company = make.an_employer(by)
    draft = make.a_complete_application(company, by)
    filed = make.a_submitted_application(company, by)
    permit = make.a_permit(make.a_submitted_application(company, by))
    _token, secret = tokens.issue(company, "described", by=by, at=timezone.now())
    return secret, [str(one.pk) for one in (draft, filed, permit.application)]


def agency() -> tuple[str, list[str]]:
    """A token of an agency's member, and an item that was sent to the agency."""
    item, partner = a_referral()
    _token, secret = member_tokens.issue("described", by=with_factor(partner), at=timezone.now())
    return secret, [str(item.pk)]


PEOPLE: dict[str, Callable[[], tuple[str, list[str]]]] = {"portal": employer, "protection": agency}


def prepared(case: "Case[Any]") -> PreparedRequest:
    """The request as it would go over the wire."""
    wanted = case.operation.schema.transport.serialize_case(case, base_url="http://testserver")
    known = {name: value for name, value in wanted.items() if name in REQUEST}
    return Request(**known).prepare()


def answer(sent: PreparedRequest, client: SurfaceClient, secret: str) -> Response:
    """The answer of the surface, which stands on its own database role."""
    address = urlsplit(str(sent.url))
    headers = {name: str(value) for name, value in sent.headers.items() if name.lower() != "content-length"}
    got = client.generic(
        str(sent.method),
        unquote(address.path),
        sent.body or b"",
        content_type=headers.pop("Content-Type", "application/octet-stream"),
        QUERY_STRING=address.query,
        headers=headers | {"Authorization": f"Bearer {secret}", "Accept-Language": "en"},
    )
    said = {name: [value] for name, value in got.items()}
    return Response(got.status_code, said, got.content, sent, 0.0, verify=False)


def padded(sent: Any) -> bool:
    """Whether a text in what is sent begins or ends with blanks."""
    match sent:
        case str():
            return sent != sent.strip()
        case list():
            return any(map(padded, sent))
        case dict():
            return any(map(padded, sent.values()))
    return False


@pytest.mark.parametrize(("surface", "operation", "mode"), operations())
def test_every_answer_is_described(
    surface: str, operation: Any, mode: GenerationMode, client_on: Callable[..., SurfaceClient], settings: Any
) -> None:
    settings.API_RATE = "1000000/min"
    settings.WPIS_UPLOAD_QUOTAS = dict.fromkeys(settings.WPIS_UPLOAD_QUOTAS, 10**6)
    client = client_on(surface)
    client.raise_request_exception = False
    secret, known = PEOPLE[surface]()
    statuses: Counter[int] = Counter()
    places = [parameter.name for parameter in operation.path_parameters]
    more = mode is GenerationMode.POSITIVE or operation.body or operation.headers or operation.query

    @hypothesis_settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def every(data: st.DataObject) -> None:
        fixed = {}
        if places and more:  # what is wrong is elsewhere: a wrong address is absent and nothing else
            fixed["path_parameters"] = dict.fromkeys(places, data.draw(st.sampled_from(known)))
        case = data.draw(operation.as_strategy(generation_mode=mode, **fixed))
        sent = prepared(case)
        response = answer(sent, client, secret)
        statuses[response.status_code] += 1
        # A text that is too long by blanks at its ends is not: they are taken off before it is measured.
        excluded = [negative_data_rejection] if padded(case.body) else []
        case.validate_response(response, checks=[check for check in CHECKS if check not in excluded])

    every()
    print(f"\n{operation.label} {mode.value}: {dict(sorted(statuses.items()))}")
    assert not more or statuses.keys() - {404}, "nothing but absent things was asked for"
