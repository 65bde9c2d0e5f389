"""Sends letters by SMTP and trusts, where one is named, only the authority of the ministry's own mail server."""

import ssl
from functools import cached_property

from django.conf import settings
from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    """Django's, whose own trusts what the machine trusts and nothing else."""

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        """The server's certificate and host name are always verified."""
        return ssl.create_default_context(cafile=settings.WPIS_EMAIL_CA_FILE or None)
