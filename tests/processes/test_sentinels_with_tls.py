"""A worker reaches the master that sentinels name, over TLS to both, and speaks to nobody with another certificate."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from kombu import Connection
from kombu.exceptions import OperationalError

from tests.operator.servers.authority import Authority
from tests.operator.servers.empty import EmptyValkey
from tests.operator.servers.listening import Listening
from tests.operator.servers.relay import PlainRelay
from wpis.development.embedded.processes.children import spawn
from wpis.development.embedded.servers.binaries import valkey_program
from wpis.development.embedded.servers.ports import any_free_port, is_free
from wpis.processes import server_urls


@dataclass
class Watched:
    """A master with a password, a sentinel with another one, and TLS in front of each."""

    url: str
    authority: Authority
    relays: tuple[PlainRelay, PlainRelay]

    def send(self, ca_file: Path) -> None:
        """Put a message into a queue and take it out, as Celery would with these settings."""
        options = server_urls.broker(
            self.url, master="wpis", sentinel_password="of-the-sentinel", ca_file=str(ca_file)
        )
        tls = server_urls.broker_tls(str(ca_file))
        with Connection(self.url, transport_options=options, ssl=tls, connect_timeout=3) as connection:
            queue = connection.SimpleQueue("proof")
            queue.put("a bell")
            assert queue.get(timeout=10).payload == "a bell"
            queue.close()


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("sentinels")
    authority, listening = Authority("authority", folder), Listening()
    context = authority.server_context(["localhost", "127.0.0.1"])
    master = EmptyValkey(folder)
    to_master = PlainRelay(master.port, context)
    master_port = listening.serve(to_master.talk)
    port = any_free_port()
    # It is told the address with TLS, does not reach the master itself, and is not to mind.
    (folder / "sentinel.conf").write_text(
        f"port {port}\nbind 127.0.0.1\nrequirepass of-the-sentinel\n"
        f"sentinel monitor wpis 127.0.0.1 {master_port} 1\nsentinel down-after-milliseconds wpis 3600000\n"
    )
    sentinel = spawn(
        [valkey_program(), folder / "sentinel.conf", "--sentinel"],
        log=folder / "sentinel.log",
        directory=folder,
    )
    deadline = time.monotonic() + 20
    while is_free(port):
        assert time.monotonic() < deadline, (folder / "sentinel.log").read_text()
        time.sleep(0.05)
    to_sentinel = PlainRelay(port, context)
    url = f"sentinel://:{master.password}@localhost:{listening.serve(to_sentinel.talk)}/0"
    try:
        yield Watched(url, authority, (to_sentinel, to_master))
    finally:
        listening.close()
        sentinel.terminate()
        sentinel.wait(10)
        master.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_both_are_reached_over_tls(watched: Watched) -> None:
    watched.send(watched.authority.certificate)
    assert all(relay.encrypted for relay in watched.relays)


def test_a_certificate_of_another_authority_is_refused(watched: Watched, tmp_path: Path) -> None:
    before = [relay.encrypted for relay in watched.relays]
    with pytest.raises((OperationalError, OSError)):
        watched.send(Authority("other", tmp_path).certificate)
    assert [relay.encrypted for relay in watched.relays] == before


def test_for_one_broker_the_address_says_it() -> None:
    with pytest.raises(ImproperlyConfigured, match="is for sentinels"):
        server_urls.broker("redis://h/0", master="", sentinel_password="", ca_file="/ca.pem")
