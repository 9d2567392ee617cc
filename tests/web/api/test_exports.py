"""Exports are complete, the same as the search page's, streamed, and harmless in a spreadsheet."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import AsyncClient, Client
from django.utils import timezone
from openpyxl import load_workbook

from alerts.models import Alert, AlertEvent
from archive.audit import record
from archive.models import AuditEntry, Indicator, RegisterEntry
from tests.web.api.caller import ROOT, Caller, fields
from tests.web.factory import make_article, make_outlet
from tests.web.roles import signed_in

Index = Callable[[], None]
FORMULA = '=HYPERLINK("https://evil.example";"sạt lở")'


def body(caller: Caller, path: str) -> bytes:
    response = caller.call("get", path)
    assert response.status_code == 200 and response["Content-Disposition"].startswith("attachment;")
    return b"".join(response.streaming_content)


@pytest.fixture
def caller(db: None) -> Caller:
    return Caller("viewer")


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_is_complete_and_the_same_as_the_pages(form: str, caller: Caller, index: Index) -> None:
    outlet = make_outlet()
    for _ in range(230):
        make_article(outlet)
    make_article(outlet, "Không liên quan", lead="", text="Chuyện khác.")
    index()
    mine = body(caller, f"/exports/articles/{form}?q=sạt&outlet=bao-lam-giang")
    page = signed_in("viewer").get(f"/tim-kiem/tai-ve/{form}/?q=sạt&outlet=bao-lam-giang")
    assert mine == b"".join(page.streaming_content)
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(mine.decode("utf-8-sig"))))) == 230
    else:
        assert len({json.loads(line)["url"] for line in mine.splitlines()}) == 230


def test_xlsx_holds_every_row(caller: Caller, index: Index) -> None:
    outlet = make_outlet()
    for _ in range(65):
        make_article(outlet)
    index()
    sheet = load_workbook(io.BytesIO(body(caller, "/exports/articles/xlsx"))).active
    assert sheet.max_row == 66


def test_a_formula_is_text_in_every_form(caller: Caller, index: Index) -> None:
    make_article(make_outlet(), FORMULA)
    index()
    text = body(caller, "/exports/articles/csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["title"] == "'" + FORMULA
    sheet = load_workbook(io.BytesIO(body(caller, "/exports/articles/xlsx"))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    row = json.loads(body(caller, "/exports/articles/jsonl"))
    assert row["title"] == FORMULA and "author" not in row


def test_the_register_is_exported_whole(caller: Caller) -> None:
    indicator = Indicator.objects.create(name="@SUM(A1)", unit="xã")
    for number in range(60):
        RegisterEntry.objects.create(
            indicator=indicator, value=str(number), province="LG", as_of="2026", valid_from=date(2026, 1, 1),
            created_at=timezone.now(),
        )  # fmt: skip
    rows = [json.loads(line) for line in body(caller, "/exports/register/jsonl").splitlines()]
    assert [row["value"] for row in rows] == [str(number) for number in range(60)]
    table = list(csv.DictReader(io.StringIO(body(caller, "/exports/register/csv").decode("utf-8-sig"))))
    assert len(table) == 60 and table[0]["indicator"] == "'@SUM(A1)"
    sheet = load_workbook(io.BytesIO(body(caller, "/exports/register/xlsx"))).active
    assert sheet.max_row == 61


def test_cases_are_exported_with_everything_about_them(caller: Caller) -> None:
    officer, article = Caller("officer"), make_article(make_outlet(), FORMULA)
    cases = [
        officer.post("/cases", {"kind": kind, "article": article.pk, "reason": "=1+1"}, 201)
        for kind in ("needs-reply", "criticism")
    ]
    rows = [json.loads(line) for line in body(caller, "/exports/cases/jsonl").splitlines()]
    assert rows == [caller.get(f"/cases/{case['id']}") for case in cases]
    assert rows[0]["events"][0]["reason"] == "=1+1" and rows[0]["deadlines"]
    text = body(caller, "/exports/cases/csv?kind=criticism").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["id"] == str(cases[1]["id"]) and row["title"] == "'" + FORMULA
    assert json.loads(row["events"])[0]["by"] == "officer"
    sheet = load_workbook(io.BytesIO(body(caller, "/exports/cases/xlsx"))).active
    assert sheet.max_row == 3 and sheet.freeze_panes == "A2"
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert fields(caller.problem("get", "/exports/cases/csv?size=5", 422)) == ["query.size"]


def test_alerts_are_exported_with_card_and_history(caller: Caller) -> None:
    now = timezone.now()
    alerts = [
        Alert.objects.create(
            key=f"a{place}", severity=place, cause={"headline": FORMULA}, fired_at=now, last_fired_at=now
        )
        for place in (1, 3)
    ]
    AlertEvent.objects.create(alert=alerts[0], kind="fired", at=now, reason="vì sao")
    rows = [json.loads(line) for line in body(caller, "/exports/alerts/jsonl").splitlines()]
    assert rows == [caller.get(f"/alerts/{alert.pk}") for alert in alerts]
    assert rows[0]["events"][0]["reason"] == "vì sao"
    text = body(caller, "/exports/alerts/csv?min_severity=2").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["key"] == "a3" and row["headline"] == "'" + FORMULA
    assert load_workbook(io.BytesIO(body(caller, "/exports/alerts/xlsx"))).active.max_row == 3


def test_rows_of_cases_and_alerts_cost_no_query_each(
    caller: Caller, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    officer, now = Caller("officer"), timezone.now()
    for place in range(12):
        article = make_article(make_outlet(f"bao-{place}"))
        officer.post("/cases", {"kind": "criticism", "article": article.pk, "reason": "vì"}, 201)
        Alert.objects.create(key=str(place), severity=1, cause={}, fired_at=now, last_fired_at=now)
    for name in ("cases", "alerts"):
        with django_assert_max_num_queries(16):  # not one for each of the twelve
            assert len(body(caller, f"/exports/{name}/jsonl").splitlines()) == 12


def test_the_audit_log_is_exported_to_administrators_as_its_page_gives_it(caller: Caller) -> None:
    admin = Caller("admin")
    for number in range(60):
        record(AuditEntry.Action.RULE, by=admin.user, subject=f"=Quy tắc {number}")
    client = signed_in("admin")
    path = "/exports/audit/{}?action=rule&words=tắc&person=admin"
    page = client.get("/quan-tri/nhat-ky/tai-ve/?action=rule")
    assert body(admin, path.format("csv")) == b"".join(page.streaming_content)
    rows = [json.loads(line) for line in body(admin, path.format("jsonl")).splitlines()]
    assert [row["subject"] for row in rows] == [f"=Quy tắc {number}" for number in range(60)]
    assert body(admin, "/exports/audit/jsonl?action=rule&until=1999-12-31") == b""
    assert len(body(admin, "/exports/audit/jsonl?action=rule&since=0001-01-01&until=9999-12-31")) > 0
    assert fields(admin.problem("get", "/exports/audit/csv?action=drop", 422)) == ["query.action"]
    assert caller.problem("get", "/exports/audit/csv", 403)["scope"] == "audit:read"


def test_what_was_taken_away_is_in_the_log(caller: Caller, index: Index) -> None:
    index()
    body(caller, "/exports/articles/csv?q=lở")
    row = AuditEntry.objects.get(action="downloaded")
    assert row.person == "viewer" and row.subject == f"{ROOT}/exports/articles/csv"


def test_an_unknown_form_or_query_is_a_problem(caller: Caller, index: Index) -> None:
    index()
    assert caller.problem("get", "/exports/articles/exe", 404)["code"] == "not-found"
    assert caller.problem("get", "/exports/register/pdf", 404)["code"] == "not-found"
    assert fields(caller.problem("get", "/exports/articles/csv?q=(", 400)) == ["query.q"]
    assert fields(caller.problem("get", "/exports/articles/csv?size=5", 422)) == ["query.size"]


@pytest.mark.django_db(transaction=True)
def test_a_server_with_asgi_streams_too(index: Index) -> None:
    outlet = make_outlet()
    for _ in range(120):
        make_article(outlet)
    index()
    caller = Caller("viewer")

    async def download() -> list[bytes]:
        headers = {"Authorization": f"Bearer {caller.secret}"}
        response = await AsyncClient().get(f"{ROOT}/exports/articles/jsonl?q=sạt", headers=headers)
        return [part async for part in response]

    parts = asyncio.run(download())
    assert len(parts) > 1 and len(b"".join(parts).splitlines()) == 120


def test_a_briefing_is_told_and_fetched_as_a_file(caller: Caller) -> None:
    from tests.briefings import world

    world.make_week()
    version = world.built()
    listed = caller.get("/briefings")["items"][0]
    assert listed["week"] == "2026-W47" and listed["versions"] == 1 and listed["approved"] is None
    told = caller.get(f"/briefings/{version.briefing_id}")
    assert told["number"] == 1 and told["content"]["sections"]
    response = caller.call("get", f"/briefings/{version.briefing_id}/versions/1/files/xlsx")
    page = signed_in("viewer").get(f"/ban-tin/{version.briefing_id}/tai-ve/xlsx/?version=1")
    assert response.content == page.content and response["Content-Disposition"].startswith("attachment;")
    assert caller.problem("get", f"/briefings/{version.briefing_id}/versions/2", 404)["code"] == "not-found"
    path = f"/briefings/{version.briefing_id}/versions/1/files/exe"
    assert caller.problem("get", path, 404)["code"] == "not-found"


def test_without_a_token_nothing_is_exported(db: None) -> None:
    assert Client().get(f"{ROOT}/exports/articles/csv").status_code == 401
