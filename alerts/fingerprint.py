"""What is known of a story when an alert fires, so that it fires again for real news only.

White space, a better photograph or one more reprint is no news: a materially different version, a new
tier of outlets, or a new signal is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from alerts.names import signal_name
from archive.models import Article, Revision

TIERS = {
    "local": "báo địa phương",
    "national": "báo trung ương",
    "aggregator": "trang tổng hợp",
}


def tier_of(article: Article) -> str:
    """Local, national, or aggregator whatever its reach."""
    return "aggregator" if article.outlet.kind == "aggregator" else article.outlet.scope


def look(articles: Iterable[Article], signals: Sequence[str]) -> dict[str, Any]:
    """Tiers, material revisions (article id to number) and signals, in a stored form."""
    rows = list(articles)
    material = Revision.objects.filter(article__in=rows, material=True, number__gt=1)
    newest: dict[str, int] = {}
    for article_id, number in material.order_by("number").values_list("article_id", "number"):
        newest[str(article_id)] = number
    return {
        "tiers": sorted({tier_of(row) for row in rows}),
        "material": newest,
        "signals": sorted(set(signals)),
    }


def digest_of(seen: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a ``look``."""
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def merge(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Both together: what was seen once is no news when it comes back."""
    return {
        "tiers": sorted({*before.get("tiers", ()), *now["tiers"]}),
        "material": {**before.get("material", {}), **now["material"]},
        "signals": sorted({*before.get("signals", ()), *now["signals"]}),
    }


def news(before: Mapping[str, Any], now: Mapping[str, Any], articles: Iterable[Article]) -> list[str]:
    """What ``now`` has that was not there before, in Vietnamese; empty: nothing worth telling."""
    names = {str(article.pk): article.outlet.name for article in articles}
    told = [
        f"Lần đầu có {TIERS.get(tier, tier)} đưa tin."
        for tier in now["tiers"]
        if tier not in before.get("tiers", ())
    ]
    for article_id, number in now["material"].items():
        if number > before.get("material", {}).get(article_id, 1):
            told.append(
                f"{names.get(article_id, 'Một báo')} đã sửa số liệu, tên riêng hoặc tiêu đề (bản {number})."
            )
    told += [
        f"Thêm dấu hiệu cần đối chiếu: {code} {signal_name(code)}."
        for code in now["signals"]
        if code not in before.get("signals", ())
    ]
    return told
