# SPDX-License-Identifier: Apache-2.0
"""May we connect to this address on behalf of a URL that somebody else wrote?

Only where the whole Internet could as well. IPv6 has several ways to wrap an IPv4 address; each is unwrapped, and what is inside counts.
Sources: IANA's special-purpose registries by way of `ipaddress`; RFC 4291 (mapped), 3056 (6to4), 4380 (Teredo), 6052 (NAT64).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

_NAT64: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")
_LOW_32_BITS: Final = 0xFFFF_FFFF


def is_public(address: Address) -> bool:
    """Whether the address and everything wrapped inside it belong to the public Internet."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    inner = _wrapped(address)
    if inner:
        return all(is_public(one) for one in inner)
    return address.is_global and not address.is_multicast and not address.is_site_local


def _wrapped(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses inside; none in an ordinary one."""
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        return (IPv4Address(int(address) & _LOW_32_BITS),)
    return ()


def read_address(text: str) -> Address | None:
    """The address that this text is; None for a name. A zone (`%eth0`) is no address that anybody else may name."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None
