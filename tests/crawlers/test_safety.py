"""Addresses that a feed, a redirect or a DNS answer names must not lead into private networks."""

from __future__ import annotations

import socket
from dataclasses import replace
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.collector.addresses import AddressRefused, check_url, refusal
from crawlers.records import FailureKind, FetchedPage, FetchFailure
from tests.crawlers.mockserver import page, redirect

PRIVATE = [
    "10.0.0.1",
    "172.16.9.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "[::]",
    "[::1]",
    "[fd00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[64:ff9b::a00:1]",
    "[2002:7f00:1::]",
    "167772161",  # 10.0.0.1
    "0xa000001",
    "012.0.0.1",
    "0xA.1",
]
LOOPBACK = ["127.0.0.1", "127.255.0.9", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"]
PUBLIC = ["8.8.8.8", "[2001:4860:4860::8888]", "baohatinh.vn", "xn--bo-yka.example", "[64:ff9b::808:808]"]


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("allow_loopback", [True, False])
def test_private_addresses_are_refused_in_every_spelling(host: str, allow_loopback: bool) -> None:
    with pytest.raises(AddressRefused):
        check_url(f"http://{host}/", allow_loopback=allow_loopback)


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_is_refused_unless_the_run_allows_it(host: str) -> None:
    check_url(f"http://{host}:8900/", allow_loopback=True)
    with pytest.raises(AddressRefused, match="loopback"):
        check_url(f"http://{host}:8900/", allow_loopback=False)


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_and_names_pass(host: str) -> None:
    check_url(f"https://{host}/x?y=1", allow_loopback=False)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://8.8.8.8/", "data:text/html,x", "http://", "http://[::1", "gopher://x"],
)
def test_only_whole_http_urls_pass(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url, allow_loopback=True)


@given(st.ip_addresses())
def test_whatever_is_not_global_is_refused(address: object) -> None:
    parsed = ip_address(str(address))
    if not parsed.is_global:
        assert refusal(parsed, allow_loopback=False)


def test_a_private_address_is_never_connected_to(fetch) -> None:
    [result] = fetch("http://10.0.0.1/")
    assert isinstance(result, FetchFailure)
    assert result.kind is FailureKind.ADDRESS
    assert "10.0.0.1" in result.message


def _names(table: dict[str, list[str]], calls: list[str]):
    """A getaddrinfo that knows made-up names."""

    def getaddrinfo(host: str, port: int, *rest: object, **options: object):
        calls.append(host)
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "unknown name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in table[host]]

    return getaddrinfo


def test_a_name_that_resolves_to_a_private_address_is_refused(fetch) -> None:
    calls: list[str] = []
    table = {"noi-bo.example": ["10.1.2.3"], "metadata.example": ["169.254.169.254", "192.168.0.1"]}
    results = fetch("http://noi-bo.example/", "http://metadata.example/", getaddrinfo=_names(table, calls))
    assert [result.kind for result in results] == [FailureKind.ADDRESS] * 2
    assert "10.1.2.3" in results[0].message
    assert set(calls) == set(table)


def test_an_unknown_name_is_a_dns_failure(fetch) -> None:
    [result] = fetch("http://khong-co.example/", getaddrinfo=_names({}, []))
    assert result.kind is FailureKind.DNS


def test_only_the_checked_addresses_of_a_name_are_connected_to(fetch, serve) -> None:
    server = serve({"/": page("<p>công khai</p>")})
    names = _names({"hai-dia-chi.example": ["10.9.9.9", server.host]}, [])
    [result] = fetch(f"http://hai-dia-chi.example:{server.port}/", getaddrinfo=names)
    assert isinstance(result, FetchedPage)
    assert server.paths == ["/robots.txt", "/"]


def test_a_name_rebound_between_two_requests_is_checked_again(fetch, serve) -> None:
    server = serve({"/a": page("a", Connection="close"), "/robots.txt": page("", Connection="close")})
    answers = iter([[server.host], [server.host], ["10.0.0.8"]])

    def getaddrinfo(host: str, port: int, *rest: object, **options: object):
        addresses = next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    base = f"http://doi-ten.example:{server.port}"
    first, second = fetch(f"{base}/a", f"{base}/a", getaddrinfo=getaddrinfo)
    assert isinstance(first, FetchedPage)
    assert second.kind is FailureKind.ADDRESS


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "//192.168.0.1/x",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(fetch, serve, target: str) -> None:
    server = serve({"/go": redirect(target)})
    [result] = fetch(f"{server.base}/go")
    assert isinstance(result, FetchFailure)
    assert result.kind is FailureKind.ADDRESS


def test_a_redirect_to_a_file_is_not_followed(fetch, serve) -> None:
    server = serve({"/go": redirect("file:///etc/passwd")})
    [result] = fetch(f"{server.base}/go")
    assert isinstance(result, FetchedPage)  # the 302 itself; ``judge`` calls it a failure
    assert result.status == 302
    assert b"root:" not in result.body


def test_loopback_is_refused_over_the_network_too(fetch, serve, limits) -> None:
    server = serve({"/": page("x")})
    [result] = fetch(f"{server.base}/", limits=replace(limits, allow_loopback=False))
    assert result.kind is FailureKind.ADDRESS
    assert server.seen == []
