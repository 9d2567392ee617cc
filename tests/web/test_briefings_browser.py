"""Building and approving a briefing in Chromium: journeys, phone width, and axe on every page."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import Page, sync_playwright

from briefings.building import run_waiting
from cases.roles import give_role
from tests.briefings import world
from tests.conftest import ROOT
from web.views import briefings

CHROMIUM = shutil.which("chromium")
PASSWORD = "mat-khau-thu-1"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)"),
]


@pytest.fixture
def people() -> None:
    world.make_week()
    for name, role in (("thao", "officer"), ("duyet", "admin")):
        give_role(User.objects.create_user(name, password=PASSWORD), role)


@pytest.fixture
def one(people: None) -> str:
    """The address of a built briefing; made before Playwright's loop runs, which bars the database."""
    return f"/ban-tin/{world.built().briefing_id}/"


@pytest.fixture
def visit(people: None, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens a window of somebody signed in; at the end no window may have had a console error."""
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )

        def open_window(name: str, **options: Any) -> Page:
            context = browser.new_context(
                base_url=live_server.url, **({"viewport": {"width": 1280, "height": 900}} | options)
            )
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
            page.goto("/dang-nhap/")
            page.fill("#id_username", name)
            page.fill("#id_password", PASSWORD)
            page.click("main button")
            page.wait_for_url(f"{live_server.url}/", wait_until="load")
            return page

        yield open_window
        browser.close()
    assert problems == []


def in_the_background() -> threading.Thread:
    """What the worker does, once."""

    def work() -> None:
        run_waiting(world.office())
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_briefing_is_built_edited_approved_by_another_and_frozen(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefings, "timezone", SimpleNamespace(now=lambda: world.NOW))
    page = visit("thao")
    page.goto("/ban-tin/")
    assert page.input_value("#week") == "2026-W47"
    page.click("main form button.primary")
    page.wait_for_selector("progress")
    worker = in_the_background()
    page.wait_for_selector(".paper")  # led on by itself
    worker.join()
    page.click("main >> text=Soạn")
    page.click("#questions >> text=Thêm ý của cán bộ")
    page.fill("#text-questions", "Nêu rõ tiến độ gia cố đê.")
    page.click("#questions >> button:has-text('Thêm')")
    page.wait_for_selector("text=Đã lưu thành phiên bản 2")
    page.click("main >> text=Xem trước")
    assert page.locator("text=ý của cán bộ thao").count() == 1
    assert page.locator("text=Duyệt bản này").count() == 0
    approver = visit("duyet")
    approver.goto(page.url)
    approver.click("text=Duyệt bản này")
    approver.wait_for_selector("text=Từ nay bản này không đổi nữa")
    page.goto(page.url + "soan/")
    assert page.locator("text=không sửa được").count() == 1


def test_editing_needs_no_scripts_and_fits_a_phone(one: str, visit: Callable[..., Page]) -> None:
    page = visit("thao", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(f"{one}soan/")
    block = page.locator("#stories form.block").first
    block.locator("summary").first.click()
    block.locator("textarea").first.fill("Lũ lên nhanh, dân đã sơ tán.")
    block.locator("button:has-text('Lưu câu')").first.click()
    assert "viết lại" in page.locator("#stories").inner_text()
    phone = visit("thao", viewport={"width": 360, "height": 740})
    for rest in ("", "soan/", "phien-ban/", "dem/?measure=all"):
        phone.goto(one + rest)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), rest


def test_hostile_words_do_nothing(one: str, visit: Callable[..., Page]) -> None:
    page = visit("thao")
    for rest in ("", "soan/", "phien-ban/", "dem/?measure=all"):
        page.goto(one + rest)
        assert page.locator("a[href^='javascript']").count() == 0
        assert page.locator("main img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(one: str, visit: Callable[..., Page], scheme: str) -> None:
    script = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
    if not script.is_file():
        pytest.skip("axe-core is not there: npm install --no-save axe-core, or set AXE_CORE to axe.min.js")
    page = visit("duyet", color_scheme=scheme)
    found = []
    for path in (
        "/ban-tin/",
        "/ban-tin/thiet-lap/",
        one,
        f"{one}soan/",
        f"{one}phien-ban/",
        f"{one}dem/?measure=all",
    ):
        page.goto(path)
        page.evaluate(script.read_text("utf-8"))
        report = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        found += [(path, v["id"], v["nodes"][0]["html"][:160]) for v in report["violations"]]
    assert found == []
