"""Two web servers of the portal on the test's database, as granian runs them, and browsers that speak to either."""

import contextlib
import http.cookiejar
import os
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from wpis.development.embedded.local import ROOT
from wpis.development.embedded.processes import services
from wpis.development.embedded.secrets import KEYS, digest_keys
from wpis.development.embedded.servers.ports import any_free_port

Post = tuple[int, str, str]
"""Status, address that it leads to, text of the page."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Browser:
    """A cookie jar that can talk to any of the servers; cookies do not know ports.

    The servers trust it like their proxy: it says which network it comes from.
    """

    def __init__(self, cookies: Sequence[http.cookiejar.Cookie] = (), address: str = "8.8.4.4") -> None:
        self.headers = {"Accept-Language": "en", "X-Forwarded-For": address}
        self.jar = http.cookiejar.CookieJar()
        for cookie in cookies:
            self.jar.set_cookie(cookie)
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), _NoRedirect()
        ).open

    def twin(self) -> "Browser":
        """The same browser once more: what it sends at the same moment comes from the same session."""
        return Browser(list(self.jar), self.headers["X-Forwarded-For"])

    def get(self, url: str, **headers: str) -> Post:
        """Read a page."""
        return self._send(urllib.request.Request(url, headers={**self.headers, **headers}))

    def prepare(self, url: str, form: dict[str, str]) -> urllib.request.Request:
        """Read the page, and fill its form without sending it."""
        (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(url)[2])[:1]
        data = urllib.parse.urlencode(form | {"csrfmiddlewaretoken": token}).encode()
        return urllib.request.Request(url, data, headers=self.headers)

    def post(self, url: str, form: dict[str, str]) -> Post:
        """Read the page, fill its form, send it."""
        return self._send(self.prepare(url, form))

    def send(self, request: urllib.request.Request) -> Post:
        """Send what was prepared."""
        return self._send(request)

    def _send(self, request: urllib.request.Request) -> Post:
        try:
            with self._open(request, timeout=30) as answer:
                return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Location", ""), error.read().decode()


def at_once(*tasks: Callable[[], Post]) -> list[Post]:
    """Run all at the same moment."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Post]) -> Post:
        barrier.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


@contextlib.contextmanager
def two_servers(database_url: str, mail: Path, **more: str) -> Iterator[tuple[str, str]]:
    """The addresses of two processes of the portal on this database."""
    withheld = KEYS - services.KEYS_OF["portal"]
    environment = {name: value for name, value in os.environ.items() if name not in withheld} | {
        "DJANGO_SETTINGS_MODULE": "wpis.settings",
        "WPIS_SURFACE": "portal",
        "DATABASE_URL": database_url,
        "WPIS_DIGEST_KEYS": digest_keys(os.environ["WPIS_DIGEST_KEYS"], services.DIGEST_KEYS_OF["portal"]),
        "WPIS_EMAIL_DIR": str(mail),
        "WPIS_PROXIES": "1",
        **more,
    }
    running = []
    try:
        ports = [any_free_port() for _ in range(2)]
        for port in ports:
            with (mail / f"web-{port}.log").open("wb") as log:
                running.append(
                    subprocess.Popen(
                        services.web("portal", port).command,
                        cwd=ROOT,
                        env=environment,
                        stdout=log,
                        stderr=log,
                    )
                )
        urls = tuple(f"http://localhost:{port}" for port in ports)
        for url, process, port in zip(urls, running, ports, strict=True):
            _wait_until_served(url, process, mail / f"web-{port}.log")
        yield urls[0], urls[1]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(15)


def _wait_until_served(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 150  # others may be at work on this machine
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health/live", timeout=5):
                return
        except OSError:
            assert process.poll() is None, log.read_text()[-2000:]
            assert time.monotonic() < deadline, log.read_text()[-2000:] or "the web server does not answer"
            time.sleep(0.1)
