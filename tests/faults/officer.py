"""Two steps of the procedure as their own processes: an employer files, an officer tries to propose approval."""

import sys
from collections.abc import Callable

import django


def file() -> str:
    """File a complete application; its id."""
    from django.utils import timezone

    from permits.actions import applications
    from permits.submissions.draft import Draft
    from tests.factories.permits import a_complete_application, a_user, an_employer

    by = a_user()
    draft = a_complete_application(an_employer(by), by)
    return str(
        applications.submit(draft, by=by, at=timezone.now(), declared=True, expected_draft=Draft.AS_SAVED).pk
    )


def propose(key: str) -> str:
    """Take the file if nobody has it and propose approval: "proposed", or why not."""
    from django.utils import timezone

    from permits.actions import decisions, review
    from permits.models import Application
    from tests.factories.permits import a_user
    from wpis.errors import Refused

    application, at = Application.objects.select_related("officer").get(pk=key), timezone.now()
    officer = application.officer or a_user("officer", email="first.officer@example.am")
    if application.officer is None:
        application = review.take(application, by=officer, at=at)
    assert application.submitted_at
    ground = decisions.grounds(application, "approval")[0].code
    try:
        decisions.propose(
            application,
            "approval",
            ground=ground,
            reason="",
            expected_submission=application.submissions.latest("number").pk,
            by=officer,
            at=at,
        )
    except Refused as refused:
        return f"refused: {refused}"
    return "proposed"


if __name__ == "__main__":
    django.setup()
    steps: dict[str, Callable[..., str]] = {"file": file, "propose": propose}
    print(steps[sys.argv[1]](*sys.argv[2:]))
