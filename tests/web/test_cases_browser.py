"""Journeys through cases in Chromium: by keyboard, without scripts, on a phone; nothing for axe to find."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from archive.models import Article, Finding
from cases.models import Case
from cases.opening import open_case, open_question
from cases.states import Kind
from cases.watching import start_watching
from tests.conftest import ROOT
from tests.web.test_browser import CHROMIUM, Visit, chromium, star, visit  # noqa: F401  (fixtures)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)"),
]
Open = Callable[..., Visit]


@pytest.fixture
def case(star: int) -> Case:  # noqa: F811
    """A case with findings, watched, and an overdue question beside it."""
    by, now = User.objects.get(username="can-bo"), timezone.now()
    findings = list(Finding.objects.filter(article=star, kind="signal").values_list("pk", flat=True))
    row = open_case(Kind.CORRECTION, article_id=star, finding_ids=findings, by=by, now=now, reason="x").case
    start_watching(row, now)
    outlet = Article.objects.get(pk=star).outlet_id
    open_question(
        outlet_key=outlet,
        question="Bao giờ thông xe?",
        received_at=now - timedelta(days=365),
        agency="so-xay-dung",
        by=by,
        now=now,
    )
    return row


def pages(case: Case) -> tuple[str, ...]:
    return (
        *("/ho-so/", "/ho-so/?closed=1", "/ho-so/lich/", "/ho-so/cau-hoi/"),
        *(f"/ho-so/{case.pk}/", f"/ho-so/{case.pk}/van-ban/", f"/ho-so/moi/?article={case.article_id}"),
    )


def test_a_case_is_opened_and_moved_without_scripts(visit: Open, star: int) -> None:  # noqa: F811
    page = (window := visit(java_script_enabled=False)).sign_in()
    window.go(f"/bai/{star}/")
    page.click(".reading >> text=Mở hồ sơ >> nth=0")
    page.check("text=Cần phản hồi")
    page.fill("#reason", "Cần thông tin lại cho báo.")
    page.click("main form button.primary")
    assert "Tiếp nhận" in page.locator(".steps [aria-current]").inner_text()
    window.go("/ho-so/")
    page.click(".board-card summary")
    page.fill(".board-card input[name=reason]", "Bắt đầu")
    page.click(".board-card button >> text=Bắt đầu xác minh")
    assert "Đã chuyển bước." in page.locator("main").inner_text()
    column = page.locator(".board-column", has=page.locator("h2", has_text="Xác minh"))
    assert column.locator(".board-card").count() == 1


def test_the_board_is_walked_by_keyboard(case: Case, visit: Open) -> None:  # noqa: F811
    page = (window := visit()).sign_in()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/ho-so/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("[data-item]").nth(1).evaluate("item => item.contains(document.activeElement)")
    page.keyboard.press("o")
    page.wait_for_url(f"{window.base}/ho-so/*/")


def test_a_phone_never_scrolls_sideways_through_cases(case: Case, visit: Open) -> None:  # noqa: F811
    page = (window := visit(viewport={"width": 360, "height": 740})).sign_in()
    for path in pages(case):
        window.go(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_phone_reads_the_calendar_as_a_list(case: Case, visit: Open) -> None:  # noqa: F811
    page = (window := visit(viewport={"width": 360, "height": 740})).sign_in()
    window.go("/ho-so/lich/")
    assert page.locator(".month-list").is_visible() and not page.locator("table.month").is_visible()
    assert "Bao giờ thông xe?" in page.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_cases(case: Case, visit: Open, scheme: str) -> None:  # noqa: F811
    script = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
    if not script.is_file():
        pytest.skip("axe-core is not there: npm install --no-save axe-core, or set AXE_CORE to axe.min.js")
    page = (window := visit(color_scheme=scheme)).sign_in()
    found = []
    for path in pages(case):
        window.go(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate(script.read_text("utf-8"))
        report = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        found += [(path, v["id"], v["nodes"][0]["html"][:160]) for v in report["violations"]]
    assert found == []


def test_a_stale_page_keeps_what_was_typed(case: Case, visit: Open) -> None:  # noqa: F811
    page = (window := visit()).sign_in()
    window.go(f"/ho-so/{case.pk}/")
    other = (second := visit()).sign_in()
    second.go(f"/ho-so/{case.pk}/")
    other.click("#buoc summary >> text=Bắt đầu xác minh")
    other.fill("#move-verifying", "Tôi xác minh.")
    other.press("#move-verifying", "Enter")
    other.wait_for_selector("text=Đã chuyển bước.")
    page.click("summary >> text=Tạm dừng")
    page.select_option("#pause-why", "other")
    page.fill("#pause-reason", "Chờ họp.")
    page.press("#pause-reason", "Enter")
    page.wait_for_selector("[role=alert]")
    assert "vừa được người khác thay đổi" in page.locator("[role=alert]").inner_text()
    assert page.input_value("#pause-reason") == "Chờ họp."
    window.problems.clear()  # the browser tells of the answer 409
