"""Every page of the table of URLs in Chromium: clean for axe, inert to what others write, fit for a phone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from alerts.models import Alert, Rule, Target
from archive.audit import record
from archive.models import AuditEntry, Finding, Indicator, RegisterEntry, Story
from cases.files import attach
from cases.models import Case
from cases.opening import open_case
from cases.roles import give_role
from cases.states import Kind
from tests.conftest import ROOT
from tests.web.permission_table import TABLE
from tests.web.test_browser import CHROMIUM, EVIL, Visit, chromium, star, visit  # noqa: F401  (fixtures)
from web.models import SavedSearch
from web.people import invite

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)"),
]
Open = Callable[..., Visit]
AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
PDF = b"%PDF-1.7\nmade up\n%%EOF\n"
FILES = {
    *("export", "register-export", "evidence", "case-ics", "case-docx", "attachment", "audit-export", "feed"),
    *("briefing-file", "language", "dashboard-live", "dashboard-week", "briefing-counts", "saved-open"),
}
"""Downloads, feeds, parts of pages, and addresses that only lead on."""


@pytest.fixture
def addresses(star: int, settings: pytest.FixtureRequest, tmp_path: Path) -> list[str]:  # noqa: F811
    """Every page that is read, over rows whose every text is an attack."""
    settings.DIEMBAO_ATTACHMENTS = tmp_path / "attachments"
    settings.DIEMBAO_PROVINCE_FIXED = False
    by, now = User.objects.get(username="can-bo"), timezone.now()
    User.objects.create_user(f"{EVIL}"[:150])
    story = Story.objects.create(
        title=f"Chuyện {EVIL}", created_at=now, first_seen=now, last_seen=now, size=1
    )
    finding = Finding.objects.filter(article=star, kind="signal").first()
    assert finding is not None
    opened = open_case(
        Kind.CORRECTION, article_id=star, finding_ids=[finding.pk], by=by, now=now, reason=EVIL
    )
    case = opened.case
    Case.objects.filter(pk=case.pk).update(title=f"Hồ sơ {EVIL}", agency_name=EVIL)
    folder = tmp_path / "attachments"
    attach(case.pk, f"{EVIL}.pdf", PDF, folder=folder, by=by, now=now, comment=EVIL)
    rule = Rule.objects.create(name=f"Q {EVIL}", query="lở", active_since=now, created_at=now, changed_at=now)
    card = {"headline": EVIL, "outlet": EVIL, "url": "javascript:alert(1)", "published_at": now.isoformat()}
    card |= {"precision": "minute", "article": star, "signals": [], "why": [EVIL]}
    alert = Alert.objects.create(
        key=EVIL, rule=rule, article_id=star, severity=3, cause=card, fired_at=now, last_fired_at=now
    )
    target = Target.objects.create(name=EVIL, channel="email", address=EVIL)
    entry = RegisterEntry.objects.create(
        indicator=Indicator.objects.create(name=EVIL, unit=EVIL),
        value="12",
        province="LG",
        as_of=EVIL[:40],
        quote=EVIL,
        document=EVIL,
        valid_from=now.date(),
        status="approved",
        created_at=now,
    )
    search = SavedSearch.objects.create(
        name=EVIL,
        owner=by,
        shared=True,
        params="q=l%E1%BB%9F",
        token="t" * 43,
        created_at=now,
        changed_at=now,
    )
    record(
        AuditEntry.Action.RULE, by=by, subject=EVIL, page="/quy-tac/", details={"reason": EVIL, "act": EVIL}
    )
    _row, secret = invite("officer", EVIL, by, now)
    rows: dict[str, dict[str, object]] = {
        "article": {"pk": star},
        "comparison": {"pk": star},
        "story": {"pk": story.pk},
        "story-comparison": {"pk": story.pk},
        "case": {"pk": case.pk},
        "case-draft": {"pk": case.pk},
        "register-entry": {"pk": entry.pk},
        "register-edit": {"pk": entry.pk},
        "alert": {"pk": alert.pk},
        "rule": {"pk": rule.pk},
        "target": {"pk": target.pk},
        "saved-edit": {"pk": search.pk},
        "join": {"secret": secret},
    }
    pages = [
        reverse(f"web:{name}", kwargs=rows.get(name, row.address))
        for name, row in TABLE.items()
        if row.get != "-" and name not in FILES
    ]
    steps = [reverse("web:setup-step", args=(key,)) for key in ("province", "sources", "people")]
    return [*pages, *steps, "/tim-kiem/?q=sạt+lở", "/tim-kiem/?q=(", f"/tim-kiem/?q={EVIL}", "/khong-co/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(addresses: list[str], visit: Open, scheme: str) -> None:  # noqa: F811
    if not AXE.is_file():
        pytest.skip("axe-core is not there: npm install --no-save axe-core, or set AXE_CORE to axe.min.js")
    window = visit(color_scheme=scheme, viewport={"width": 360, "height": 740})
    page, script = window.sign_in(), AXE.read_text("utf-8")
    found = []
    for address in addresses:
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
        assert page.evaluate("document.title") != "xss", address
        assert page.locator("main img, main iframe, a[href^='javascript']").count() == 0, address
        assert page.evaluate("[...document.scripts].every(script => script.src)"), address
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    window.problems[:] = [
        text for text in window.problems if "the server responded with a status of" not in text
    ]
    assert wide == []


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
    page.click("text=Bỏ qua bước này")
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
