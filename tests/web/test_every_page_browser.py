"""Every page of the table of URLs in Chromium: clean for axe, inert to what others write, fit for a phone."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from openpyxl import Workbook
from playwright.sync_api import Page

from archive.models import Article
from cases.roles import give_role
from tests.conftest import ROOT
from tests.web.rows import PDF, make_rows, pages
from tests.web.test_browser import CHROMIUM, EVIL, Visit, chromium, star, visit  # noqa: F401  (fixtures)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)"),
]
Open = Callable[..., Visit]
PARTS = ("/hom-nay/", "/tuan-nay/", "/quy-tac/thu-lai/")  # of pages, which have them inside
AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))


@pytest.fixture
def addresses(star: int, settings: pytest.FixtureRequest, tmp_path: Path) -> list[str]:  # noqa: F811
    """Every page that is read, over rows whose every text is an attack."""
    settings.DIEMBAO_ATTACHMENTS = tmp_path / "attachments"
    settings.DIEMBAO_PROVINCE_FIXED = False
    by = User.objects.get(username="can-bo")
    rows = make_rows(Article.objects.get(pk=star), EVIL, by=by, folder=tmp_path / "attachments")
    searches = ("/tim-kiem/?q=sạt+lở", "/tim-kiem/?q=(", f"/tim-kiem/?q={EVIL}")
    return [*pages(rows), *searches, f"/so-lieu/moi/?article={star}&start=0&end=9", "/khong-co/"]


def test_every_page_is_there(addresses: list[str]) -> None:
    client = Client()
    client.force_login(User.objects.get(username="can-bo"))
    answers = {address: client.get(address).status_code for address in addresses}
    assert {address: code for address, code in answers.items() if code not in (200, 302)} == {
        "/tim-kiem/?q=(": 400,
        "/khong-co/": 404,
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(addresses: list[str], visit: Open, scheme: str) -> None:  # noqa: F811
    if not AXE.is_file():
        pytest.skip("axe-core is not there: npm install --no-save axe-core, or set AXE_CORE to axe.min.js")
    window = visit(color_scheme=scheme, viewport={"width": 360, "height": 740})
    page, script = window.sign_in(), AXE.read_text("utf-8")
    found = []
    for address in addresses:
        if address in PARTS:
            continue
        window.go(address)
        page.evaluate(script)
        tags = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}"
        report = page.evaluate(f"axe.run(document, {tags})")
        found += [(address, v["id"], v["nodes"][0]["html"][:160]) for v in report["violations"]]
    window.problems[:] = [
        text for text in window.problems if "the server responded with a status of" not in text
    ]
    assert found == []


def test_what_others_write_runs_on_no_page_and_no_page_scrolls_sideways(
    addresses: list[str],
    visit: Open,  # noqa: F811
) -> None:
    window = visit(viewport={"width": 360, "height": 740})
    page = window.sign_in()
    wide: list[str] = []
    page.on("dialog", lambda dialog: window.problems.append(f"dialog {dialog.message}"))
    for address in addresses:
        window.go(address)
        nothing_ran(page, address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    window.problems[:] = [
        text for text in window.problems if "the server responded with a status of" not in text
    ]
    assert wide == []


HEAD = ["indicator", "value", "unit", "as_of", "quote", "document", "province_old", "valid_from"]
GOOD = [EVIL[:150], "12", "<b>%", "2026", EVIL, EVIL, "LG", "2026-01-01"]
BAD = [EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL]


def comma(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def workbook(*rows: list[str]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def nothing_ran(page: Page, what: str) -> None:
    assert page.evaluate("document.title") != "xss", what
    assert page.locator("main img, main iframe, main b > b, a[href^='javascript']").count() == 0, what
    assert page.evaluate("[...document.scripts].every(script => script.src)"), what


def test_nothing_in_an_uploaded_register_runs(visit: Open, star: int) -> None:  # noqa: F811
    window = visit()
    page = window.sign_in()
    files = {
        "problems of cells": (".csv", comma(HEAD, BAD)),
        "unknown columns": (".csv", comma([EVIL, *HEAD[1:]], GOOD)),
        "columns twice": (".csv", comma([EVIL, EVIL], GOOD[:2])),
        "too many cells": (".csv", comma(HEAD, [*GOOD, EVIL])),
        "no table at all": (".csv", EVIL.encode()),
        "another kind of file": (".svg", f"<svg onload='{EVIL}'/>".encode()),
        "no workbook": (".xlsx", EVIL.encode()),
        "workbook with problems": (".xlsx", workbook(HEAD, BAD)),
        "workbook with columns": (".xlsx", workbook([EVIL], [EVIL])),
        "workbook": (".xlsx", workbook(HEAD, GOOD)),
        "table": (".csv", comma(HEAD, GOOD)),
    }
    for what, (ending, content) in files.items():
        window.go("/so-lieu/nhap/")
        name = f"{EVIL.replace('/', '')}{ending}"
        page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": content})
        page.click("main button.primary")
        page.wait_for_selector("main h2")
        nothing_ran(page, what)
        assert "onerror" in page.locator("main").inner_text(), what  # it is shown, as words
    page.click("text=Nhập tất cả")
    page.wait_for_url("**/so-lieu/")
    nothing_ran(page, "the register")
    page.click("th a >> text=onerror")
    nothing_ran(page, "the draft from a file")
    assert "onerror" in page.locator("main").inner_text()


def test_nothing_in_an_attached_file_runs(addresses: list[str], visit: Open) -> None:  # noqa: F811
    case = next(address for address in addresses if re.fullmatch(r"/ho-so/\d+/", address))
    window = visit()
    page = window.sign_in()
    for content in (PDF, b"", f"<html><script>{EVIL}</script>".encode(), f"<svg>{EVIL}</svg>".encode()):
        window.go(case)
        name = f"{EVIL.replace('/', '')}.pdf"
        page.click("summary:has(~ form[action$='/tep/'])")
        page.set_input_files("#file", {"name": name, "mimeType": "text/html", "buffer": content})
        page.click("form[action$='/tep/'] button")
        page.wait_for_load_state()
        nothing_ran(page, "the case")
    window.go("/quan-tri/nhat-ky/")
    nothing_ran(page, "the audit log")
    window.go(case)
    for link in page.locator("a[href^='/ho-so/tep/']").all():
        answer = page.request.get(window.base + str(link.get_attribute("href")))
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
    window.problems[:] = [text for text in window.problems if "status of 4" not in text]


@pytest.fixture
def only_a_viewer(star: int) -> None:  # noqa: F811
    give_role(User.objects.get(username="can-bo"), "viewer")


@pytest.mark.usefixtures("only_a_viewer")
def test_a_role_is_refused_with_words_that_help(star: int, visit: Open) -> None:  # noqa: F811
    window = visit()
    page = window.sign_in()
    assert page.locator("nav a[href='/quan-tri/']").count() == 0
    for address in ("/quan-tri/nhat-ky/", "/so-lieu/moi/", "/noi-nhan/moi/"):
        window.go(address)
        assert "Hãy nhờ quản trị viên" in page.locator("main").inner_text()
        assert page.locator("main a[href='/']").is_visible()
    window.go(f"/bai/{star}/")
    assert page.locator("main form[action*='ket-luan']").count() == 0
    window.problems.clear()  # the 403 of each page


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_run_is_gone_through(
    visit: Open,  # noqa: F811
    star: int,  # noqa: F811
    settings: pytest.FixtureRequest,
    tmp_path: Path,
    scripts: bool,
) -> None:
    settings.DIEMBAO_PROVINCE_FIXED = False
    settings.DIEMBAO_CHOSEN = tmp_path / "chosen.env"
    window = visit(java_script_enabled=scripts, viewport={"width": 390, "height": 800})
    page = window.sign_in()
    page.click("text=Làm tiếp")
    page.click("a.button >> text=Làm tiếp")
    page.check("text=Tỉnh Hà Tĩnh")
    page.fill("#contact", "vanphong@example.vn")
    page.click("main button >> text=Chọn")
    page.click("text=Kiểm tra ngay")
    assert page.locator("progress").is_visible()
    page.click("text=Xong, làm tiếp")
    assert "SLACK_BOT_TOKEN" in page.locator("main").inner_text()
    page.click("text=Bỏ qua bước này")
    page.click("text=Lập đường dẫn mời")
    link = page.input_value("#invite-link")
    page.click("text=Xong, làm tiếp")
    assert "Mọi bước đã xong" in page.locator("main").inner_text()
    guest = visit(java_script_enabled=scripts)
    guest.page.goto(link)
    guest.page.fill("#join-name", "lan.anh")
    guest.page.fill("#join-password", "mot-mat-khau-dai-2")
    guest.page.fill("#join-again", "mot-mat-khau-dai-2")
    guest.page.click("main button")
    assert "Chào mừng" in guest.page.locator("main").inner_text()
    assert (tmp_path / "chosen.env").read_text().startswith("DIEMBAO_PROVINCE=ha-tinh")


def test_from_a_search_to_an_article_to_a_case(visit: Open, star: int) -> None:  # noqa: F811
    window = visit()
    page = window.sign_in()
    page.fill("#q", "sạt lở")
    page.press("#q", "Enter")
    page.click(".save-search summary")
    page.fill("#save-name", "Sạt lở")
    page.click(".save-search button")
    page.click("a.headline >> text=Sạt lở")
    page.click(f".results a[href^='/bai/{star}/']")
    page.click(".reading >> text=Mở hồ sơ >> nth=0")
    page.check("text=Cần phản hồi")
    page.fill("#reason", "Cần thông tin lại cho báo.")
    page.click("main form button.primary")
    assert "Tiếp nhận" in page.locator(".steps [aria-current]").inner_text()
