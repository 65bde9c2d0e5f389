"""`make nightly`, the interfaces for programs: schemathesis sends what their OpenAPI files allow, and what not."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack

ISSUE = {
    "portal": """
from django.utils import timezone
from permits.actions import tokens
from permits.models import Employer
from permits.queries import applications_for
from wpis.accounts.models import User
by = User.objects.get(email="employer@example.am")
employer = applications_for(by).first().employer
print("TOKEN", tokens.issue(employer, "nightly", by=by, at=timezone.now())[1])
""",
    "protection": """
from django.db.models import Count
from django.utils import timezone
from referral.api.tokens import actions as tokens
from referral.models import Referral
from wpis.accounts.models import User
agency = Referral.objects.values("agency").annotate(n=Count("pk")).order_by("-n")[0]["agency"]
by = User.objects.get(role="partner", agency=agency)
print("TOKEN", tokens.issue("nightly", by=by, at=timezone.now())[1])
""",
}
"""surface -> how its token is made, by the real action, for somebody of the simulated country who has records."""

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "use_after_free",
)


NO_QUOTAS = (
    '{"waiting": 1000000, "files_an_hour": 1000000, "files_a_day": 1000000, "megabytes_a_day": 1000000}'
)
"""No worker checks files here."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when no surface answered with an error of its own or otherwise than described."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for each surface (default: 600)")
    parser.add_argument("--applications", type=int, default=70, help="of the simulated country")
    options = parser.parse_args(arguments)
    # No limit on requests per minute: nearly every answer would be that there were too many.
    with Stack(
        webs=tuple(ISSUE), workers=(), ringer=False, say=print,
        environment={"WPIS_API_RATE": "1000000/min", "WPIS_UPLOAD_QUOTAS": NO_QUOTAS},
    ) as stack:  # fmt: skip
        stack.manage("simulate", "--applications", str(options.applications), "--seed", "1", "--demo")
        return max([explore(stack, surface, options.seconds) for surface in ISSUE])


def explore(stack: Stack, surface: str, seconds: int) -> int:
    """The exit code of schemathesis for one surface."""
    token = stack.manage("shell", "-c", ISSUE[surface]).split("TOKEN ")[1].split()[0]
    print(f"\n{surface}: {seconds} s", flush=True)
    command: list[str | Path] = [
        Path(sys.executable).with_name("schemathesis"), "run", ROOT / "docs" / "generated" / f"openapi-{surface}.json",
        "--url", stack.url(surface), "--header", f"Authorization: Bearer {token}", "--header", "Accept-Language: en",
        "--checks", ",".join(CHECKS), "--max-time", str(seconds), "--continue-on-failure",
    ]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, timeout=3 * seconds + 300).returncode


if __name__ == "__main__":
    sys.exit(main())
