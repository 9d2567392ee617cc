"""One spelling for one address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.text.urls import absolute_url, canonical_url, clean_url, same_site


@pytest.mark.parametrize(
    ("given_url", "cleaned"),
    [
        ("HTTPS://Bao.Example.VN/Tin-1.html", "https://bao.example.vn/Tin-1.html"),
        ("http://bao.example.vn:80/a", "http://bao.example.vn/a"),
        ("https://bao.example.vn:443", "https://bao.example.vn/"),
        ("https://bao.example.vn:8443/a", "https://bao.example.vn:8443/a"),
        ("https://bao.example.vn/a.html#box_comment", "https://bao.example.vn/a.html"),
        ("https://bao.example.vn/a.html?utm_source=rss&utm_medium=x", "https://bao.example.vn/a.html"),
        ("https://bao.example.vn/a?id=5&fbclid=zz&cid=2&zarsrc=30", "https://bao.example.vn/a?id=5&cid=2"),
        ("https://bao.example.vn/?p=12&source=home", "https://bao.example.vn/?p=12&source=home"),
        ("https://bao.example.vn/?b=2&a=1", "https://bao.example.vn/?b=2&a=1"),
        ("https://user:secret@bao.example.vn/a", "https://bao.example.vn/a"),
        ("https://bao.example.vn/a/../b/./c.html", "https://bao.example.vn/b/c.html"),
        ("https://bao.example.vn/%7euser/%c3%a0.html", "https://bao.example.vn/~user/%C3%A0.html"),
        ("https://bao.example.vn/tin tức.html", "https://bao.example.vn/tin%20t%E1%BB%A9c.html"),
        ("https://bao.example.vn/100%.html", "https://bao.example.vn/100%25.html"),
        ("https://báo.vn/a", "https://xn--bo-mia.vn/a"),
        ("\n https://bao.example.vn/a.html\n", "https://bao.example.vn/a.html"),
        ("http://127.0.20.1:8900/a.html", "http://127.0.20.1:8900/a.html"),
        ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ],
)
def test_an_address_gets_its_one_spelling(given_url: str, cleaned: str) -> None:
    assert clean_url(given_url) == cleaned


@pytest.mark.parametrize(
    "url",
    [
        "", "javascript:void(0)", "mailto:a@b.vn", "ftp://bao.example.vn/a", "/a.html", "https://", "http://[::1/a",
        "https://bao.example.vn:99999/a", "https://a b.vn/", "https://bao.example.vn/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_http_address_is_nothing(url: str) -> None:
    assert clean_url(url) == ""


@settings(max_examples=300, deadline=None)
@given(
    host=st.sampled_from(["bao.example.vn", "BÁO.vn", "127.0.0.1:80", "[::1]:443", "a.vn:8080"]),
    rest=st.text(alphabet="abcđê /?#&=%.:;+~!@[]{}|\\^\"'<>29AFutm_source", max_size=60),
)
def test_cleaning_twice_changes_nothing(host: str, rest: str) -> None:
    once = clean_url(f"http://{host}/{rest}")
    assert clean_url(once) == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_cleaned_or_refused(text: str) -> None:
    once = clean_url(text)
    assert clean_url(once) == once
    assert once == "" or once.startswith(("http://", "https://"))


PAGE = "https://bao.example.vn/tin-1.html?utm_source=zalo&cid=3"


@pytest.mark.parametrize(
    ("stated", "canonical"),
    [
        ("https://bao.example.vn/tin-1.html", "https://bao.example.vn/tin-1.html"),
        ("/tin-1.html?utm_source=home", "https://bao.example.vn/tin-1.html"),
        ("https://m.bao.example.vn/tin-1.html", "https://m.bao.example.vn/tin-1.html"),
        ("https://khac.com/tin-1.html", "https://bao.example.vn/tin-1.html?cid=3"),
        ("https://bao.example.vn/", "https://bao.example.vn/tin-1.html?cid=3"),
        ("https://bao.example.vn/index.html", "https://bao.example.vn/tin-1.html?cid=3"),
        ("https://bao.example.vn/?id=7", "https://bao.example.vn/?id=7"),
        ("", "https://bao.example.vn/tin-1.html?cid=3"),
        ("javascript:void(0)", "https://bao.example.vn/tin-1.html?cid=3"),
    ],
)
def test_a_canonical_link_counts_within_the_site_and_never_home(stated: str, canonical: str) -> None:
    assert canonical_url(stated, PAGE) == canonical


def test_provinces_under_gov_vn_are_sites_of_their_own() -> None:
    assert same_site("https://snv.hatinh.gov.vn/a", "https://hatinh.gov.vn/")
    assert not same_site("https://hatinh.gov.vn/", "https://bacninh.gov.vn/")


def test_ip_addresses_must_agree_in_host_and_port() -> None:
    assert same_site("http://127.0.20.1:8900/a", "http://127.0.20.1:8900/b")
    assert not same_site("http://127.0.20.1:8900/a", "http://127.0.20.2:8900/a")
    assert not same_site("http://127.0.20.1:8900/a", "http://127.0.20.1:8901/a")


def test_relative_links_are_resolved() -> None:
    assert absolute_url("../b.html#x", "https://bao.example.vn/muc/a.html") == "https://bao.example.vn/b.html"
    assert absolute_url("//cdn.example.vn/b", "https://bao.example.vn/a") == "https://cdn.example.vn/b"
    assert absolute_url("#top", "https://bao.example.vn/a") == ""
