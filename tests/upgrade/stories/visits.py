"""People sign in, check permits and look at pages, which adds entries to the audit trail."""

from datetime import date

from alerts.models import Alert
from permits.models import Application, ApplicationDocument, Permit
from referral.models import Case, Referral
from tests.conftest import SurfaceClient
from tests.factories.permits import PASSWORD
from tests.upgrade.stories.cast import Cast
from wpis.documents.models import State as UploadState


def visit(cast: Cast, case: Case) -> None:
    """One visit of each kind."""
    _portal(cast)
    _office(cast)
    _protection(cast, case)


def after_its_time(cast: Cast, day: date) -> None:
    """An agency opens an item that it may no longer see."""
    cast.clock.morning_of(day)
    ended = Referral.objects.filter(agency="ngo-shelter", access_until__lte=cast.clock()).first()
    assert ended is not None
    _open(SurfaceClient("protection").sign_in(cast["shelter"]), f"/items/{ended.pk}/", 200, 410)


def wrong_password(cast: Cast) -> None:
    """Somebody tries a password; the next sign-in of anybody forgets tries that are too old to count."""
    cast.clock()
    typed = {"login": cast["oleg"].email, "password": "not-the-right-one"}
    SurfaceClient("portal").post("/accounts/login/", typed)


def _portal(cast: Cast) -> None:
    cast.clock()
    browser = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="hy")
    answer = SurfaceClient("portal").post(
        "/accounts/login/", {"login": cast["anna"].email, "password": PASSWORD}
    )
    assert answer.status_code == 302, answer.content
    browser = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="hy")
    _open(browser, f"/check/{Permit.objects.earliest('issued_at').number}")


def _office(cast: Cast) -> None:
    cast.clock()
    desk = SurfaceClient("office", HTTP_ACCEPT_LANGUAGE="hy").sign_in(cast["lilit"])
    file = Application.objects.filter(permit__isnull=False).earliest("submitted_at")
    _open(desk, f"/files/{file.reference}/")
    _open(desk, f"/files/{file.reference}/permit.pdf")
    _open(desk, f"/employers/{file.employer.tax_number}/")
    paper = ApplicationDocument.objects.filter(application=file, upload__state=UploadState.CLEAN).earliest(
        "added_at"
    )
    _open(desk, f"/files/{file.reference}/documents/{paper.pk}/1.png")
    answer = desk.post(
        f"/files/{file.reference}/show/worker.passport_number/",
        {"why": "other", "note": "Թիվը հնչեց հեռախոսով։"},
    )
    assert answer.status_code == 200, answer.content


def _protection(cast: Cast, case: Case) -> None:
    cast.clock()
    _open(
        SurfaceClient("protection").sign_in(cast["zara"]),
        f"/alerts/{Alert.objects.earliest('created_at').pk}/",
    )
    desk = SurfaceClient("protection").sign_in(cast["anahit"])
    _open(desk, f"/cases/{case.pk}/")
    assert desk.post(f"/cases/{case.pk}/show/full_name/", {"reason": "identity"}).status_code == 200
    shown = Referral.objects.filter(agency="ngo-shelter", access_until__gt=cast.clock()).earliest("sent_at")
    _open(SurfaceClient("protection").sign_in(cast["shelter"]), f"/items/{shown.pk}/")
    _open(SurfaceClient("protection").sign_in(cast["auditor"]), "/log/")


def _open(browser: SurfaceClient, path: str, *expected: int) -> None:
    answer = browser.get(path)
    assert answer.status_code in (expected or (200,)), (path, answer.status_code)
