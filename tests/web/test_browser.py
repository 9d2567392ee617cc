"""Journeys in Chromium: signing in, finding, comparing, keys, appearance, phone; nothing in the console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, sync_playwright

from cases.roles import give_role
from tests.conftest import ROOT
from tests.web.factory import make_article, make_outlet
from tests.web.world import make_world

CHROMIUM = shutil.which("chromium")
PAGES = (
    *("/", "/tim-kiem/?q=sạt+lở", "/tim-kiem/?q=(", "/tim-kiem/?q=khôngcógì", "/nguon/", "/tro-giup/"),
    *("/doi-chieu/", "/doi-chieu/?status=decided", "/do-chinh-xac/", "/dau-hieu/"),
    *("/so-lieu/", "/so-lieu/moi/", "/so-lieu/nhap/"),
)
EVIL = "<img src=x onerror=\"document.title='xss'\"><script>document.title='xss'</script>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)"),
]


@dataclass
class Visit:
    """One browser window; ``problems`` are console errors and failed scripts."""

    page: Page
    base: str
    star: int
    problems: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self) -> Page:
        page = self.go("/dang-nhap/")
        page.fill("#id_username", "can-bo")
        page.fill("#id_password", "mat-khau-thu-1")
        page.click("main button")
        page.wait_for_url(self.base + "/", wait_until="load")
        return page


@pytest.fixture
def star(snapshots: Path, index: Callable[[], None]) -> int:
    """A small world, and the number of its article that has everything on it."""
    give_role(User.objects.create_user("can-bo", password="mat-khau-thu-1"), "admin")
    article = make_world(snapshots, articles=30)
    make_article(
        make_outlet(name=f"Báo {EVIL}"), f"Xấu {EVIL}", lead=EVIL, text=EVIL, url="javascript:alert(1)"
    )
    index()
    return article.pk


@pytest.fixture
def chromium(star: int) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: Any, star: int) -> Iterator[Callable[..., Visit]]:
    """Opens a window; at the end no window may have had a console error."""
    opened: list[Visit] = []

    def open_window(**options: Any) -> Visit:
        context = chromium.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        new = Visit(context.new_page(), live_server.url, star)
        new.page.set_default_timeout(15_000)
        new.page.on("pageerror", lambda error: new.problems.append(str(error)))
        new.page.on(
            "console",
            lambda message: (
                new.problems.append(message.text)
                if message.type == "error" and "status of 400" not in message.text
                else None
            ),
        )
        opened.append(new)
        return new

    yield open_window
    assert [window.problems for window in opened if window.problems] == []


def test_from_sign_in_to_a_search_a_facet_and_a_comparison(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.sign_in()
    page.fill("#q", "sạt lở")
    page.press("#q", "Enter")
    page.wait_for_selector(".results")
    page.click(".facets a >> nth=0")
    page.wait_for_selector(".chip.chosen")
    window.go(f"/bai/{window.star}/?q=sạt+lở")
    assert page.locator("mark.hit").count() >= 2
    page.click("text=So bản đầu với bản mới nhất")
    assert page.locator(".diff ins").count() >= 2
    assert page.locator(".diff-row.material").count() >= 2


def test_keys_step_open_go_and_help(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.sign_in()
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-item]").nth(1)
    assert second.evaluate("item => item.contains(document.activeElement)")
    page.keyboard.press("o")
    page.wait_for_url("**/bai/**")
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_url("**/nguon/")
    page.keyboard.press("?")
    assert page.locator("dialog#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#help").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("g d?")
    assert page.input_value("#q") == "g d?"


def test_single_keys_can_be_switched_off(visit: Callable[..., Visit]) -> None:
    page = visit().sign_in()
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("dialog#help").is_visible()


def test_what_outlets_write_never_runs(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.sign_in()
    for path in ("/", "/tim-kiem/?q=Xấu", f"/bai/{window.star + 2}/", "/nguon/", f"/tim-kiem/?q={EVIL}"):
        window.go(path)
        assert "xss" not in page.title().lower().replace(EVIL.lower(), "")
        assert page.locator("main img").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0


def test_dark_by_choice_and_by_device(visit: Callable[..., Visit]) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = visit(color_scheme="dark").sign_in().evaluate(ground)
    page = visit(color_scheme="light").sign_in()
    assert page.evaluate(ground) != dark
    page.click("button[name=theme][value=dark]")
    page.wait_for_selector("html[data-theme=dark]")
    assert page.evaluate(ground) == dark


def test_a_phone_never_scrolls_sideways(visit: Callable[..., Visit]) -> None:
    window = visit(viewport={"width": 360, "height": 740})
    page = window.sign_in()
    star = f"/bai/{window.star}/"
    for path in (*PAGES, star, f"{star}so-sanh/?from=1&to=3", "/nguon/bao-lam-giang/", "/mat-khau/"):
        window.go(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_everything_works_without_scripts(visit: Callable[..., Visit]) -> None:
    window = visit(java_script_enabled=False)
    page = window.sign_in()
    page.fill("#q", "sạt lở")
    page.press("#q", "Enter")
    page.click(".results .headline >> nth=0")
    page.click("text=Trợ giúp và phím tắt")
    assert page.locator("h1").inner_text() == "Trợ giúp"
    page.click("button[value=en]")
    assert page.locator("h1").inner_text() == "Help"
    page.click("text=Sign out")
    assert page.locator("#id_username").is_visible()


def test_keys_step_through_the_signals_of_an_article(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.sign_in()
    window.go(f"/bai/{window.star}/")
    numbers = []
    for key in ("n", "n", "p"):
        page.keyboard.press(key)
        numbers.append(page.evaluate("document.activeElement.id"))
    signals = page.locator("[data-finding]")
    first, second = (signals.nth(place).get_attribute("id") for place in (0, 1))
    assert numbers == [first, second, first]


def test_a_verdict_and_a_correction_need_no_scripts(visit: Callable[..., Visit]) -> None:
    window = visit(java_script_enabled=False)
    page = window.sign_in()
    window.go(f"/bai/{window.star}/")
    card = page.locator("[data-finding]").first
    card.locator("text=Cần phản hồi").click()
    card.locator("textarea").fill("Đã gọi Sở Xây dựng, số mới là 1.500 m³.")
    card.locator("button").click()
    assert page.locator(".decisions").inner_text().startswith("Cần phản hồi can-bo")
    page.click("text=Thêm hoặc bỏ chủ đề")
    page.check("text=Khoáng sản")
    page.fill("#topic-reason", "Bài nói về mỏ cát.")
    page.click("text=Lưu chủ đề")
    assert "Khoáng sản" in page.locator("dl.findings").inner_text()


def test_an_entry_of_the_register_is_written_on_a_phone(visit: Callable[..., Visit]) -> None:
    window = visit(viewport={"width": 360, "height": 740})
    page = window.sign_in()
    window.go("/so-lieu/moi/")
    for name, text in {"indicator": "mỏ cát", "value": "57", "unit": "mỏ", "province": "LG"}.items():
        page.fill(f"#f-{name}", text)
    page.fill("#f-as_of", "03/2026")
    page.fill("#f-valid_from", "2026-03-31")
    page.click("text=Lưu, chờ duyệt")
    page.wait_for_url("**/so-lieu/muc/**")
    assert "không tự duyệt được" in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_dashboard_renews_itself_but_not_under_the_hands_of_a_reader(visit: Callable[..., Visit]) -> None:
    page = visit().sign_in()
    renew = "htmx.ajax('GET', '/hom-nay/', '#live')"
    with page.expect_response("**/hom-nay/") as answer:
        page.evaluate(renew)
    assert answer.value.ok
    page.wait_for_selector("#live .figures")
    assert page.locator("[data-live-switch] button").get_attribute("aria-pressed") == "true"
    page.click("[data-live-switch] button")
    assert page.locator("[data-live-switch] button").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Callable[..., Visit], scheme: str) -> None:
    script = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
    if not script.is_file():
        pytest.skip("axe-core is not there: npm install --no-save axe-core, or set AXE_CORE to axe.min.js")
    window = visit(color_scheme=scheme)
    page = window.sign_in()
    star = f"/bai/{window.star}/"
    found = []
    for path in (*PAGES, star, f"{star}so-sanh/?from=1&to=3", "/nguon/bao-lam-giang/", "/mat-khau/"):
        window.go(path)
        page.evaluate(script.read_text("utf-8"))
        report = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        found += [(path, v["id"], v["nodes"][0]["html"][:120]) for v in report["violations"]]
    assert found == []
