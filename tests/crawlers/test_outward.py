"""Addresses from outside: only web addresses become links."""

import pytest

from crawlers.text.outward import outward


@pytest.mark.parametrize(
    "url", ["https://bao.example/a-1.html", "http://127.0.0.1:9/x", "HTTPS://bao.example/"]
)
def test_web_addresses_are_kept(url: str) -> None:
    assert outward(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//bao.example/a",
        "https://",
        "https://[::1",
        "bài viết",
        "",
    ],
)
def test_everything_else_is_no_link(url: str) -> None:
    assert outward(url) == ""
