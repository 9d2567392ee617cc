"""Vietnamese is what is shown; English is complete."""

from __future__ import annotations

import os
import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.test import Client

from tests.web.factory import make_article, make_outlet, make_source
from web import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|</?b>")


def parts(value: object) -> list[str]:
    return list(value) if isinstance(value, (tuple, list)) else [str(value)]


def test_the_catalogue_has_exactly_the_messages_of_the_sources() -> None:
    used = {(message.context, parts(message.id)[0]) for message in messages.used() if message.id}
    kept = {(message.context, parts(message.id)[0]) for message in messages.read() if message.id}
    assert kept == used, "run: python -m web.messages"


def test_every_message_has_its_english() -> None:
    assert messages.untranslated(messages.read()) == []


def test_translations_keep_the_placeholders() -> None:
    for message in messages.read():
        if message.id:
            wanted = sorted(PLACEHOLDER.findall(parts(message.id)[0]))
            for string in parts(message.string):
                assert sorted(PLACEHOLDER.findall(string)) == wanted, message.id


def test_pages_are_vietnamese_until_english_is_chosen(browser_client: Client) -> None:
    outlet = make_outlet()
    make_source(outlet)
    article = make_article(outlet)
    assert "Hôm nay" in browser_client.get("/", headers={"accept-language": "en"}).content.decode()
    browser_client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    for address in ("/", "/nguon/", f"/bai/{article.pk}/", "/tro-giup/"):
        html = browser_client.get(address).content.decode()
        assert '<html lang="en"' in html
        assert "Sources" in html and "Nguồn tin" not in html


def test_an_unknown_language_is_not_chosen(browser_client: Client) -> None:
    browser_client.cookies["django_language"] = "../../en"
    assert '<html lang="vi"' in browser_client.get("/").content.decode()


def test_the_catalogue_is_compiled_once_and_again_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "django.po"
    source.write_bytes(messages.CATALOGUE.read_bytes())
    monkeypatch.setattr(messages, "CATALOGUE", source)
    messages.compile_if_stale()
    compiled = tmp_path / "django.mo"
    with compiled.open("rb") as file:
        assert GNUTranslations(file).gettext("Nguồn tin") == "Sources"
    first = compiled.stat().st_mtime_ns
    messages.compile_if_stale()
    assert compiled.stat().st_mtime_ns == first
    later = compiled.stat().st_mtime + 10
    os.utime(source, (later, later))
    messages.compile_if_stale()
    assert compiled.stat().st_mtime_ns != first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
