"""Sends letters by SMTP and says of each failure whether the mail server can have taken the letter.

It trusts, where one is named, only the authority of the ministry's own mail server.
"""

import smtplib
import ssl
from functools import cached_property
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp

from wpis.outbox import NotDelivered

SEND_THE_LETTER = 354
"""The server's answer to DATA: from here on it may take the letter, whatever reaches us of its answer."""


class _Watched(smtplib.SMTP):
    """Remembers whether the server has been sent a letter that it has not refused."""

    may_have_it = False

    def getreply(self) -> tuple[int, bytes]:
        """Read the answer of the server to the last command."""
        code, said = super().getreply()
        if code == SEND_THE_LETTER:
            self.may_have_it = True
        return code, said

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the letter over. Any answer is certain: a code other than 250 is a refusal."""
        self.may_have_it = False
        answered = super().data(msg)
        self.may_have_it = answered[0] < 400
        return answered


class _WatchedTLS(_Watched, smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""


class EmailBackend(smtp.EmailBackend):
    """Django's, whose own trusts what the machine trusts, and does not tell a refusal from a lost answer."""

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        """The server's certificate and host name are always verified."""
        return ssl.create_default_context(cafile=settings.WPIS_EMAIL_CA_FILE or None)

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The client that knows how far a letter got."""
        return _WatchedTLS if self.use_ssl else _Watched

    may_have_it = False
    """Whether the server can have taken the letter that was sent last."""

    def _send(self, email_message: EmailMessage) -> bool:
        self.may_have_it = False
        client = self.connection
        try:
            return bool(super()._send(email_message))  # type: ignore[misc]  # the stubs leave it out
        finally:
            self.may_have_it = getattr(client, "may_have_it", True)

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        """Say goodbye. What goes wrong there says nothing about a letter that was taken before."""
        try:
            connection.quit()
        except OSError:  # every error of smtplib is one
            connection.close()


def deliver(message: EmailMessage) -> None:
    """Send one letter to one address.

    Raises NotDelivered when the server surely has not taken it: no connection, or an answer of 4xx or 5xx. Any other
    error means that it may have. Two addresses would be two answers, of which one can be no.
    """
    if len(message.recipients()) > 1:
        raise NotDelivered(ValueError("one letter, one address"))
    backend = get_connection()
    try:
        backend.send_messages([message])
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        if getattr(backend, "may_have_it", True):
            raise
        raise NotDelivered(error) from error
