"""A program of an employer: a client with a token that speaks JSON."""

import itertools
from typing import Any

import pytest

from permits.actions import tokens
from tests.factories import permits as make


class Program:
    """Sends JSON with the token; each POST gets a fresh key unless one is given."""

    def __init__(self, client: Any, secret: str) -> None:
        self.client, self.secret, self.keys = client, secret, itertools.count(1)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The response to `/api/v1/applications<path>`."""
        return self.client.generic(
            method,
            f"/api/v1/applications{path}",
            "" if body is None else make.as_json(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def get(self, path: str = "") -> Any:
        """Read."""
        return self.send("GET", path)

    def put(self, path: str, body: Any) -> Any:
        """Change."""
        return self.send("PUT", path, body)

    def post(self, path: str, body: Any, key: str = "") -> Any:
        """Create, with a key."""
        return self.send("POST", path, body, **{"Idempotency-Key": key or f"key-{next(self.keys)}"})


@pytest.fixture
def by():
    return make.a_user()


@pytest.fixture
def company(by):
    return make.an_employer(by)


@pytest.fixture
def program_of(client_on):
    """Makes a program of any person and company."""

    def program(by: Any, company: Any) -> Program:
        from django.utils import timezone

        _token, secret = tokens.issue(company, "Test", by=by, at=timezone.now())
        return Program(client_on("portal"), secret)

    return program


@pytest.fixture
def program(program_of, by, company):
    return program_of(by, company)
