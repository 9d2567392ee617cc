"""Alerts, rules, roster and stories in Chromium: what officers do there, at desk and phone; axe."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page

from alerts.models import Alert, AlertEvent, Delivery, EscalationStep, Rule, Subscription, Target
from archive.models import Article, Story, StoryLink
from archive.stories.lock import story_lock
from archive.stories.members import move, refresh
from tests.conftest import ROOT
from tests.web.test_browser import CHROMIUM, Visit, chromium, star, visit

__all__ = ["chromium", "star", "visit"]  # fixtures

PICTURES = os.environ.get("ALERT_PICTURES", "")
PHONE = {"width": 390, "height": 844}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)"),
]


@pytest.fixture
def newsroom(star: int) -> dict[str, str]:
    """An alert with everything on it, its rule and recipients, a story of three; addresses of their pages."""
    now = timezone.now()
    admin = User.objects.get(username="can-bo")
    article = Article.objects.get(pk=star)
    story = Story.objects.create(title=article.title, created_at=now, first_seen=now, last_seen=now)
    others = list(Article.objects.exclude(pk=star).order_by("pk")[:2])
    with story_lock():
        move([star, *(other.pk for other in others)], story)
        refresh(story)
    for other in others:
        newer, older = max(star, other.pk), min(star, other.pk)
        details = {"containment": 0.9, "resemblance": 0.7, "title": 1.0}
        StoryLink.objects.create(
            article_id=newer,
            other_id=older,
            kind="reprint",
            score=0.97,
            method="shingles5-v1",
            details=details,
            created_at=now,
        )
    rule = Rule.objects.create(
        name="Sạt lở", query="sạt lở", team="Báo chí", active_since=now, created_at=now, changed_at=now
    )
    room = Target.objects.create(name="Phòng báo chí", channel="slack", address="C0001", team="Báo chí")
    own = Target.objects.create(name="Của tôi", channel="email", address="a@example.vn", owner=admin)
    Subscription.objects.create(rule=rule, target=room)
    EscalationStep.objects.create(team="Báo chí", after_minutes=15, place=1)
    card = {
        "article": star,
        "headline": article.title,
        "outlet": article.outlet.name,
        "url": article.url,
        "published_at": now.isoformat(),
        "precision": "minute",
        "lead": "Mưa lớn suốt đêm.",
        "rule": {"id": rule.pk, "name": rule.name, "query": rule.query},
        "matched": ["sạt lở"],
        "spread": "Câu chuyện có 3 bài của 2 nơi đăng (báo địa phương).",
        "signals": [
            {
                "code": "S1",
                "name": "Số liệu khác sổ đăng ký",
                "note": "cần đối chiếu",
                "said": ["12 hộ"],
                "other": "9 hộ",
                "source": "Báo cáo số 5",
                "as_of": "2026-11-23",
                "innocent": ["Khác thời điểm"],
            }
        ],
        "news": ["Lần đầu có báo trung ương đưa tin."],
        "size": 3,
    }
    alert = Alert.objects.create(
        key="rule:1/story:1",
        rule=rule,
        story=story,
        article=article,
        severity=3,
        cause=card,
        fired_at=now,
        last_fired_at=now,
        size=3,
    )
    AlertEvent.objects.create(alert=alert, kind="fired", at=now)
    Delivery.objects.create(
        alert=alert,
        target=own,
        channel="email",
        kind="first",
        key="k",
        payload={},
        state="dead",
        error="không nối được",
        created_at=now,
        next_at=now + timedelta(hours=1),
    )
    return {
        "alert": f"/canh-bao/{alert.pk}/",
        "alerts": "/canh-bao/",
        "rules": "/quy-tac/",
        "rule": f"/quy-tac/{rule.pk}/",
        "replays": "/quy-tac/thu-lai/",
        "targets": "/noi-nhan/",
        "target": f"/noi-nhan/{room.pk}/",
        "duty": "/truc/",
        "roster": "/truc/lich/",
        "letters": "/thu-gui/",
        "story": f"/chuyen/{story.pk}/",
        "comparison": f"/chuyen/{story.pk}/so-sanh/?bai={others[0].pk}",
    }


def picture(page: Page, name: str) -> None:
    """Kept for people to look at, where a folder is named."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_pages_fit_and_axe_finds_nothing_serious(
    newsroom: dict[str, str], visit: Callable[..., Visit], viewport: dict[str, int] | None
) -> None:
    script = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
    options: dict[str, Any] = {"viewport": viewport} if viewport else {}
    window = visit(**options)
    page = window.sign_in()
    found, wide = [], []
    for name, path in newsroom.items():
        answer = page.goto(window.base + path)
        assert answer is not None and answer.ok, path
        picture(page, f"{name}-{'phone' if viewport else 'desk'}")
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wide.append(path)
        if script.is_file():
            page.evaluate(script.read_text("utf-8"))
            rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}"
            report = page.evaluate(f"axe.run(document, {rules})")
            found += [(path, v["id"], v["nodes"][0]["html"][:120]) for v in report["violations"]]
    assert (found, wide) == ([], [])


def test_an_officer_opens_a_case_from_an_alert(newsroom: dict[str, str], visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.sign_in()
    window.go(newsroom["alert"])
    page.fill("#case-reason", "Cần trả lời báo")
    page.click("section:has(#case-reason) button")
    page.wait_for_url("**/ho-so/**")
    window.go(newsroom["alert"])
    shown = page.locator("main").inner_text()
    assert "Xem hồ sơ" in shown and "Tiếp nhận" in shown
    assert "Đã nhận xử lý: can-bo" in shown


def test_the_roster_is_written_with_the_keyboard(
    newsroom: dict[str, str], visit: Callable[..., Visit]
) -> None:
    window = visit(viewport=PHONE)
    page = window.sign_in()
    window.go(newsroom["roster"])
    first = page.locator("table.roster select").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.locator("button:has-text('Lưu lịch trực')").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.good")
    assert (
        page.locator("table.roster select").first.evaluate("one => one.selectedOptions[0].text") == "can-bo"
    )


def test_a_rule_is_tried_before_it_is_saved(newsroom: dict[str, str], visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.sign_in()
    window.go("/quy-tac/moi/")
    page.fill("#name", "Tăng bất thường")
    page.fill("#query", "sạt lở")
    page.fill("#min_outlets", "2")
    page.click("text=Thử với 90 ngày qua")
    page.wait_for_selector("#replay .notice")
    assert "ngày đã có trong kho" in page.locator("#replay").inner_text()
