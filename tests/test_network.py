"""The block itself works: a suite that cannot fail on a stray connection proves nothing."""

import socket

import pytest

from tests.network import NetworkBlocked


def test_connecting_outside_is_refused():
    with socket.socket() as probe, pytest.raises(NetworkBlocked):
        probe.connect(("192.0.2.1", 80))


def test_resolving_outside_is_refused():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("example.invalid", 80)


def test_loopback_is_reached():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.45.1", 0))
        server.listen()
        client.connect(server.getsockname())
