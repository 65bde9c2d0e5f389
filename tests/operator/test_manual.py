"""An operator who follows docs/operations.md gets a working service, from an empty PostgreSQL and Valkey."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.documents import corpus
from tests.operator import people
from tests.operator.manual import Step
from tests.operator.servers.authority import Authority
from tests.operator.site import MAIL_PASSWORD, Site, built
from tests.smoke.visitor import Stuck, wait_for
from wpis.database.logs import SILENT
from wpis.development.embedded.processes import services
from wpis.development.embedded.processes.children import spawn, stop_all
from wpis.surfaces import IGNORING

REFUSES = "This process does not start, the wall between the surfaces is open"
ADMINISTRATOR = re.compile(r"^(\S+) is an administrator of (\w+)\..*?hours: (\S+)$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """All steps of the page, in its order."""
    with built() as site:
        for step in site.manual:
            began = time.monotonic()
            site.operator.follow(step)
            if step.name == "start":
                site.start()
                site.wait_until_healthy()
            print(f"{time.monotonic() - began:6.2f} s  {step.name}")  # pytest -s, or when it fails
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
    first, second = (
        people.first_sign_in(site, surface, email, code) for email, surface, code in administrators(site)[:2]
    )
    code = people.invite(first, second, name="Anahit Grigoryan", email="anahit@example.am", role="officer")
    officer = people.first_sign_in(site, "office", "anahit@example.am", code)

    employer = people.sign_up(site, "karine@example.am")
    people.fill_in(employer)
    documents = employer.page.url
    for kind, content in (("passport", people.INFECTED), ("contract", corpus.pdf())):
        people.upload(employer, kind, content)
    wait_for(lambda: "harmful software" in employer.go(documents).words, "The verdict on the infected file")
    people.upload(employer, "passport", corpus.pdf())
    wait_for(lambda: site.scanner.answers.count("stream: OK") == 2, "The scan of two clean files")
    assert site.scanner.answers.count("stream: Eicar-Signature FOUND") == 1
    reference = people.submit(employer)

    officer.go("/")
    officer.follow(reference)
    officer.reads("Ararat Build LLC")
    wait_for(lambda: len(site.mail.to("karine@example.am")) > 1, "The letter about the application")


def test_every_letter_went_out_encrypted_and_after_the_password_was_shown(site: Site) -> None:
    assert site.mail.letters
    assert (site.mail.early, site.mail.refused) == ([], 0)
    assert {letter["From"] for letter in site.mail.letters} == {"Work permit service <no-reply@example.am>"}


def test_every_session_with_the_database_is_encrypted(site: Site) -> None:
    for name, child in site.running.items():
        assert "sslmode=verify-full&sslrootcert=/" in environment_of(child.pid)["DATABASE_URL"], name
    assert site.relay.encrypted > len(site.running)
    assert site.relay.refused == 0


def test_a_process_speaks_to_no_other_server_and_not_in_the_clear(site: Site, tmp_path: Path) -> None:
    other, own = Authority("other", tmp_path).certificate, site.authority.certificate
    attempts = {
        "certificate verify failed": f"localhost:{site.relay_port}/wpis?sslmode=verify-full&sslrootcert={other}",
        "does not match host name": f"127.0.0.1:{site.relay_port}/wpis?sslmode=verify-full&sslrootcert={own}",
        "no encryption": f"localhost:{site.relay_port}/wpis?sslmode=disable",
    }
    environment = site.container("portal").environment
    children = {
        reason: subprocess.Popen(
            [f"{site.machine.tree}/.venv/bin/python", "-c", "import wpis.wsgi"],
            cwd=site.machine.tree,
            env=environment
            | {"DATABASE_URL": f"postgresql://wpis_portal:{site.env['WPIS_PORTAL_PASSWORD']}@{where}"},
            stderr=subprocess.PIPE,
            text=True,
        )
        for reason, where in attempts.items()
    }
    for reason, child in children.items():
        _, said = child.communicate(timeout=90)
        assert child.returncode != 0, reason
        assert reason in said
        assert site.env["WPIS_PORTAL_PASSWORD"] not in said


def test_no_process_starts_with_a_role_that_may_too_much(site: Site) -> None:
    """Nor with that of another surface; all at once, since each takes seconds to load."""
    owners = f"postgresql://wpis:{site.env['WPIS_OWNER_PASSWORD']}@{site.env['WPIS_DATABASE']}"
    attempts = {name: site.container(name, more={"DATABASE_URL": owners}) for name in site.machine.own({})}
    office = f"postgresql://wpis_office:{site.env['WPIS_OFFICE_PASSWORD']}@{site.env['WPIS_DATABASE']}"
    attempts["portal as office"] = site.container("portal", more={"DATABASE_URL": office})
    children = {
        name: spawn(
            one_worker(each.command), log=site.log(f"refused {name}"), environment=each.environment,
            directory=site.machine.tree,
        )
        for name, each in attempts.items()
    }  # fmt: skip
    for child in children.values():
        site.watchdog.add(child.pid)
    try:
        wait_for(
            lambda: all(child.poll() is not None for child in children.values()),
            "The end of each",
            seconds=90,
        )
    finally:
        stop_all(list(children.values()), patience=3)
    said = {name: site.log(f"refused {name}").read_text() for name in children}
    for name, text in said.items():
        role = "wpis_office" if name == "portal as office" else "wpis"
        assert REFUSES in text, name
        assert f"connected to the database as {role}, not as" in text, name
        assert children[name].returncode != 0, name
        assert not any(secret in text for secret in secrets_of(site)), name


def test_no_secret_stands_where_it_need_not(site: Site) -> None:
    environments = {name: environment_of(child.pid) for name, child in site.running.items()}
    for name, given in environments.items():
        assert not given.get("WPIS_EMAIL_PASSWORD"), name
        assert not given.get("WPIS_PERMIT_KEY"), name
        assert "WPIS_DEMO" not in given, name
        assert given["WPIS_SECURE"] == "1", name
    signing = [name for name, given in environments.items() if given.get("WPIS_PERMIT_KEY_FILE")]
    assert signing == ["office"]
    assert "WPIS_PERMIT_KEY=\n" in (site.machine.release / ".env").read_text()
    printed = "".join(path.read_text() for path in (site.machine.state / "log").glob("*.log"))
    assert [secret for secret in secrets_of(site) if secret in printed] == []


def one_worker(command: tuple[str, ...]) -> list[str]:
    """The same command; what is refused is refused by one worker as by two."""
    return [
        "1" if before == "--workers" else word for before, word in zip(("", *command), command, strict=False)
    ]


def secrets_of(site: Site) -> list[str]:
    """Every password and key of this installation."""
    secret = re.compile(r"_(PASSWORD|KEYS?|TOKEN)$")
    made = [
        value for name, value in site.env.items() if secret.search(name) and "PUBLIC" not in name and value
    ]
    keys = [key for value in made if value[0] == "{" for key in json.loads(value).values()]
    plain = [value for value in made if value[0] != "{"]
    signing = json.loads((site.machine.release / "secrets/permit_key").read_text())["seed"]
    return [*plain, *keys, signing, MAIL_PASSWORD, site.broker.password, site.postgres.password]


def test_the_database_holds_what_the_page_says_and_no_more(site: Site) -> None:
    assert "warning" not in site.operator.said["migrate"].partition("granted:")[2]
    assert "warning" not in site.operator.said["start"], "the owner opens nothing again"
    with psycopg2.connect(site.postgres.url("postgres", site.postgres.password)) as database:
        cursor = database.cursor()
        cursor.execute("SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname ~ '^wpis'")
        assert {row for row in cursor.fetchall() if row[1] or row[2]} == {("wpis", False, True)}
        for name, value in SILENT.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            assert cursor.fetchone() == (value,), name
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'wpis'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tablename ~ '^development_'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [IGNORING])
        (source,) = cursor.fetchone() or ("",)
        assert "'wpis', 'MEMBER'" in source, (
            "the owner of the tables is spared from triggers, not the superuser"
        )


def test_neighbours_read_health_and_figures_and_strangers_do_not(site: Site) -> None:
    token = site.env["WPIS_METRICS_TOKEN"]
    for surface in services.WEBS:
        assert site.status(surface, "/health/live") == 200
        assert site.status(surface, "/metrics") == 404
        assert site.status(surface, "/metrics", "wrong") == 404
        status, text = site.ask(surface, "/metrics", token)
        assert status == 200
        assert "django_http_requests_total" in text
        for path in ("/metrics", "/health/live"):
            with pytest.raises(Stuck, match="answered 404"):
                site.visitor(surface).go(path)
    assert "wpis_oldest_waiting_seconds" in site.ask("protection", "/metrics", token)[1]


def test_nothing_of_the_demo_is_there(site: Site) -> None:
    assert not list(site.machine.tree.rglob("development/*.py"))
    owner = site.machine.container("migrate", shell={})
    said = ended(site, ("python", "manage.py", "simulate"), owner.environment)
    assert "Unknown command: 'simulate'" in said
    with psycopg2.connect(site.postgres.url("postgres", site.postgres.password)) as database:
        cursor = database.cursor()
        cursor.execute("SELECT count(*) FROM wpis_clockoffset")
        assert cursor.fetchone() == (0,)


def test_the_trail_is_genuine_after_all_of_this_and_no_job_wants_a_person(site: Site) -> None:
    (look,) = (step for step in site.manual if step.name == "look")
    verify = look.text.splitlines()[-1]
    assert verify.endswith("verify_audit")
    site.operator.follow(Step("verify", "sh", verify))
    said = site.operator.follow(Step("outbox", "sh", verify.replace("verify_audit", "outbox")))
    assert "dead" not in said
    assert "unknown" not in said


def ended(site: Site, command: tuple[str, ...], environment: dict[str, str]) -> str:
    """What a command that fails has printed."""
    done = subprocess.run(
        command, cwd=site.machine.tree, env=environment, capture_output=True, text=True, timeout=90
    )
    assert done.returncode != 0, done.stdout
    return done.stdout + done.stderr
