"""An agency's case system as an API client: it reads and answers with a token."""

import json
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

from tests.journeys.walker import Walker


def make_token(partner: Walker) -> str:
    """On the page of the workspace: with a code of the app, refused without a name, then shown once; the secret."""
    partner.follow("Programs")
    partner.reads("There is no token.")
    partner.press("Make a token")
    partner.reads("Confirm that it is you")
    partner.prove()
    partner.reads("There is a problem", "Enter a name for the token")
    partner.send({"label": "Intake of the shelter"}, press="Make a token")
    partner.reads("It is shown this once")
    secret = partner.page.locator("main code").first.inner_text()
    partner.follow("I have copied it")
    partner.reads("Intake of the shelter")
    assert not partner.says(secret)
    return secret


def call(base: str, secret: str, path: str, body: Any = None) -> Any:
    """What the interface answers; with a body it is a POST with a key of its own."""
    headers = {
        "Authorization": f"Bearer {secret}",
        "Accept-Language": "en",
        "Content-Type": "application/json",
    }
    if body is not None:
        headers["Idempotency-Key"] = str(uuid4())
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{base}/api/v1/items{path}", data, headers), timeout=30) as response:
        return json.load(response)


def complete(partner: Walker, item: str) -> None:
    """The case system finds the item, reads it and says what came of it; then the token is ended."""
    secret = make_token(partner)
    (listed,) = [row for row in call(partner.base, secret, "")["results"] if row["reference"] == item]
    read = call(partner.base, secret, f"/{listed['id']}")
    assert {field["name"] for field in read["shared"]} == {"alias", "spoken_language", "safe_contact"}
    assert "SHARMA" not in str(read)
    done = call(
        partner.base, secret, f"/{listed['id']}/complete", {"outcome": read["outcomes"][0]["outcome"]}
    )
    assert done["state"] == "completed"
    partner.press("Revoke")
    partner.reads("The token is revoked", "There is no token.")
