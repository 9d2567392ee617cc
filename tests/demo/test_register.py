"""One release of the made-up portal brings a figure that waits for a person to approve it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.models import RegisterEntry
from archive.register.files import Plan, load_profile
from classifiers.records import ArticleText, Finding
from demo.writing import Written, read_articles
from pipeline.classify.figures import RegisterFigures
from pipeline.classify.step import ClassifyStep
from provinces.loader import load_province
from tests.web.factory import make_article, make_outlet
from tests.web.roles import signed_in

pytestmark = pytest.mark.django_db
PORTAL = "cong-lam-giang"
AT = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)


class NoTopics:
    """Classifiers that find nothing."""

    detectors = ("topics",)

    def findings(self, article: ArticleText) -> list[Finding]:
        return []


def start() -> Plan:
    """What every start of the service does with the profile's register."""
    file = load_province("demo").folder / "register.csv"
    return load_profile("register.csv", file.read_bytes(), now=AT)


def classify(written: tuple[Written, ...]) -> None:
    """Publishes the articles on the portal, and compares them with the register of the demo's profile."""
    start()
    outlet = make_outlet(PORTAL, "Cổng TTĐT tỉnh Lam Giang", kind="portal")
    for one in written:
        draft = one.draft
        make_article(outlet, draft.title, lead=draft.lead, text=draft.text, at=AT)
    figures = RegisterFigures(load_province("demo"))
    ClassifyStep(NoTopics(), clock=lambda: AT, figures=figures).run(100)


def test_the_portals_releases_propose_one_figure_that_a_newcomer_can_approve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipeline.step.SLICE_S", 600.0)
    classify(tuple(one for one in read_articles() if one.outlet == PORTAL))
    draft = RegisterEntry.objects.get(status="draft")
    assert (draft.indicator.name, draft.value) == ("sản phẩm OCOP từ 3 sao", "436")
    assert draft.source_article and "436 sản phẩm OCOP" in draft.source_article.title
    former = draft.replaces
    assert former and (former.value, former.valid_to) == ("417", None)

    newcomer = signed_in("admin")  # the account that the first start makes
    page = newcomer.get("/so-lieu/").content.decode()
    assert "<b>1</b> mục đang chờ duyệt" in page
    address = f"/so-lieu/muc/{draft.pk}/"
    shown = newcomer.get(address).content.decode()
    assert "đề xuất từ cổng thông tin" in shown and "Duyệt mục này" in shown
    newcomer.post(f"{address}duyet/", {"version": draft.version, "reason": "Đã so với thông cáo."})
    draft.refresh_from_db()
    former.refresh_from_db()
    assert draft.status == "approved"
    assert str(former.valid_to) == "2026-11-23"
    assert start().count("new") == 0  # the next start leaves it alone
