"""Downloads are the complete result, and harmless in a spreadsheet."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import AsyncClient, Client
from django.utils import timezone
from openpyxl import load_workbook

from archive.outage import index_is_short, index_is_whole
from tests.web.factory import make_article, make_outlet

Index = Callable[[], None]


def body(client: Client, form: str, query: str = "q=sạt") -> bytes:
    response = client.get(f"/tim-kiem/tai-ve/{form}/?{query}")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment;")
    return b"".join(response.streaming_content)


def test_json_lines_hold_every_article_and_not_only_a_page(browser_client: Client, index: Index) -> None:
    outlet = make_outlet()
    for _ in range(65):
        make_article(outlet)
    make_article(outlet, "Không liên quan", lead="", text="Chuyện khác.")
    index()
    rows = [json.loads(line) for line in body(browser_client, "jsonl").splitlines()]
    assert len({row["url"] for row in rows}) == 65
    assert "author" not in rows[0]


def test_filters_hold_for_downloads_too(browser_client: Client, index: Index) -> None:
    make_article(make_outlet())
    make_article(make_outlet("bao-khac", "Báo Khác"))
    index()
    rows = body(browser_client, "jsonl", "q=sạt&outlet=bao-khac").splitlines()
    assert [json.loads(row)["outlet"] for row in rows] == ["bao-khac"]


def test_a_formula_in_a_title_is_text_in_csv_and_xlsx(browser_client: Client, index: Index) -> None:
    formula = '=HYPERLINK("https://evil.example";"sạt lở")'
    make_article(make_outlet(), formula)
    index()
    text = body(browser_client, "csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["title"] == "'" + formula
    sheet = load_workbook(io.BytesIO(body(browser_client, "xlsx"))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("form", ["exe", "csv-", "html"])
def test_an_unknown_form_is_not_found(browser_client: Client, index: Index, form: str) -> None:
    assert browser_client.get(f"/tim-kiem/tai-ve/{form}/?q=a").status_code == 404


def test_a_malformed_query_is_refused_with_the_reason(browser_client: Client, index: Index) -> None:
    response = browser_client.get("/tim-kiem/tai-ve/csv/?q=(")
    assert response.status_code == 400
    assert "Thiếu dấu )" in response.content.decode()


def test_a_file_with_gaps_is_never_given_for_a_complete_one(browser_client: Client, index: Index) -> None:
    make_article(make_outlet())
    index()
    index_is_short(timezone.now())
    response = browser_client.get("/tim-kiem/tai-ve/csv/?q=sạt")
    assert response.status_code == 503
    assert "Chỉ mục tìm kiếm thiếu bài" in response.content.decode()
    index_is_whole()
    assert len(body(browser_client, "jsonl").splitlines()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_server_with_asgi_streams_too(officer: object, index: Index) -> None:
    outlet = make_outlet()
    for _ in range(120):
        make_article(outlet)
    index()

    async def download() -> list[bytes]:
        client = AsyncClient()
        await client.aforce_login(officer)
        response = await client.get("/tim-kiem/tai-ve/jsonl/?q=sạt")
        return [part async for part in response]

    parts = asyncio.run(download())
    assert len(parts) > 1
    assert len(b"".join(parts).splitlines()) == 120


def test_the_file_is_named_by_the_clock_of_viet_nam(
    browser_client: Client, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(make_outlet())
    index()
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 24, 18, 30, tzinfo=UTC))
    response = browser_client.get("/tim-kiem/tai-ve/csv/?q=sạt")
    assert 'filename="diem-bao-20261125-0130.csv"' in response["Content-Disposition"]
