"""Turns the addresses of database, broker and mail server into settings; the parsers are those of the drivers.

Everything that a driver understands is passed on to it. No sentence here repeats an address: it holds a password.
"""

from email.utils import parseaddr

import psycopg2
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
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
    sentinel = False
    for part in url.split(";"):
        try:
            scheme = parse_url(part)["transport"]
        except (ValueError, KeyError):  # of a port, or of ssl_cert_reqs
            raise ImproperlyConfigured(
                "REDIS_URL cannot be read: redis://:password@host:port/0, or rediss:// with ?ssl_cert_reqs=required"
            ) from None
        if scheme not in BROKER_SCHEMES:
            raise ImproperlyConfigured(
                f"REDIS_URL must begin with one of {', '.join(sorted(BROKER_SCHEMES))}, then ://"
            )
        sentinel = sentinel or scheme == "sentinel"
    if not sentinel:
        if ";" in url:
            raise ImproperlyConfigured(
                "REDIS_URL: only sentinels can be several; without them name one broker"
            )
        if master:
            raise ImproperlyConfigured(
                "WPIS_REDIS_MASTER is for sentinels: REDIS_URL=sentinel://host:26379;..."
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


def broker_tls(ca_file: str) -> dict[str, object]:
    """How the master that sentinels name is spoken to; nothing where no authority is named. Names are verified too."""
    if not ca_file:
        return {}
    return {"ssl_cert_reqs": "required", "ssl_ca_certs": ca_file, "ssl_check_hostname": True}


def mail_encryption(value: str, *, host: str, user: str, password: str) -> tuple[bool, bool]:
    """Whether mail goes out with STARTTLS, whether with TLS from the first byte; the password never in the clear."""
    if value not in ("", "starttls", "tls"):
        raise ImproperlyConfigured("WPIS_EMAIL_TLS must be starttls, tls or empty")
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
