"""Which addresses may be connected to: public ones, and private ones that a portal's file names. Pure."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from crawler.addresses import is_allowed
from crawler.portals import Portal

LOCAL = re.compile(r"(?:^|\.)(?:localhost|test)$")
# An address as a portal file writes it, with or without port.
ENTRY = re.compile(r"\[?([0-9a-fA-F:.]+?)\]?(?::(\d+))?$")
NAT64 = ip_network("64:ff9b::/96")


class PrivateAddress(Exception):
    """A name led to a private or loopback address that no portal file names; nothing was sent."""


def embedded(address: str) -> IPv4Address | IPv6Address:
    """The address, or the IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64)."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv4Address):
        return found
    if found in NAT64:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or found


def is_private(address: str) -> bool:
    """Whether an address is anything but an ordinary public one.

    >>> [is_private(a) for a in ("10.0.0.1", "127.0.0.1", "169.254.169.254", "::ffff:192.168.0.1", "fe80::1")]
    [True, True, True, True, True]
    >>> is_private("223.5.5.5"), is_private("2400:3200::1")
    (False, False)
    """
    found = embedded(address)
    return not found.is_global or found.is_multicast


def is_named(address: str, port: int, hosts: Iterable[str]) -> bool:
    """Whether a portal's `hosts` name an address, alone or with this port.

    >>> is_named("127.0.0.1", 8000, ["a.test:8000", "127.0.0.1:8000"]), is_named("127.0.0.1", 22, ["127.0.0.1:8000"])
    (True, False)
    """
    found = str(embedded(address))
    return any(told and told[1] == found and told[2] in (None, str(port)) for told in map(ENTRY.match, hosts))


def may_connect(host: str, port: int, address: str, portals: Iterable[Portal]) -> bool:
    """Whether a connection for `host` may go to `address`.

    Public addresses always; a private one where a portal names host and address both; loopback also for names below
    .localhost and .test that a portal names, which can mean nothing else (RFC 6761).
    """
    if not is_private(address):
        return True
    url = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
    is_local = embedded(address).is_loopback and bool(LOCAL.search(host))
    return any(is_allowed(url, p.hosts) and (is_local or is_named(address, port, p.hosts)) for p in portals)
