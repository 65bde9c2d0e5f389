"""The proxy in front: TLS for the host names of docker/Caddyfile, and the headers that it sets; and a visitor to it."""

import http.client
import re
import socket
import ssl
import threading
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.smoke.page import Page
from tests.smoke.visitor import Visitor

NOT_PASSED_ON = {"connection", "transfer-encoding", "content-length", "x-forwarded-for", "x-forwarded-proto"}


def sites(caddyfile: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Host name -> the container that serves it."""
    found = re.findall(
        r"^\{\$(\w+):([\w.]+)\} \{\s+import surface (\w+)\s+\}", caddyfile.read_text(), re.MULTILINE
    )
    return {environment.get(name) or default: surface for name, default, surface in found}


class Front:
    """Passes on what comes for one of these hosts to a port of this machine."""

    def __init__(self, ports: Mapping[str, int], context: ssl.SSLContext) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host = self.headers.get("Host", "")
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if host not in ports or re.match(r"/metrics|/health/", self.path):
                    self._answer(404, {}, b"")
                    return
                headers = {
                    name: value for name, value in self.headers.items() if name.lower() not in NOT_PASSED_ON
                }
                headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https"}
                inner = http.client.HTTPConnection("127.0.0.1", ports[host], timeout=60)
                inner.request(self.command, self.path, body or None, headers)
                answer = inner.getresponse()
                self._answer(answer.status, answer.getheaders(), answer.read())
                inner.close()

            do_POST = do_GET

            def _answer(self, status: int, headers: Any, body: bytes) -> None:
                self.send_response(status)
                for name, value in dict(headers).items() if isinstance(headers, dict) else headers:
                    if name.lower() not in NOT_PASSED_ON:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._server.shutdown()
        self._server.server_close()


class SecureVisitor(Visitor):
    """A visitor who reaches every host name at the proxy and trusts one authority."""

    def __init__(self, base: str, *, port: int, authority: Path) -> None:
        super().__init__(base)
        context = ssl.create_default_context(cafile=authority)

        class Connection(http.client.HTTPSConnection):
            def connect(self) -> None:
                wire = socket.create_connection(("127.0.0.1", port), self.timeout)
                self.sock = context.wrap_socket(wire, server_hostname=self.host)

        class Handler(urllib.request.HTTPSHandler):
            def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
                return self.do_open(Connection, request)

        self._opener = urllib.request.build_opener(Handler(), urllib.request.HTTPCookieProcessor(CookieJar()))

    def _ask(self, url: str, body: bytes | None, headers: dict[str, str]) -> Page:
        """As a browser, which says where a form stood."""
        return super()._ask(url, body, {"Origin": self.base.rstrip("/"), **headers} if body else headers)
