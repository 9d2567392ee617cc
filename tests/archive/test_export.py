"""The JSON objects of ``export articles``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from archive.export import export_articles
from archive.findings import FindingRow, replace_findings
from archive.models import Article, Outlet, Page
from tests.archive.conftest import NOW, make_page

TakeIn = Callable[..., object]
KEYS = [
    *("url", "canonical_url", "outlet", "title", "lead", "text", "published_at", "published_precision"),
    *("first_seen_at", "revisions", "gone_at", "story", "about", "topics", "findings"),
]


def test_an_article_has_the_fields_of_the_contract(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    take_in(page, NOW + timedelta(hours=1), title="Đổi tít")
    row = Article.objects.get()
    span = {"field": "text", "start": 0, "end": 3, "text": "Cầu"}
    found = [
        FindingRow(
            "province",
            "about",
            0.9,
            "places",
            "1",
            evidence={"name": "Hòa Bình", "now": "Phú Thọ"},
            code="25",
        ),
        FindingRow("province", "mention", 0.9, "places", "1", evidence={"name": "Hà Nội"}, code="01"),
        FindingRow("topic", "transport", 0.9, "places", "1"),
        FindingRow("signal", "S1", 0.8, "places", "1", spans=[span], evidence={"register": 420}),
    ]
    replace_findings(row.pk, row.revisions.get(number=2).pk, row.version, ["places"], found, now=NOW)
    (exported,) = export_articles([row.pk])
    assert list(exported) == KEYS
    assert exported["published_at"] == "2026-11-23T09:55:00+07:00"
    assert exported["first_seen_at"] == "2026-11-23T10:00:00+07:00"
    assert [revision["seen_at"] for revision in exported["revisions"]] == [
        "2026-11-23T10:00:00+07:00",
        "2026-11-23T11:00:00+07:00",
    ]
    assert exported["about"] == [{"name": "Hòa Bình", "code": "25", "now": "Phú Thọ"}]
    assert exported["topics"] == ["transport"]
    assert exported["findings"] == [
        {"signal": "S1", "span": span, "evidence": {"register": 420}, "status": "cần đối chiếu"}
    ]
    assert json.loads(json.dumps(exported)) == exported


def test_an_unknown_time_is_null(page: Page, take_in: TakeIn) -> None:
    take_in(page, published_at=None, precision="unknown")
    (exported,) = export_articles(Article.objects.values_list("pk", flat=True))
    assert (exported["published_at"], exported["published_precision"]) == (None, "unknown")


def test_the_order_asked_for_is_kept_over_batches_with_few_queries(
    outlet: Outlet, take_in: TakeIn, django_assert_max_num_queries: Callable
) -> None:
    for number in range(5):
        take_in(make_page(outlet, f"/{number}"), title=f"Tít {number}", text=f"Bài số {number} riêng.")
    ids = list(Article.objects.order_by("-title").values_list("pk", flat=True))
    many = [*ids * 100, 10**9]
    with django_assert_max_num_queries(3 * 3):
        exported = list(export_articles(many))
    assert [row["title"] for row in exported] == ["Tít 4", "Tít 3", "Tít 2", "Tít 1", "Tít 0"] * 100
