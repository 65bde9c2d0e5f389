"""Reads under which addresses surfaces are served; a slip would show as refused forms or as links that lead nowhere."""

from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

from wpis.processes.server_urls import LOCAL_HOSTS


def hosts(values: list[str], *, secure: bool) -> list[str]:
    """The names of WPIS_HOSTS; in production not all, since redirects take the name that was asked for."""
    if any("/" in value for value in values):
        raise ImproperlyConfigured(
            "WPIS_HOSTS holds host names alone, as permits.example.am, without https://"
        )
    if secure and "*" in values:
        raise ImproperlyConfigured("WPIS_HOSTS must name the hosts that are served; * is for development")
    return values


def origins(values: list[str], *, secure: bool) -> list[str]:
    """The origins of WPIS_ORIGINS without a slash at their end: browsers send none, and each form would be refused."""
    return [_origin("WPIS_ORIGINS", value, secure=secure) for value in values]


def base(name: str, value: str, *, secure: bool) -> str:
    """The address of a surface as it stands in letters and on permits, without a slash at its end."""
    return _origin(name, value, secure=secure)


def _origin(name: str, value: str, *, secure: bool) -> str:
    value = value.rstrip("/")
    try:
        read = urlsplit(value)
        plain = bool(read.hostname) and read.scheme in ("http", "https") and not _has_more(read)
    except ValueError:  # of a port
        plain = False
    if not plain:
        raise ImproperlyConfigured(f"{name} must be https:// and a host name, as https://permits.example.am")
    if secure and read.scheme != "https" and read.hostname not in LOCAL_HOSTS:
        raise ImproperlyConfigured(f"{name} must begin with https:// where WPIS_SECURE is 1")
    return value


def _has_more(read: SplitResult) -> bool:
    """Whether there is anything behind host and port, or a name before them."""
    return bool(read.path or read.query or read.fragment or read.username or (read.port or 1) < 1)
