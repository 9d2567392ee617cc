"""Blocks the network but for loopback: a test that reaches out fails instead of passing by luck."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


class NetworkBlocked(RuntimeError):
    """A test tried to reach something that is not this machine."""


def _is_loopback(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def _check(sock: socket.socket, address: object) -> None:
    if sock.family == socket.AF_UNIX:
        return
    host = address[0] if isinstance(address, tuple) else address
    if not _is_loopback(str(host)):
        raise NetworkBlocked(f"tests reach loopback only, not {address!r}; serve it on 127.0.0.0/8")


@contextmanager
def loopback_only() -> Iterator[None]:
    """Inside, connecting and resolving anything but loopback raises ``NetworkBlocked``."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked_connect(self, address):
        _check(self, address)
        return connect(self, address)

    def checked_connect_ex(self, address):
        _check(self, address)
        return connect_ex(self, address)

    def checked_resolve(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_loopback(name):
            raise socket.gaierror(socket.EAI_NONAME, f"tests resolve loopback only, not {name!r}")
        return resolve(host, *args, **kwargs)

    with (
        patch.object(socket.socket, "connect", checked_connect),
        patch.object(socket.socket, "connect_ex", checked_connect_ex),
        patch.object(socket, "getaddrinfo", checked_resolve),
    ):
        yield
