"""While workers are killed and the mail server fails in every way, no letter arrives twice and none is lost unseen."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.factories.mail_server import Act, MailServer
from tests.faults.test_nothing_is_lost import revive, rows
from tests.operator.servers.listening import Listening
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack

pytestmark = pytest.mark.faults

LETTERS = int(os.environ.get("WPIS_FAULT_LETTERS", "20"))
KILLS = int(os.environ.get("WPIS_FAULT_KILLS", "3"))
CATCH_UP = 180.0  # seconds after the last fault in which every letter is sent or waits for a person
OPEN = "SELECT count(*) FROM wpis_errand WHERE started_at IS NULL AND done_at IS NULL AND dead_at IS NULL"
IN_DOUBT = "SELECT count(*) FROM wpis_errand WHERE started_at IS NOT NULL AND done_at IS NULL"
DONE = "SELECT count(*) FROM wpis_errand WHERE done_at IS NOT NULL"


class Weather:
    """Half of the letters are taken; of the others each end is as likely. Silence would cost ten seconds a letter."""

    def __init__(self) -> None:
        self.chance = random.Random(8)
        self.fair = False

    def __call__(self) -> Act:
        if self.fair or self.chance.random() < 0.5:
            return Act.TAKE
        return self.chance.choice([act for act in Act if act is not Act.SILENT_AFTER])


@pytest.fixture
def server() -> Iterator[tuple[MailServer, Weather, int]]:
    listening, weather = Listening(), Weather()
    mail = MailServer(weather)
    yield mail, weather, listening.serve(mail.talk)
    listening.close()


def kill_at_the_worst_moment(stack: Stack, mail: MailServer) -> None:
    """As soon as the next letter was taken: the worker cannot have written down that it was."""
    mail.taken.clear()
    mail.taken.wait(10)
    for child in stack.children("worker-open"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def test_no_letter_arrives_twice_and_none_is_lost_without_being_shown(
    server: tuple[MailServer, Weather, int],
) -> None:
    mail, weather, port = server
    to_it = {"WPIS_EMAIL_DIR": "", "WPIS_EMAIL_HOST": "127.0.0.1", "WPIS_EMAIL_PORT": str(port)}
    with Stack(webs=(), workers=("open",), ringer=True, durable=True, environment=to_it) as stack:
        subprocess.run(
            [sys.executable, "-m", "tests.faults.letter_writer", str(LETTERS)],
            cwd=ROOT, env=stack.environment("portal"), check=True,
        )  # fmt: skip
        for number in range(KILLS):
            kill_at_the_worst_moment(stack, mail)
            if number % 3 == 2:
                revive(stack, "worker-open")
        weather.fair = True
        deadline = time.monotonic() + CATCH_UP
        while rows(stack, OPEN) != [(0,)]:
            assert time.monotonic() < deadline, "letters wait for ever"
            time.sleep(0.5)
        time.sleep(1)
        ((in_doubt,),) = rows(stack, IN_DOUBT)
        ((done,),) = rows(stack, DONE)
        arrived = Counter(mail.addresses)
        assert {to: n for to, n in arrived.items() if n > 1} == {}, "arrived twice"
        assert done + in_doubt == LETTERS
        assert LETTERS - len(arrived) <= in_doubt, "neither arrived nor shown"
        assert in_doubt > 0, "no fault hit a letter, or this test proves nothing"
        listed = stack.manage("outbox")
        print(
            f"\n{LETTERS} letters, {KILLS} kills: {len(arrived)} arrived once, {in_doubt} in doubt, 0 twice"
        )
        assert listed.count("account_letter un") + listed.count("account_letter under way") > 0
