"""Identifies anonymous callers for rate limiting: by the network of the request."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

IPV6_PREFIX = 64
"""One household or telephone has a whole network of this size: single addresses would count nothing."""


def client_address(request: HttpRequest) -> str | None:
    """The visitor's network address: of the `X-Forwarded-For` only what our own `WPIS_PROXIES` wrote counts.

    None when it cannot be told; all those count as one.
    """
    try:
        address: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
    return address


def network(address: str | None) -> str:
    """What counts as one caller: an IPv4 address, or the network of an IPv6 address."""
    ip = ipaddress.ip_address(address) if address else None
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, IPV6_PREFIX), strict=False))
    return str(ip)


def network_of(request: HttpRequest) -> str:
    """The network that this request comes from."""
    return network(client_address(request))
