"""Programs of an employer and of an agency: tokens in use and ended, and requests whose answers were kept."""

import base64
from typing import Any

from permits.actions import tokens as employer_tokens
from permits.models import Employer
from referral.api.tokens import actions as agency_tokens
from referral.models import Case, Referral
from tests.conftest import SurfaceClient
from tests.factories.permits import a_file, answers, as_json
from tests.upgrade.stories.cast import Cast


def send(surface: str, secret: str, path: str, body: Any, key: str) -> Any:
    """One POST of a program; what it is answered."""
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    answer = SurfaceClient(surface).generic(
        "POST", f"/api/v1/{path}", as_json(body), content_type="application/json", headers=headers
    )
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


def of_an_employer(cast: Cast, company: Employer) -> str:
    """A program files one application whole; another token was revoked, a third ended with its delegate.

    Gives the token of that program.
    """
    at = cast.clock()
    _token, secret = employer_tokens.issue(company, "Հաշվապահություն", by=cast["tigran"], at=at)
    old, _ = employer_tokens.issue(company, "Old system", by=cast["anna"], at=cast.clock())
    employer_tokens.issue(company, "Delegate's own", by=cast["dismissed"], at=cast.clock())
    employer_tokens.revoke(old, by=cast["anna"], at=cast.clock())
    parts = answers(at.date(), terms={"weekly_hours": 40})
    draft = send("portal", secret, "applications", {"language": "ru", **parts}, "draft-1")
    content = base64.b64encode(a_file().read()).decode()
    for kind in ("passport", "contract"):
        cast.clock()
        sent = {"kind": kind, "name": f"{kind}.pdf", "content": content}
        send("portal", secret, f"applications/{draft['id']}/documents", sent, f"file-{kind}")
    cast.clock()
    send("portal", secret, f"applications/{draft['id']}/submit", {"declared": True}, "submit-1")
    return secret


def of_an_agency(cast: Cast, case: Case) -> str:
    """An agency's case system accepts an item and reads it; another token was revoked.

    Gives the token of that system.
    """
    _token, secret = agency_tokens.issue("Գործերի համակարգ", by=cast["shelter"], at=cast.clock())
    old, _ = agency_tokens.issue("Before the move", by=cast["shelter"], at=cast.clock())
    agency_tokens.revoke(old, by=cast["shelter"], at=cast.clock())
    item = Referral.objects.filter(case=case, agency="ngo-shelter").latest("sent_at")
    cast.clock()
    send("protection", secret, f"items/{item.pk}/accept", None, "accept-1")
    cast.clock()
    SurfaceClient("protection").get(f"/api/v1/items/{item.pk}", headers={"Authorization": f"Bearer {secret}"})
    return secret
