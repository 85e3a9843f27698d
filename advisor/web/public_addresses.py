"""Which addresses of the internet protocol are public, and which lead inward."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

# IPv6 that carries an IPv4 address inside, which would have to be judged a second time: RFC 4291 (mapped, compatible),
# RFC 3056 (6to4), RFC 4380 (Teredo), RFC 6052 and 8215 (NAT64). None of them is needed to reach a public server.
WRAPPING = {
    "IPv4-mapped": ip_network("::ffff:0:0/96"),
    "IPv4-compatible": ip_network("::/96"),
    "6to4": ip_network("2002::/16"),
    "Teredo": ip_network("2001::/32"),
    "NAT64": ip_network("64:ff9b::/96"),
    "local NAT64": ip_network("64:ff9b:1::/48"),
}
KINDS = ("unspecified", "loopback", "link_local", "multicast", "reserved", "private")


def why_not_public(address: str) -> str | None:
    """What kind of inward address this is; None for a public one."""
    found: Address = ip_address(address)
    if isinstance(found, IPv6Address):
        for kind, network in WRAPPING.items():
            if found in network and not (found.is_loopback or found.is_unspecified):
                return kind
    for kind in KINDS:
        if getattr(found, f"is_{kind}"):
            return kind.replace("_", "-")
    return None if found.is_global else "not public"


def system_addresses(host: str, port: int) -> list[str]:
    """The addresses the system's resolver gives, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
