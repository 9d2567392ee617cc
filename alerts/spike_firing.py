"""Alerts of spikes: one for each rule, topic, province and spell, kept up as the spell goes on.

A spell ends when for as long as the rule's window nothing was part of it. It fires again when a new tier of
outlets joins in or twice as many articles are printed as when it was last told.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from alerts.card import build_card, similar_of
from alerts.fingerprint import TIERS, digest_of, tier_of
from alerts.models import Alert, AlertEvent, Delivery, Rule
from alerts.outbox import queue
from alerts.refiring import refire
from alerts.spikes import Spike, rhythm_words, spike_words
from archive.models import Article
from archive.stories import printed_at

MORE = 2  # times as many articles are news again


def tell_spike(spike: Spike, *, now: datetime) -> None:
    """Fire or renew the alert of a spike. Within a transaction."""
    rule = spike.match.active.rule
    Rule.objects.select_for_update().get(pk=rule.pk)  # two workers must not both begin the spell
    root = f"rule:{rule.pk}/spike:{spike.beat.topic}/{spike.beat.province}/"
    alert = Alert.objects.filter(key__startswith=root).select_related("rule").order_by("-pk").first()
    span = timedelta(hours=spike.match.active.conditions.spike_hours)
    if alert is not None and spike.at - datetime.fromisoformat(alert.seen["until"]) <= span:
        _renew(alert, spike, now)
    else:
        _fire(f"{root}{spike.at.astimezone(UTC):%Y%m%dT%H%M%S}", spike, now)


def _fire(key: str, spike: Spike, now: datetime) -> None:
    rule, articles = spike.match.active.rule, _articles(spike)
    seen = _look(spike, articles)
    alert, made = Alert.objects.get_or_create(
        key=key,
        defaults={
            "rule": rule,
            "article": spike.match.article,
            "severity": rule.severity,
            "cause": _card(spike, articles),
            "seen": seen,
            "digest": digest_of(seen),
            "size": spike.rhythm.count,
            "fired_at": now,
            "last_fired_at": now,
        },
    )
    if made:
        AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.FIRED, at=now)
        queue(alert, Delivery.Kind.FIRST, now=now)


def _renew(alert: Alert, spike: Spike, now: datetime) -> None:
    articles = _articles(spike)
    before, seen = alert.seen, _look(spike, articles)
    tiers = [tier for tier in seen["tiers"] if tier not in before["tiers"]]
    told = [f"Lần đầu có {TIERS.get(tier, tier)} đưa tin." for tier in tiers]
    if spike.rhythm.count >= MORE * before["count"]:
        told.append(f"Số bài đã tăng gấp đôi từ lần báo trước: {spike_words(spike)}.")
    grown = spike.rhythm.count > alert.size
    seen["tiers"] = sorted({*before["tiers"], *seen["tiers"]})
    seen["until"] = max(before["until"], seen["until"])
    if not told:
        seen["count"] = before["count"]
    alert.seen = seen
    alert.size = max(alert.size, spike.rhythm.count)
    if grown or told:
        alert.cause = _card(spike, articles) | {"news": told}
    if told:
        refire(alert, seen, told, now)
    alert.save()
    if told:
        queue(alert, Delivery.Kind.REFIRE, now=now)
    elif grown and alert.state != Alert.State.CLOSED:
        queue(alert, Delivery.Kind.UPDATE, now=now)


def _articles(spike: Spike) -> list[Article]:
    rows = Article.objects.filter(pk__in=spike.articles).select_related("outlet").defer("text")
    return sorted(rows, key=lambda row: (printed_at(row), row.pk), reverse=True)


def _look(spike: Spike, articles: list[Article]) -> dict[str, Any]:
    return {
        "tiers": sorted({tier_of(article) for article in articles}),
        "count": spike.rhythm.count,
        "until": spike.at.astimezone(UTC).isoformat(),
    }


def _card(spike: Spike, articles: list[Article]) -> dict[str, Any]:
    """The card of the newest article, under what the spike is."""
    card = build_card(spike.match, articles)
    return card | {
        "headline": f"Nhiều bài hơn thường lệ: {spike_words(spike)}",
        "lead": f"Mới nhất: {card['headline']}",
        "similar": similar_of(articles, spike.match.article.pk),
        "size": spike.rhythm.count,
        "spike": {"words": spike_words(spike), "usual": rhythm_words(spike)},
    }
