"""An operator who follows docs/operations.md gets a working service, from an empty PostgreSQL and Valkey."""

import base64
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.documents import corpus
from tests.operator import people
from tests.operator.site import MAIL_PASSWORD, Site, built
from tests.smoke.visitor import wait_for
from wpis.development.embedded.processes import services

REFUSES = "This process does not start, the wall between the surfaces is open"
ADMINISTRATOR = re.compile(r"^(\S+) is an administrator of (\w+)\..*?hours: (\S+)$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """All steps of the page, in its order."""
    with built() as site:
        for step in site.manual:
            began = time.monotonic()
            site.operator.follow(step)
            print(f"{time.monotonic() - began:6.2f} s  {step.name}")
            if step.name == "start":
                site.start()
                site.wait_until_healthy()
                print(f"{time.monotonic() - began:6.2f} s  healthy")
        yield site


def environment_of(pid: int) -> dict[str, str]:
    """What a living process was started with."""
    lines = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(line.split("=", 1) for line in lines if line)


def administrators(site: Site) -> list[tuple[str, str, str]]:
    """E-mail address, surface, enrolment code, as the command printed them."""
    return ADMINISTRATOR.findall(site.operator.said["administrators"])


def test_the_page_leads_from_the_image_to_the_first_administrators(site: Site) -> None:
    assert [step.name for step in site.manual] == [
        *("image", "keys", "servers", "secrets", "database", "migrate", "passwords", "start", "look"),
        "administrators",
    ]
    assert [surface for _, surface, _ in administrators(site)] == ["office"] * 2 + ["protection"] * 2


def test_the_people_who_come_next_get_their_work_done(site: Site) -> None:
    email, surface, code = administrators(site)[0]
    administrator = people.first_sign_in(site, surface, email, code)
    code = people.invite(administrator, name="Anahit Grigoryan", email="anahit@example.am", role="officer")
    officer = people.first_sign_in(site, "office", "anahit@example.am", code)

    employer = people.sign_up(site, "karine@example.am")
    people.fill_in(employer)
    documents = employer.page.url
    for kind, content in (("passport", people.INFECTED), ("contract", corpus.pdf())):
        people.upload(employer, kind, content)
    wait_for(lambda: "malware" in employer.go(documents).words.lower(), "The verdict on the infected file")
    people.upload(employer, "passport", corpus.pdf())
    wait_for(lambda: site.scanner.answers.count("stream: OK") == 2, "The scan of two clean files")
    assert site.scanner.answers.count("stream: Eicar-Signature FOUND") == 1
    reference = people.submit(employer)

    officer.go("/")
    officer.follow(reference)
    officer.reads("Ararat Build LLC")
    wait_for(lambda: len(site.mail.to("karine@example.am")) > 1, "The letter about the application")
