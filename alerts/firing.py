"""Makes alerts of matches: alert, history and outbox rows in one transaction with the mark that is cleared.

So a kill at any moment leaves either the mark or the alert with its messages, never neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from alerts.card import build_card, similar_of
from alerts.fingerprint import digest_of, look, merge, news
from alerts.matching import Match
from alerts.models import Alert, AlertEvent, Delivery
from alerts.outbox import queue
from alerts.reach import Printing, printing_of, spread_enough, spread_words
from alerts.refiring import refire
from alerts.spike_firing import tell_spike
from alerts.spikes import Spike
from archive.findings import clear_alert_mark
from archive.models import Article, Story
from archive.stories import printed_at

FRESH = timedelta(days=3)
"""An article found longer than this after it was printed is archive material, not news."""


def record(
    article: Article,
    version: int,
    matches: Sequence[Match],
    *,
    now: datetime,
    before: Sequence[Match] = (),
    spikes: Sequence[Spike] = (),
) -> bool:
    """Fire or renew the alerts of an article; False if it changed since ``version`` was matched.

    ``before``: matches of earlier articles of its story, for rules that wait until the story has grown: an
    alert is about the first. ``spikes``: those that the article is part of. Repeating it changes nothing.
    """
    with transaction.atomic():
        if not clear_alert_mark(article.pk, version):
            return False
        story = _locked_story(article)
        articles = _articles(article, story)
        known = {alert.rule_id: alert for alert in _alerts(article, story)}
        first = {match.active.rule.pk: match for match in before}
        for pk, match in (first | {match.active.rule.pk: match for match in matches}).items():
            alert = known.pop(pk, None)
            if alert is not None:
                _renew(alert, match, articles, now)
            elif _may_fire(match, article, [printing_of(one) for one in articles]):
                _fire(first.get(pk, match), story, articles, now)
        for alert in known.values():
            _renew(alert, None, articles, now)
        for spike in spikes:
            if _is_news(spike.match, article):
                tell_spike(spike, now=now)
    return True


def _locked_story(article: Article) -> Story | None:
    """The story's row, locked: two workers with an article each must not both find no alert."""
    if article.story_id is None:
        return None
    return Story.objects.select_for_update().get(pk=article.story_id)


def _articles(article: Article, story: Story | None) -> list[Article]:
    if story is None:
        return [article]
    rows = story.articles.select_related("outlet").defer("text")
    return sorted(rows, key=lambda row: (printed_at(row), row.pk))


def _alerts(article: Article, story: Story | None) -> Iterable[Alert]:
    """The alerts of the story and of those that went into it; of several for one rule the oldest."""
    if story is None:
        alone = Alert.objects.filter(article=article, story=None, rule__isnull=False)
        return list(alone.exclude(key__contains="/spike:").order_by("-pk"))
    stories, fresh = {story.pk}, {story.pk}
    while fresh:
        fresh = set(Story.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - stories
        stories |= fresh
    rows = Alert.objects.filter(story__in=stories, rule__isnull=False)
    return list(rows.select_related("rule").order_by("-pk"))


def _may_fire(match: Match, article: Article, story: Sequence[Printing]) -> bool:
    return _is_news(match, article) and spread_enough(match.active.conditions, story)


def _is_news(match: Match, article: Article) -> bool:
    """Neither before the rule was made nor archive material."""
    found_late = article.first_seen_at - printed_at(article) > FRESH
    return article.first_seen_at >= match.active.rule.active_since and not found_late


def _fire(match: Match, story: Story | None, articles: list[Article], now: datetime) -> None:
    rule = match.active.rule
    subject = f"story:{story.pk}" if story is not None else f"article:{match.article.pk}"
    seen = look(articles, match.signals)
    alert = Alert.objects.create(
        key=f"rule:{rule.pk}/{subject}",
        rule=rule,
        story=story,
        article=match.article,
        severity=rule.severity,
        cause=build_card(match, articles) | _spread(match, articles),
        seen=seen,
        digest=digest_of(seen),
        size=len(articles),
        fired_at=now,
        last_fired_at=now,
    )
    AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.FIRED, at=now)
    queue(alert, Delivery.Kind.FIRST, now=now)


def _spread(match: Match, articles: list[Article]) -> dict[str, str]:
    words = spread_words(match.active.conditions, [printing_of(one) for one in articles])
    return {"spread": words} if words else {}


def _renew(alert: Alert, match: Match | None, articles: list[Article], now: datetime) -> None:
    now_seen = look(articles, match.signals if match else ())
    told = news(alert.seen, now_seen, articles)
    grown = len(articles) > alert.size
    if not told and not grown:
        return
    if match is not None and match.article.pk == alert.article_id:
        # Its own article was edited: show it as it reads now.
        alert.cause = build_card(match, articles) | _spread(match, articles)
    alert.cause["similar"] = similar_of(articles, alert.article_id)
    alert.cause["size"] = alert.size = len(articles)
    alert.cause["news"] = told
    if told:
        refire(alert, merge(alert.seen, now_seen), told, now)
    alert.save()
    if told:
        queue(alert, Delivery.Kind.REFIRE, now=now)
    elif alert.state != Alert.State.CLOSED:
        queue(alert, Delivery.Kind.UPDATE, now=now)
