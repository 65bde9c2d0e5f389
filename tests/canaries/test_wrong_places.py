"""Promise P9: nothing that a person entered stands in a log, the broker, a metric, a letter or a static file."""

import base64
import contextlib
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest

from tests.canaries.forms import found
from tests.smoke import answers, people
from tests.smoke.mail import letters
from tests.smoke.story import MainJob
from tests.smoke.visitor import Visitor
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack

TOKEN = "the-collector"
PASSWORD_TRIED = "canary-password-8812"
TYPED = "Canary of a form that is refused"

PERSONAL = [
    *("SHARMA", "RAJESH", "N1234567", "Ռաջեշ Կումար", "Շարմա", answers.MRZ.splitlines()[1]),
    *("+374 10 123456", "+37410123456", "AM12 3456 7890 1234", "AM12345678901234"),
    *("9 Arin-Berd Street", "Golden Path Manpower", "desk@golden-path.example.in", "98765 43210"),
    *("Through the clinic on Tuesdays", "S. Rao", answers.EXPLAINED, answers.ANSWER, answers.QUESTION),
    *("5 Tigran Mets Avenue", "02345678", people.PASSWORD, PASSWORD_TRIED, TYPED),
]
"""Values of every part of the form, of the case, of the questions, and what somebody signs in with."""


class Overheard(threading.Thread):
    """Everything that goes through the broker, by MONITOR."""

    def __init__(self, place: Path) -> None:
        super().__init__(daemon=True)
        self.heard = b""
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(str(place))
        self.connection.sendall(b"MONITOR\r\n")

    def run(self) -> None:
        with contextlib.suppress(OSError):
            while part := self.connection.recv(65536):
                self.heard += part


FAILING = (
    # (role, statement): what the server is given to log when a request fails in the database.
    ("portal", "INSERT INTO accounts_user (email, name, password) VALUES ('{0}', '{0}', '{0}')"),
    ("portal", "UPDATE accounts_user SET email = '{0}', surface = 'office'"),
    ("portal", "SELECT * FROM alerts_alert WHERE reference = '{0}'"),
    ("office", "UPDATE permits_check SET employer_text = '{0}', kind = 'opinion'"),
    ("office", "SELECT pg_sleep(3), '{0}'"),
    ("protection", "INSERT INTO referral_note (id, text) VALUES (gen_random_uuid(), '{0}')"),
    ("protection", "SELECT '{0}' FROM nowhere"),
)


def fail_in_the_database(stack: Stack) -> None:
    """Statements with a canary that break a right, a constraint, a time limit and the grammar."""
    for role, statement in FAILING:
        raw = psycopg2.connect(stack.database_url(role))
        raw.autocommit = True
        with raw.cursor() as cursor:
            cursor.execute("SET statement_timeout = 300")
            with pytest.raises(psycopg2.Error):
                cursor.execute(statement.format(TYPED))
        raw.close()


def fail_at_the_doors(job: MainJob) -> None:
    """Requests that are refused, and carry what somebody typed."""
    for surface in ("portal", "office", "protection"):
        visitor = Visitor(job.stack.url(surface, "/"))
        visitor.go("/accounts/login/")
        visitor.send({"login": people.EMPLOYER.email, "password": PASSWORD_TRIED})
        for path in (
            f"/nowhere/?q={quote(TYPED)}",
            f"/check/?number={quote(TYPED)}",
            f"/files/?q={quote('SHARMA')}",
        ):
            with contextlib.suppress(Exception):
                visitor.go(path)
        request = urllib.request.Request(
            job.stack.url(surface, "/api/v1/applications"),
            data=f'{{"worker": {{"surname": "{TYPED}"'.encode(),
            headers={"Authorization": f"Bearer {TYPED}", "Content-Type": "application/json"},
        )
        with contextlib.suppress(OSError):
            urllib.request.urlopen(request, timeout=10)
    employer = job.visitor(people.EMPLOYER)
    with contextlib.suppress(Exception):
        employer.go(job.application)
        employer.send({"answer": TYPED})


def metrics(stack: Stack, surface: str) -> bytes:
    request = urllib.request.Request(
        stack.url(surface, "/metrics"), headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        text: bytes = answer.read()
    return text


@pytest.fixture(scope="module")
def places() -> Iterator[dict[str, bytes]]:
    """Everything that was written in one walk through the main job, by place."""
    with Stack(beat=True, environment={"WPIS_METRICS_TOKEN": TOKEN}) as stack:
        assert stack.valkey is not None
        broker = Overheard(stack.valkey.socket)
        broker.start()
        job = MainJob(stack)
        for sentence, act in job.steps():
            act()
            assert sentence
        fail_at_the_doors(job)
        fail_in_the_database(stack)
        written = {path.name: path.read_bytes() for path in (stack.state / "log").glob("*.log")}
        written |= {f"metrics of {surface}": metrics(stack, surface) for surface in stack.webs}
        written["broker"] = broker.heard
        mail = stack.state / "mail"
        for person in (people.EMPLOYER, people.PARTNER, people.CASEWORKER):
            written[f"letters to {person.email}"] = "\n".join(letters(mail, person.email)).encode()
        yield written


def test_every_place_was_written_to(places: dict[str, bytes]) -> None:
    names = {"postgres.log", "portal.log", "office.log", "protection.log", "broker", "worker-open.log"}
    assert names <= places.keys()
    assert all(places[name] for name in names if name != "worker-open.log")
    assert b"permission denied for table alerts_alert" in places["postgres.log"], "that it failed is told"
    assert b"work.restricted" in places["broker"]
    assert places[f"letters to {people.EMPLOYER.email}"]


def test_no_place_holds_what_somebody_entered(places: dict[str, bytes]) -> None:
    wrong = {name: found(PERSONAL, text) for name, text in places.items()}
    assert {name: canaries for name, canaries in wrong.items() if canaries} == {}


def test_no_log_nor_metric_nor_message_holds_an_e_mail_address(places: dict[str, bytes]) -> None:
    """The letters do: they go there."""
    addresses = [people.EMPLOYER.email, people.OFFICER.email, people.ANALYST.email, people.PARTNER.email]
    wrong = {name: found(addresses, text) for name, text in places.items() if not name.startswith("letters")}
    assert {name: canaries for name, canaries in wrong.items() if canaries} == {}


def test_no_static_file_holds_a_canary() -> None:
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    assert len(files) > 8
    assert {str(path): canaries for path in files if (canaries := found(PERSONAL, path.read_bytes()))} == {}


@pytest.mark.parametrize(
    "write",
    [
        lambda text: text.encode(),
        lambda text: b"?q=" + quote(text).encode(),
        lambda text: base64.b64encode(b"x" + text.encode()),
        lambda text: base64.b64encode(b"{'name': '" + text.encode() + b"'}"),
        lambda text: text.encode("unicode_escape"),
    ],
)
def test_a_canary_is_found_in_every_form(write: Callable[[str], bytes]) -> None:
    for canary in ("Golden Path Manpower", "Ռաջեշ Կումար", TYPED):
        assert found(PERSONAL, b"... " + write(canary) + b" ...") == [canary]
