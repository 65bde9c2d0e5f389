"""The pictures of the README: `python -m tests.journeys.pictures` starts a demo, seeds it, and photographs it."""

import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from tests.journeys.chromium import open_chromium
from tests.journeys.steps.desks import confirm_alert, find_alert, refer
from tests.journeys.steps.filing import fill_worker, finish
from tests.journeys.walker import Walker
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack

IMAGES = ROOT / "docs" / "pictures"
APPLICATIONS = 120
WIDE: ViewportSize = {"width": 1280, "height": 860}
TALL: ViewportSize = {"width": 1280, "height": 1180}
PHONE: ViewportSize = {"width": 360, "height": 740}
LARGEST = 200_000  # bytes of one picture
COLOURS = 128

SignIn = tuple[str, str]
"""E-mail address and password."""


class Studio:
    """A seeded stack and a browser; one visitor per role."""

    def __init__(self, stack: Stack, browser: Browser, directory: Path = IMAGES) -> None:
        self.stack, self.browser, self.directory = stack, browser, directory

    def visitor(self, surface: str, who: SignIn | None = None, viewport: ViewportSize = WIDE) -> Walker:
        """Somebody on a surface; with address and password, signed in."""
        context = self.browser.new_context(viewport=viewport, locale="en-GB", device_scale_factor=1)
        context.set_default_timeout(60_000)
        walker = Walker(context.new_page(), self.stack.url(surface), None)
        if who:
            walker.go("/accounts/login/")
            walker.send({"login": who[0], "password": who[1]}, press="Sign in")
            if surface != "portal":
                walker.send({"code": self.stack.manage("code", who[0]).split()[0]}, press="Sign in")
        return walker

    def take(self, walker: Walker, name: str) -> None:
        """Photograph what the visitor sees; a palette instead of full colour keeps the file small."""
        walker.page.mouse.move(0, 0)
        shot = Image.open(io.BytesIO(walker.page.screenshot(animations="disabled"))).convert("RGB")
        file = self.directory / f"{name}.png"
        shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        size = file.stat().st_size
        sys.stdout.write(f"  {file.relative_to(ROOT)}  {size / 1000:.0f} kB\n")
        assert size < LARGEST, f"{file} is too large for a README"


def portal(studio: Studio, who: SignIn) -> str:
    """The task list of a new application, one of its pages, and where it stands once filed; its reference."""
    employer = studio.visitor("portal", who)
    employer.go("/")
    employer.press("Start an application")
    tasks = employer.path
    fill_worker(employer)
    employer.go(tasks)
    studio.take(employer, "portal-tasks")
    employer.follow("Worker and passport")
    studio.take(employer, "portal-worker")
    employer.press("Save and continue")
    reference = finish(employer)
    studio.take(employer, "portal-status")
    return reference


def office(studio: Studio, who: SignIn) -> str:
    """The queue, and a file beside its documents; the number of an issued permit."""
    officer = studio.visitor("office", who)
    officer.go("/")
    studio.take(officer, "office-queue")
    officer.press("Take next case")
    studio.take(officer, "office-file")
    officer.go("/?tab=decided")
    officer.page.locator("main tbody tr", has_text="Approved").first.get_by_role("link").first.click()
    officer.arrive()
    officer.follow("View permit")
    (number,) = re.findall(r"^Permit (\S+)", officer.page.locator("h1").inner_text())
    return str(number)


def screening(studio: Studio, who: SignIn, reference: str) -> str:
    """The alert that explains itself; its reference, once it is confirmed."""
    analyst = studio.visitor("protection", who)
    find_alert(analyst, reference)
    studio.take(analyst, "analyst-alert")
    return confirm_alert(analyst)


def referral(studio: Studio, alert: str, caseworker_sign_in: SignIn, partner_sign_in: SignIn) -> None:
    """A case, and the part of it that a partner agency sees."""
    caseworker = studio.visitor("protection", caseworker_sign_in)
    case, item = refer(caseworker, alert)
    caseworker.go(case)
    caseworker.page.set_viewport_size(TALL)
    studio.take(caseworker, "caseworker-case")
    partner = studio.visitor("protection", partner_sign_in)
    partner.go("/items/")
    partner.follow(item)
    studio.take(partner, "partner-item")


def check(studio: Studio, number: str) -> None:
    """The public check of a permit, on a phone."""
    anybody = studio.visitor("portal", viewport=PHONE)
    anybody.go(f"/check/{number}")
    studio.take(anybody, "permit-check")


def sign_ins(table: str) -> dict[str, SignIn]:
    """Account -> e-mail address and password, out of what `demo_accounts --list` prints."""
    found = re.findall(r"((\S+)@\S+) +(\S+)", table)
    return {account: (email, password) for email, account, password in found}


def photograph(stack: Stack) -> None:
    """All pictures of a seeded stack."""
    who = sign_ins(stack.manage("demo_accounts", "--list"))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with open_chromium() as browser:
        studio = Studio(stack, browser)
        reference = portal(studio, who["employer"])
        number = office(studio, who["officer"])
        alert = screening(studio, who["analyst"], reference)
        referral(studio, alert, who["caseworker"], who["ngo-shelter"])
        check(studio, number)


def main() -> None:
    """Start, seed, photograph, stop."""
    with Stack(say=lambda sentence: print(f"  {sentence}", flush=True)) as stack:
        stack.manage("simulate", "--applications", str(APPLICATIONS), "--demo")
        photograph(stack)


if __name__ == "__main__":
    main()
