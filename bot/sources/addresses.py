"""Which addresses may be reached from here: the public internet's, and nothing that only this machine or its network can reach."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final

from bot.services.download import FetchError, FetchLaterError
from bot.words import say

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[tuple[Any, ...]]]

NAT64: Final = IPv6Network("64:ff9b::/96")
# IPv4 in IPv6 of a kind that Python's own properties don't take apart.
COMPATIBLE: Final = IPv6Network("::/96")


def public(address: Address) -> bool:
    """Whether it is an address of the public internet, whatever it is wrapped in."""
    inner = _inside(address)
    if inner is not None:
        return public(inner) and address not in COMPATIBLE
    site_local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or site_local)


def _inside(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to, if it does."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in NAT64 or (address in COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


class Resolver:
    """Names to addresses that may be reached. `allowed`: networks that may be, though they are not public (for tests)."""

    def __init__(self, allowed: Sequence[str] = (), resolve: Resolve | None = None) -> None:
        self._allowed = [ip_network(network) for network in allowed]
        self._resolve = resolve or _look_up

    def addresses(self, host: str, port: int) -> list[tuple[Any, ...]]:
        """What getaddrinfo gives, if each of its addresses may be reached: one that may not tells of a trick.

        Raises FetchError, FetchLaterError."""
        try:
            found = list(self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise FetchLaterError(say("fetch-no-host", host=host[:100])) from error
        if not found or not all(self._may(str(entry[4][0])) for entry in found):
            raise FetchError(say("fetch-not-public", host=host[:100]))
        return found

    def _may(self, text: str) -> bool:
        address = ip_address(text.partition("%")[0])
        return public(address) or any(address in network for network in self._allowed)


def _look_up(host: str, port: int) -> list[tuple[Any, ...]]:
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
