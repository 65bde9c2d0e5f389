"""The compose file, `.env.example` and the manual know every variable that the settings read."""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.test import override_settings

from wpis.crypto import keys
from wpis.development.embedded.processes import services
from wpis.processes import new_environment

ROOT = Path(settings.BASE_DIR)
NAME = r"WPIS_[A-Z_]+|DATABASE_URL|REDIS_URL|PROMETHEUS_MULTIPROC_DIR"
PROCESSES = {"migrate" if name == "owner" else name for name in services.SURFACE}
WEBS = set(services.WEBS)
SENDERS = PROCESSES - {"beat", "ringer", "worker-files"}
PROGRAMS = {"portal", "protection"}
NEEDED_BY = {
    "WPIS_CLAMD": {"worker-files"},
    "WPIS_CHECK_REQUESTS": {"portal"},
    "WPIS_API_RATE": PROGRAMS,
    "WPIS_TOKEN_DAYS": PROGRAMS,
    "WPIS_UPLOAD_QUOTAS": {"portal"},
    "WPIS_PASSKEY_ONLY": {"protection"},
    "WPIS_ORIGINS": WEBS,
    "WPIS_EMAIL_HOST": SENDERS,
    "WPIS_EMAIL_PORT": SENDERS,
    "WPIS_EMAIL_USER": SENDERS,
    "WPIS_EMAIL_PASSWORD": SENDERS,
    "WPIS_EMAIL_TLS": SENDERS,
    "WPIS_EMAIL_CA_FILE": SENDERS,
    "WPIS_EMAIL_FROM": SENDERS,
    "PROMETHEUS_MULTIPROC_DIR": WEBS,
}
"""variable -> the processes that need it, where not all do; of keys `services.KEYS_OF` says it."""

ONLY_FOR_THOSE = {
    "WPIS_EMAIL_PASSWORD": SENDERS,
    "WPIS_CLAMD": {"worker-files"},
}
"""What no other process gets. Of keys the wall of keys asks the same."""

NOT_IN_COMPOSE = {
    "WPIS_DEMO": "development processes only",
    "WPIS_EMAIL_DIR": "development processes and trials without a mail server",
    "WPIS_STATIC_DIR": "the image sets it",
}
WRITTEN_IN_COMPOSE = {
    "DATABASE_URL": "made of the password of each role",
    "WPIS_DIGEST_KEYS": "made of the key of each surface",
    "WPIS_SURFACE": "says which process it is",
    "WPIS_HEARTBEAT_FILE": "in the container's own folder",
    "PROMETHEUS_MULTIPROC_DIR": "in the container's own folder",
    "WPIS_SECURE": "the proxy speaks TLS",
    "WPIS_PROXIES": "there is one proxy",
    "WPIS_HOSTS": "as in docker/Caddyfile",
    "WPIS_ORIGINS": "as in docker/Caddyfile",
    "WPIS_PORTAL_URL": "as in docker/Caddyfile",
    "WPIS_OFFICE_URL": "as in docker/Caddyfile",
    "WPIS_PROTECTION_URL": "as in docker/Caddyfile",
}
"""What nobody fills in for docker compose, and so does not stand in `.env.example`."""


def variables() -> set[str]:
    """What the settings read; nothing else reads the environment of a process."""
    return set(re.findall(f'"({NAME})"', (ROOT / "wpis/settings.py").read_text()))


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def environments() -> dict[str, dict[str, str]]:
    """Of each process of ours, by name, what compose gives it."""
    services_of_all = compose()["services"]
    return {name: services_of_all[name]["environment"] for name in PROCESSES}


def examples() -> set[str]:
    return set(re.findall(rf"^({NAME})=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def needed_by(variable: str) -> set[str]:
    """The processes that must get it."""
    keys = set().union(*services.KEYS_OF.values())
    if variable in keys:
        return {name for name in PROCESSES - {"migrate"} if variable in services.KEYS_OF[name]}
    return NEEDED_BY.get(variable, PROCESSES)


def test_compose_passes_each_variable_to_the_processes_that_need_it() -> None:
    given = environments()
    missing = {
        variable: without
        for variable in sorted(variables() - NOT_IN_COMPOSE.keys())
        if (without := {name for name in needed_by(variable) if variable not in given[name]})
    }
    assert missing == {}


def test_compose_gives_no_process_a_secret_that_is_not_for_it() -> None:
    given = environments()
    for variable, allowed in ONLY_FOR_THOSE.items():
        assert {name for name, values in given.items() if variable in values} <= allowed, variable


def test_compose_passes_nothing_that_nobody_reads() -> None:
    given = {name for values in environments().values() for name in values}
    assert given - variables() == set()


def test_each_variable_stands_in_the_example_or_is_written_in_the_compose_file() -> None:
    assert variables() - examples() == NOT_IN_COMPOSE.keys() | WRITTEN_IN_COMPOSE.keys()


def test_each_line_of_the_example_is_used_by_the_compose_file() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert examples() == used


def test_each_variable_is_explained_in_the_table_of_the_manual() -> None:
    manual = (ROOT / "docs/operations.md").read_text()
    table = manual.partition("\n## Variables\n")[2].partition("\n## ")[0]
    told = {name for line in table.splitlines() if line.startswith("| ") for name in re.findall(NAME, line)}
    assert variables() - told == set()
    assert {name for name in told if not name.endswith("_FILE")} - variables() == set()


def test_each_secret_that_can_stand_in_a_file_is_named_in_the_manual() -> None:
    read = set(
        re.findall(rf'secret(?:_words|_names)?\(\s*"({NAME})"', (ROOT / "wpis/settings.py").read_text())
    )
    keys = set().union(*services.KEYS_OF.values())
    manual = (ROOT / "docs/operations.md").read_text()
    paragraph = manual.partition("- **Secrets from files.**")[2].partition("\n- ")[0]
    assert read - keys == set(re.findall(NAME, paragraph)) - {"WPIS_SECRET_KEY_FILE"}
    assert keys <= read


def test_what_is_made_by_command_fills_every_variable_that_compose_cannot_do_without() -> None:
    lines = list(new_environment.filled((ROOT / ".env.example").read_text().splitlines()))
    given = {line.partition("=")[0] for line in lines if re.match(r"\w+='.+'$", line)}
    required = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert required | {"WPIS_PERMIT_KEY", "WPIS_METRICS_TOKEN"} <= given
    assert "WPIS_EMAIL_PASSWORD=" in lines
    assert "WPIS_REDIS_SENTINEL_PASSWORD=" in lines


def test_two_installations_share_no_key() -> None:
    example = (ROOT / ".env.example").read_text().splitlines()
    one, other = (
        {line for line in new_environment.filled(example) if re.search("(PASSWORD|KEYS?|TOKEN)='.", line)}
        for _ in range(2)
    )
    assert one
    assert not one & other


def test_the_keys_that_are_made_are_keys() -> None:
    made = dict(
        line.split("=", 1)
        for line in new_environment.filled(["WPIS_PERMIT_KEY=", "WPIS_PERMIT_PUBLIC_KEYS="])
    )
    signing = json.loads(made["WPIS_PERMIT_KEY"].strip("'"))
    published = json.loads(made["WPIS_PERMIT_PUBLIC_KEYS"].strip("'"))
    with override_settings(WPIS_PERMIT_KEY=signing, WPIS_PERMIT_PUBLIC_KEYS=published):
        assert keys.permit_key().kid == "p1"


def test_secrets_from_files_take_the_place_of_those_variables_everywhere() -> None:
    override = yaml.safe_load((ROOT / "docker/secrets.yml").read_text())
    for name, values in environments().items():
        moved = override["services"].get(name, {"environment": {}, "secrets": []})
        for variable, secret in (
            ("WPIS_EMAIL_PASSWORD", "email_password"), ("WPIS_PERMIT_KEY", "permit_key"),
        ):  # fmt: skip
            if variable in values:
                assert moved["environment"][variable] == "", name
                assert moved["environment"][f"{variable}_FILE"] == f"/run/secrets/{secret}"
                assert secret in moved["secrets"]
            else:
                assert secret not in moved["secrets"], name
    assert override["secrets"].keys() == {"email_password", "permit_key"}
    assert override["services"].keys() <= environments().keys()


def test_a_service_waits_for_a_server_of_the_trial_only_where_it_runs() -> None:
    services_of_all = compose()["services"]
    trial = {name for name, service in services_of_all.items() if service.get("profiles") == ["servers"]}
    assert trial == {name for name, service in services_of_all.items() if "image" in service} - {
        *environments(),
        "proxy",
    }
    for name, service in services_of_all.items():
        for needed, how in service.get("depends_on", {}).items():
            assert (how.get("required") is False) == (needed in trial), f"{name} waits for {needed}"


def test_no_volume_of_the_compose_file_is_unused() -> None:
    composed = compose()
    mounted = {
        volume.partition(":")[0]
        for service in composed["services"].values()
        for volume in service.get("volumes", [])
    }
    assert {name for name in mounted if not name.startswith(".")} == composed["volumes"].keys()


def test_the_scanner_that_is_named_is_a_service_the_worker_reaches_and_waits_for() -> None:
    services_of_all = compose()["services"]
    worker, clamd = services_of_all["worker-files"], services_of_all["clamd"]
    assert "clamd:3310" in worker["environment"]["WPIS_CLAMD"]
    assert set(worker["networks"]) & set(clamd["networks"])
    assert worker["depends_on"].keys() == {"migrate", "redis", "clamd"}
