"""Which network addresses may be fetched: public ones, decided after DNS resolution.

A page of the press never lives on a private network, and an address that a feed or a redirect names
must not lead into ours. ``check_url`` refuses what can be seen in the URL; ``GuardedResolver`` drops
forbidden addresses from every DNS answer, so that the connection is made to a checked address and a
name cannot be rebound between check and use.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from twisted.internet._resolver import GAIResolver
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # zope ships no types

Address = IPv4Address | IPv6Address

_LOOPBACK = ip_network("127.0.0.0/8")
# Prefixes that hold an IPv4 address which decides: translated (RFC 6052) and 6to4.
_NAT64 = ip_network("64:ff9b::/96")
_NAT64_LOCAL = ip_network("64:ff9b:1::/48")
_SIX_TO_FOUR = ip_network("2002::/16")


class AddressRefused(Exception):
    """The URL leads to an address, or uses a scheme, that must not be fetched."""


def refusal(address: Address, *, allow_loopback: bool) -> str:
    """Why ``address`` must not be connected to; "" if it may be."""
    inner = _embedded_v4(address)
    if inner is not None:
        # No legitimate site is reached this way, so even an allowed loopback stays refused here.
        return refusal(inner, allow_loopback=False)
    if isinstance(address, IPv4Address) and address in _LOOPBACK:
        return "" if allow_loopback else "địa chỉ loopback"
    if address.is_link_local or (isinstance(address, IPv6Address) and address.is_site_local):
        return "địa chỉ link-local (metadata)"
    # is_global is false for private, shared (CGNAT), loopback, unspecified and reserved ranges.
    if address.is_multicast or address.is_reserved or not address.is_global:
        return "địa chỉ mạng riêng hoặc dành riêng"
    return ""


def literal(host: str) -> Address | None:
    """The address that ``host`` spells, in any form that resolvers accept; None for a name.

    Decimal, hexadecimal, octal and shortened IPv4 forms count: ``2130706433`` is 127.0.0.1.
    """
    bare = host.strip("[]").partition("%")[0]
    try:
        return ip_address(bare)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(bare))
    except (OSError, ValueError, UnicodeError):
        return None


def check_url(url: str, *, allow_loopback: bool) -> None:
    """Raise AddressRefused when the scheme, or an address spelled in the URL, is not allowed."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused(f"{url}: URL hỏng ({error})") from error
    if parts.scheme not in ("http", "https") or not host:
        raise AddressRefused(f"{url}: chỉ tải http và https")
    address = literal(host)
    if address is None:
        return
    reason = refusal(address, allow_loopback=allow_loopback)
    if reason:
        raise AddressRefused(f"{url}: {address} là {reason}, không tải")


def _embedded_v4(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _SIX_TO_FOUR:
        return address.sixtofour
    if address in _NAT64 or address in _NAT64_LOCAL:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


@implementer(IResolutionReceiver)
class _Filter:
    """Passes on the addresses that may be connected to, and remembers why others were dropped."""

    def __init__(self, receiver: Any, host: str, guard: GuardedResolver) -> None:
        self._receiver, self._host, self._guard = receiver, host, guard
        self._passed = 0
        self._reasons: list[str] = []

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        found = ip_address(str(address.host).partition("%")[0])
        reason = refusal(found, allow_loopback=self._guard.allow_loopback)
        if reason:
            self._reasons.append(f"{found} là {reason}")
            return
        self._passed += 1
        self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        if self._reasons and not self._passed:
            self._guard.refused[self._host] = "; ".join(self._reasons)
        else:
            self._guard.refused.pop(self._host, None)
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """The system's resolver minus forbidden addresses.

    ``refused`` says, for host names all of whose addresses were dropped, why. Nothing is cached here:
    the operating system's resolver does that, and honours the records' lifetimes.
    """

    def __init__(
        self, reactor: Any, *, allow_loopback: bool, getaddrinfo: Callable[..., Any] = socket.getaddrinfo
    ) -> None:
        self._reactor = reactor
        self.allow_loopback = allow_loopback
        self.refused: dict[str, str] = {}
        self._resolver = GAIResolver(reactor, reactor.getThreadPool, getaddrinfo)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Every connection of the reactor resolves names here. Scrapy's runner installs no resolver."""
        before = self._reactor.installNameResolver(self)
        try:
            yield
        finally:
            self._reactor.installNameResolver(before)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[Any]] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """Resolve as ``IHostnameResolver`` says, without forbidden addresses."""
        receiver: Any = _Filter(resolutionReceiver, hostName, self)
        return self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
