"""What a browser gets at its first visit: how much, compressed how; and what a start makes ready."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver
from pytest import LogCaptureFixture

from cases.office import office
from tests.web.roles import signed_in
from tests.web.world import make_world
from web import packed_static, warm_up
from web.models import SavedSearch

pytestmark = pytest.mark.django_db
MOST_BYTES = 150 * 1024
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def sent(client: Client, address: str, **headers: str) -> bytes:
    """The bytes of the answer as they travel."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.getvalue()


def first_load(client: Client, address: str, headers: dict[str, str]) -> dict[str, int]:
    """Bytes of a page and of every file that it names."""
    page = client.get(address).content.decode()
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert any(name.endswith(".css") for name in files) and any(name.endswith(".js") for name in files)
    return {name: len(sent(client, name, **headers)) for name in {address, *files}}


def test_a_first_load_is_small(index: Callable[[], None], tmp_path: Path) -> None:
    article = make_world(tmp_path)
    index()
    client = signed_in("admin")
    pages = ("/", "/tim-kiem/?q=lở", f"/bai/{article.pk}/", "/doi-chieu/", "/nguon/", "/tro-giup/")
    packed = {page: sum(first_load(client, page, GZIP).values()) for page in pages}
    assert {page: size for page, size in packed.items() if size > MOST_BYTES / 2} == {}
    plain = {page: sum(first_load(client, page, {}).values()) for page in pages}
    assert all(packed[page] < plain[page] / 2 for page in pages)


@pytest.mark.parametrize(
    "address", ["/tro-giup/", "/quy-tac/", "/static/web/app.css", "/api/v1/openapi.json"]
)
def test_what_is_compressed_is_the_same(address: str) -> None:
    client = signed_in("admin")
    packed = client.get(address, headers=GZIP)
    assert packed["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed["Vary"]
    plain = client.get(address)
    assert "Content-Encoding" not in plain
    masked = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    same = [masked.sub(b"", text) for text in (gzip.decompress(packed.getvalue()), plain.getvalue())]
    assert same[0] == same[1]


def test_a_page_with_a_lasting_secret_is_not_compressed() -> None:
    client = signed_in("viewer")
    client.post("/cau-tim/luu/", {"q": "lở", "name": "Lở"})
    client.post(f"/cau-tim/{SavedSearch.objects.get().pk}/rss/", {"on": "1"})
    shown = client.get("/cau-tim/", headers=GZIP)
    token = SavedSearch.objects.get().token
    assert token and token in shown.content.decode() and "Content-Encoding" not in shown


def test_a_feed_that_is_compressed_is_still_not_sent_twice(index: Callable[[], None]) -> None:
    index()
    client = signed_in("viewer")
    client.post("/cau-tim/luu/", {"q": "lở", "name": "Lở"})
    client.post(f"/cau-tim/{SavedSearch.objects.get().pk}/rss/", {"on": "1"})
    address = f"/nguon-cap/{SavedSearch.objects.get().token}/rss.xml"
    first = client.get(address, headers=GZIP)
    assert first["Content-Encoding"] == "gzip"
    assert client.get(address, headers=GZIP | {"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_an_export_is_sent_as_it_comes(form: str, index: Callable[[], None], tmp_path: Path) -> None:
    make_world(tmp_path, articles=5)
    index()
    given = signed_in("viewer").get(f"/tim-kiem/tai-ve/{form}/", headers=GZIP)
    assert given.status_code == 200 and "Content-Encoding" not in given
    assert len(given.getvalue()) > 100


def test_an_old_compressed_form_is_never_sent(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.STATIC_ROOT = tmp_path
    file = tmp_path / "a.css"
    file.write_text("a {}")
    before = packed_static.packed(str(file), 1)
    file.write_text("b {}")
    after = packed_static.packed(str(file), 2)
    assert [gzip.decompress(Path(path).read_bytes()) for path in (before, after)] == [b"a {}", b"b {}"]


def test_a_folder_that_cannot_be_written_costs_the_compression_only(
    tmp_path: Path, settings: pytest.FixtureRequest, caplog: LogCaptureFixture
) -> None:
    settings.STATIC_ROOT = tmp_path / "missing"
    (tmp_path / "a.css").write_text("a {}")
    assert not Path(packed_static.packed(str(tmp_path / "a.css"), 1)).exists()
    assert "cannot be kept compressed" in caplog.text


def test_a_start_makes_ready_what_pages_need(
    index: Callable[[], None], tmp_path: Path, caplog: LogCaptureFixture
) -> None:
    make_world(tmp_path, articles=5)
    index()
    office.cache_clear()
    warm_up.warm_up()
    assert caplog.text == ""
    assert office.cache_info().currsize == 1 and get_resolver().url_patterns


def test_a_page_that_fails_at_the_start_does_not_stop_it(
    monkeypatch: pytest.MonkeyPatch, caplog: LogCaptureFixture
) -> None:
    monkeypatch.setattr(warm_up, "PAGES", ("dashboard", "no-such-page"))
    warm_up.warm_up()
    assert "no-such-page" in caplog.text
