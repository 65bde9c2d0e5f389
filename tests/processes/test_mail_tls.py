"""Letters go to the mail server whose certificate the named authority signed, and to no other."""

import smtplib
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import override_settings

from tests.operator.servers.authority import Authority
from tests.operator.servers.listening import Listening
from tests.operator.servers.mail_server import MailServer
from wpis.letters.smtp import EmailBackend


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority("authority", tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def server(authority: Authority) -> Iterator[tuple[MailServer, int]]:
    listening = Listening()
    mail = MailServer(authority.server_context(["localhost"]), "wpis", "secret")
    yield mail, listening.serve(mail.talk)
    listening.close()


def send(port: int, *, host: str = "localhost", password: str = "secret", ca_file: Path | str = "") -> None:
    with override_settings(WPIS_EMAIL_CA_FILE=str(ca_file)):
        backend = EmailBackend(
            host=host, port=port, username="wpis", password=password, use_tls=True, timeout=10
        )
        EmailMessage("News", "There is news.", "a@example.am", ["b@example.am"], connection=backend).send()


def test_a_letter_reaches_the_server_of_the_named_authority(
    authority: Authority, server: tuple[MailServer, int]
) -> None:
    mail, port = server
    send(port, ca_file=authority.certificate)
    (text,) = mail.to("b@example.am")
    assert text.strip() == "There is news."
    assert mail.early == []


@pytest.mark.parametrize("trusted", ["other", "what the machine trusts"])
def test_a_server_of_another_authority_gets_neither_password_nor_letter(
    server: tuple[MailServer, int], tmp_path: Path, trusted: str
) -> None:
    mail, port = server
    before = len(mail.letters)
    ca_file = Authority("other", tmp_path).certificate if trusted == "other" else ""
    with pytest.raises(ssl.SSLCertVerificationError):
        send(port, ca_file=ca_file)
    assert len(mail.letters) == before


def test_nor_does_one_of_another_name(authority: Authority, server: tuple[MailServer, int]) -> None:
    _, port = server
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        send(port, host="127.0.0.1", ca_file=authority.certificate)


def test_a_wrong_password_is_an_error(authority: Authority, server: tuple[MailServer, int]) -> None:
    mail, port = server
    with pytest.raises(smtplib.SMTPAuthenticationError):
        send(port, password="wrong", ca_file=authority.certificate)
    assert mail.refused >= 1
