"""A user of a real browser: fills in forms by label, follows links, reads pages."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext, override
from playwright.sync_api import ConsoleMessage, FilePayload, Locator, Page

from tests.journeys.looks import Looks
from tests.smoke.people import PASSWORD, Person
from tests.smoke.totp import fresh_code

ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of (403|404|409|422|429)")
"""Chromium calls every page with such a status an error of the console; ours are pages for people."""


class Walker:
    """One person, one browser window, one surface. Whatever the console complains about fails the step."""

    def __init__(self, page: Page, base: str, looks: Looks | None) -> None:
        self.page, self.base, self.looks = page, base, looks
        self.complaints: list[str] = []
        self.key = ""  # of the app that shows their codes
        self.language = (
            "en"  # links and buttons are named in English by the steps, and looked for in this language
        )
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @property
    def path(self) -> str:
        """Where the person is."""
        return urlsplit(self.page.url).path

    def go(self, path: str) -> None:
        """Open an address of the surface."""
        self.page.goto(self.base + path)
        self.arrive()

    def speak(self, language: str) -> None:
        """Switch the page to a language and go on in it."""
        self.language = language
        if self.page.locator("html").get_attribute("lang") != language:
            self.page.locator(f"header button[lang={language}]").click()
            self.arrive()
        assert self.page.locator("html").get_attribute("lang") == language

    def follow(self, label: str) -> None:
        """Click the first link whose words begin like this."""
        self._named("link", label).click()
        self.arrive()

    def press(self, label: str) -> None:
        """Press the first button whose words begin like this; the page moves."""
        self._named("button", label).click()
        self.arrive()

    def send(self, answers: Mapping[str, str | list[str]], press: str) -> None:
        """Fill in a form and press its button."""
        self.fill(answers)
        self.press(press)

    def fill(self, answers: Mapping[str, str | list[str]]) -> None:
        """Enter values by the names of the fields; radio buttons and ticks by their values."""
        for name, value in answers.items():
            for each in [value] if isinstance(value, str) else value:
                self._enter(self.page.locator(f"main [name='{name}']"), each)

    def upload(self, kind: str, name: str, content: bytes) -> None:
        """Add a document."""
        file: FilePayload = {"name": name, "mimeType": "application/pdf", "buffer": content}
        self.page.set_input_files(f"main [name=file_{kind}]", files=[file])
        with self.page.expect_navigation():  # a script sends it, and goes on when it has arrived
            self.press("Upload")

    def download(self, label: str) -> Path:
        """Follow the first link whose words begin like this to a file; where it lies."""
        with self.page.expect_download() as download:
            self._named("link", label).click()
        return Path(download.value.path())

    def reads(self, *words: str) -> None:
        """The page says this."""
        said = " ".join(self.page.locator("main").inner_text().split())
        for word in words:
            assert word in said, f"{self.page.url} does not say “{word}”: {said[:1500]}"

    def says(self, word: str) -> bool:
        """Whether the page says this."""
        return word in " ".join(self.page.locator("main").inner_text().split())

    def arrive(self) -> None:
        """A page came: the console is silent, and the page is looked at if it is new."""
        self.page.wait_for_load_state()
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        if self.looks is not None:
            self.looks.look(self.page, self.base)
            assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    def sign_in(self, person: Person, key: str = "") -> None:
        """Through the sign-in page; with a key, the code of the app is typed too."""
        self.go("/accounts/login/")
        self.send({"login": person.email, "password": PASSWORD}, press="Sign in")
        if key:
            self.send({"code": fresh_code(key)}, press="Sign in")

    def prove(self) -> None:
        """Once more who it is, with a code of the app, before a protected step."""
        self.send({"code": fresh_code(self.key)}, press="Continue")

    def keep_picture(self, path: Path) -> None:
        """What the person sees, for the one who looks for the fault."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=True)

    def _named(self, role: str, label: str) -> Locator:
        with override(self.language):
            words = re.compile(rf"^\s*{re.escape(gettext(label))}(?!\w)")
        inside = self.page.locator("main").get_by_role(role, name=words)  # type: ignore[arg-type]
        anywhere = self.page.get_by_role(role, name=words)  # type: ignore[arg-type]
        return (inside if inside.count() else anywhere).first

    def _enter(self, control: Locator, value: str) -> None:
        tag, kind = control.first.evaluate("(it) => [it.tagName, it.type]")
        if kind in ("radio", "checkbox"):
            offered = (
                control if control.count() == 1 else control.and_(self.page.locator(f"[value='{value}']"))
            )
            if offered.count():
                offered.check()
            else:  # not among the common ones: in the list of the others
                name = control.first.get_attribute("name")
                self.page.locator(f"main select[name^='{name}_other_']").first.select_option(value)
        elif tag == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)

    def _listen(self, line: ConsoleMessage) -> None:
        if line.type == "error" and not ANSWERED.match(line.text):
            self.complaints.append(line.text)
