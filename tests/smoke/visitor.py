"""An HTTP client that keeps cookies, follows links and fills in forms."""

import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar
from typing import TypeVar

from tests.smoke.page import Form, Page, Value

Found = TypeVar("Found")
PATIENCE = 60.0  # seconds for what workers do in the background; usually they take one

NEXT_PAGE = "Next page"


class Stuck(Exception):
    """The person cannot go on; the text says where and why."""


class Visitor:
    """One person with one set of cookies on one surface."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.page = Page(base, 0, b"", "")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def go(self, address: str) -> Page:
        """Open an address of this surface. Raises Stuck when the server does not answer with a page."""
        return self._ask(urllib.parse.urljoin(self.page.url, address), None, {})

    def follow(self, label: str) -> Page:
        """Follow the first link whose words begin like this."""
        for text, address in self.page.links.items():
            if text.startswith(label):
                return self.go(address)
        raise Stuck(
            f"{self._where()} has no link “{label}”; it has: {', '.join(filter(None, self.page.links))}"
        )

    def find(self, label: str) -> Page:
        """Follow the first link whose words begin like this, on this page of a list or on one of the next."""
        while not any(text.startswith(label) for text in self.page.links) and NEXT_PAGE in self.page.links:
            self.follow(NEXT_PAGE)
        return self.follow(label)

    def send(self, answers: Mapping[str, Value] | None = None, *, press: str = "") -> Page:
        """Fill in the form that asks for all of this, press its button (by label) and follow the redirect."""
        answers = answers or {}
        form = self.page.form(set(answers), press)
        if form is None:
            wanted = f"asks for {', '.join(answers)}" if answers else f"has a button “{press}”"
            raise Stuck(
                f"{self._where()} has no form that {wanted}{f' (with “{press}”)' if answers and press else ''}"
            )
        fields = [(name, value) for name, held in form.holds.items() if name not in answers for value in held]
        files = []
        for name, value in answers.items():
            if isinstance(value, tuple):
                files.append((name, *value))
            else:
                fields += [(name, each) for each in ([value] if isinstance(value, str) else value)]
        pressed = self._button(form, press)
        address = urllib.parse.urljoin(self.page.url, pressed[2] or form.action)
        if pressed[0]:
            fields.append(pressed[:2])
        if form.method == "get":
            return self._ask(f"{address.partition('?')[0]}?{urllib.parse.urlencode(fields)}", None, {})
        if files:
            body, kind = _multipart(fields, files)
        else:
            body, kind = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self._ask(address, body, {"Content-Type": kind})

    def reads(self, *words: str) -> None:
        """Make sure that the page says this. Raises Stuck."""
        for word in words:
            if word not in self.page.words:
                raise Stuck(f"{self._where()} does not say “{word}”. It says: {self.page.words[:600]}")

    def _button(self, form: Form, label: str) -> tuple[str, str, str]:
        if not label:
            return ("", "", "")
        return next(button for text, button in form.buttons.items() if text.startswith(label))

    def _where(self) -> str:
        return f"The page {self.page.url} (“{self.page.title.strip()}”)"

    def _ask(self, url: str, body: bytes | None, headers: dict[str, str]) -> Page:
        request = urllib.request.Request(url, body, {"Accept-Language": "en", **headers})
        try:
            answer = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            page = self._read(error)
            said = "; ".join(page.problems) or page.words[:600]
            raise Stuck(f"{url} answered {error.code}: {said}") from None
        except OSError as error:
            raise Stuck(f"{url} does not answer: {error}") from None
        self.page = self._read(answer)
        return self.page

    def _read(self, answer: "urllib.error.HTTPError | urllib.response.addinfourl") -> Page:
        with answer:
            kind = answer.headers.get_content_type()
            return Page.read(answer.url or "", answer.status or 0, answer.read(), kind)


def wait_for(look: Callable[[], Found | None], what: str, seconds: float = PATIENCE) -> Found:
    """Look again and again until something is there. Raises Stuck when it does not come."""
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise Stuck(f"{what} did not happen within {seconds:.0f} s")
        time.sleep(0.3)


def _multipart(fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]]) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, file, content in files:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
