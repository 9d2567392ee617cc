"""Rules that hold for every page: no inline script or style, a strict policy, a light first load."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.web.factory import make_article, make_outlet, make_source
from web.messages import ROOM

TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_script_style_or_handlers(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", text, re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_only_framework_help_texts_go_out_unescaped(path: Path) -> None:
    text = path.read_text("utf-8").replace("field.help_text|safe", "")
    assert not re.search(r"\|\s*safe\b|autoescape off|mark_safe", text)


def test_the_policy_forbids_inline_and_foreign_scripts(browser_client: Client) -> None:
    policy = browser_client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy


def test_the_first_load_is_light(browser_client: Client) -> None:
    outlet = make_outlet()
    make_source(outlet)
    for _ in range(40):
        make_article(outlet)
    html = browser_client.get("/").content
    total = len(html)
    for address in re.findall(r'(?:src|href)="/static/([^"]+)"', html.decode()):
        total += Path(finders.find(address)).stat().st_size
    assert total < 150_000  # before compression
    assert len(gzip.compress(html)) < 20_000


@pytest.mark.parametrize("status, words", [(404, "Không có trang này"), (403, "Không được phép")])
def test_error_pages_lead_on(status: int, words: str) -> None:
    from django.template.loader import render_to_string

    html = render_to_string(f"{status}.html")
    assert words in html and 'href="/tim-kiem/"' in html


@pytest.mark.django_db
def test_a_wrong_host_is_told_what_to_set(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400


def test_a_failure_shows_no_details(browser_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(now: object) -> None:
        raise RuntimeError("mật khẩu của ai đó")

    monkeypatch.setattr("web.views.dashboard.read_today", fail)
    browser_client.raise_request_exception = False
    response = browser_client.get("/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "Máy chủ gặp lỗi" in html and "mật khẩu của ai đó" not in html


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", ["/", "/tim-kiem/", "/nguon/"])
def test_pages_for_reading_take_no_writes(browser_client: Client, method: str, address: str) -> None:
    assert getattr(browser_client, method)(address).status_code == 405
