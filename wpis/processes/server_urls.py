"""Turns the addresses of database, broker, mail server and scanner into settings; parsers are those of the drivers.

Everything that a driver understands is passed on to it. No sentence here repeats an address: it holds a password.
"""

import ssl
from email.utils import parseaddr
from typing import Any

import psycopg2
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email, validate_ipv6_address
from kombu.utils.url import parse_url
from psycopg2.extensions import parse_dsn

OWNER_LIMITS = {
    "statement_timeout": "1h",
    "idle_in_transaction_session_timeout": "15min",
}
"""Of the owner, whose migrations and commands work long; `database.roles` holds those of the surfaces."""

SSL_MODES = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}
BROKER_SCHEMES = {"redis", "rediss", "redis+socket", "sentinel"}
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


def database(url: str, surface: str) -> dict[str, object]:
    """The database of Django for a URL as libpq reads it: several hosts, sockets, TLS, whatever else it knows."""
    given = _database_parameters(url)
    limits = {"lock_timeout": "5s"} | (OWNER_LIMITS if surface == "owner" else {})
    own = " ".join(f"-c {name}={value}" for name, value in limits.items())
    named = {
        setting: given.pop(name, "")
        for setting, name in (
            ("NAME", "dbname"),
            ("USER", "user"),
            ("PASSWORD", "password"),
            ("HOST", "host"),
            ("PORT", "port"),
        )
    }
    # What the address says stands last, so that it wins: `?options=-c%20statement_timeout%3D0` for a long migration.
    own = f"{own} {given.pop('options', '')}".strip()
    return {
        "ENGINE": "django_prometheus.db.backends.postgresql",
        **named,
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": f"wpis-{surface}", **given, "options": own},
    }


def _database_parameters(url: str) -> dict[str, str]:
    if not url:
        raise ImproperlyConfigured("Set DATABASE_URL (make demo and make test start a PostgreSQL and set it)")
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    try:
        given: dict[str, str] = parse_dsn(url)
    except psycopg2.ProgrammingError:  # its words may hold the password
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. It is postgresql://user:password@host:port/name, then ?sslmode=verify-full"
            " and other parameters of libpq; write special characters of the password as %XX"
        ) from None
    if not given.get("dbname") and not given.get("service"):
        raise ImproperlyConfigured(
            "DATABASE_URL names no database: postgresql://user:password@host:port/name"
        )
    if not all(not port or _is_port(port) for port in given.get("port", "").split(",")):
        raise ImproperlyConfigured(
            "DATABASE_URL has a port that is no number; a / in the password must be written as %2F"
        )
    if given.get("sslmode", "prefer") not in SSL_MODES:
        raise ImproperlyConfigured(f"DATABASE_URL: sslmode must be one of {', '.join(sorted(SSL_MODES))}")
    return given


def _is_port(text: str) -> bool:
    return text.isdecimal() and 0 < int(text) < 65536


def broker(url: str, *, master: str, sentinel_password: str, ca_file: str = "") -> dict[str, object]:
    """The transport options that kombu needs beside the URL: of sentinels, which master they watch, and their TLS."""
    if not url:
        return {}
    schemes = [_broker_scheme(part) for part in url.split(";")]
    if set(schemes) != {"sentinel"}:
        if "sentinel" in schemes:
            raise ImproperlyConfigured("REDIS_URL: beside a sentinel there can be other sentinels only")
        if ";" in url:
            raise ImproperlyConfigured(
                "REDIS_URL: only sentinels can be several; without them name one broker"
            )
        if master:
            raise ImproperlyConfigured(
                "WPIS_REDIS_MASTER is for sentinels: REDIS_URL=sentinel://host:26379;..."
            )
        if sentinel_password:
            raise ImproperlyConfigured(
                "WPIS_REDIS_SENTINEL_PASSWORD is for sentinels; that of one broker stands in REDIS_URL"
            )
        if ca_file:
            raise ImproperlyConfigured(
                "WPIS_REDIS_CA_FILE is for sentinels; one broker: rediss://host/0?ssl_cert_reqs=required&ssl_ca_certs=/path"
            )
        return {}
    if not master:
        raise ImproperlyConfigured(
            "REDIS_URL names sentinels: set WPIS_REDIS_MASTER to the master they watch"
        )
    options: dict[str, object] = {"master_name": master}
    asked: dict[str, object] = {"password": sentinel_password} if sentinel_password else {}
    if ca_file:
        asked |= {"ssl": True, **broker_tls(ca_file)}
    if asked:
        options["sentinel_kwargs"] = asked
    return options


def _broker_scheme(url: str) -> str:
    try:
        parsed: dict[str, Any] = parse_url(url)
        scheme = str(parsed["transport"])
    except (ValueError, KeyError):  # of a port, or of ssl_cert_reqs
        raise ImproperlyConfigured(
            "REDIS_URL cannot be read: redis://:password@host:port/0, or rediss:// with ?ssl_cert_reqs=required"
        ) from None
    if scheme not in BROKER_SCHEMES:
        raise ImproperlyConfigured(
            f"REDIS_URL must begin with one of {', '.join(sorted(BROKER_SCHEMES))}, then ://"
        )
    number = str(parsed.get("virtual_host") or "0").strip("/")
    if scheme != "redis+socket" and not (number or "0").isdecimal():
        raise ImproperlyConfigured(
            "REDIS_URL: what stands behind the port is the number of a database, as /0"
        )
    tls = parsed.get("ssl")
    if isinstance(tls, dict):
        authority("ssl_ca_certs in REDIS_URL", str(tls.get("ssl_ca_certs") or ""))
    return scheme


def authority(name: str, path: str) -> str:
    """The path of a certificate, which can be read and is one; nothing where none is named."""
    if path:
        try:
            ssl.create_default_context(cafile=path)
        except OSError as problem:  # every error of ssl is one
            raise ImproperlyConfigured(
                f"{name} names a file that holds no certificate (PEM) or cannot be read ({type(problem).__name__})"
            ) from None
    return path


def broker_tls(ca_file: str) -> dict[str, object]:
    """How the master that sentinels name is spoken to; nothing where no authority is named. Names are verified too."""
    if not ca_file:
        return {}
    return {"ssl_cert_reqs": "required", "ssl_ca_certs": ca_file, "ssl_check_hostname": True}


def mail_host(value: str) -> str:
    """The name or address of the mail server alone."""
    if not value or "/" in value or (":" in value and not _is_ipv6(value)):
        raise ImproperlyConfigured(
            "WPIS_EMAIL_HOST must be the name of the mail server alone, as mail.example.am; its port: WPIS_EMAIL_PORT"
        )
    return value


def _is_ipv6(text: str) -> bool:
    try:
        validate_ipv6_address(text)
    except ValidationError:
        return False
    return True


def mail_encryption(
    value: str, *, host: str, user: str, password: str, ca_file: str = ""
) -> tuple[bool, bool]:
    """Whether mail goes out with STARTTLS, whether with TLS from the first byte; the password never in the clear."""
    if value not in ("", "starttls", "tls"):
        raise ImproperlyConfigured("WPIS_EMAIL_TLS must be starttls, tls or empty")
    if ca_file and not value:
        raise ImproperlyConfigured("WPIS_EMAIL_CA_FILE verifies nothing without TLS: set WPIS_EMAIL_TLS")
    if bool(user) != bool(password):
        raise ImproperlyConfigured("Set both WPIS_EMAIL_USER and WPIS_EMAIL_PASSWORD, or neither")
    if password and not value and host not in LOCAL_HOSTS:
        raise ImproperlyConfigured(
            "WPIS_EMAIL_PASSWORD would go over the network in the clear: set WPIS_EMAIL_TLS"
        )
    return value == "starttls", value == "tls"


def sender(value: str) -> str:
    """The address letters come from, with or without a name before it."""
    try:
        validate_email(parseaddr(value)[1])
    except ValidationError:
        value = ""
    if not value or "\n" in value or "\r" in value:
        raise ImproperlyConfigured(
            "WPIS_EMAIL_FROM must be an address, as: Work permits <no-reply@example.org>"
        )
    return value


def scanner(value: str) -> str:
    """Where clamd answers: host:port or unix:/path; empty where none is."""
    if value.startswith("unix:"):
        readable = value.startswith("unix:/") and len(value) > len("unix:/")
    else:
        host, _colon, port = value.rpartition(":")
        readable = bool(host) and "/" not in host and _is_port(port) and (":" not in host or host[0] == "[")
    if value and not readable:
        raise ImproperlyConfigured("WPIS_CLAMD must be host:port or unix:/path of clamd")
    return value
