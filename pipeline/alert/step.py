"""Asks the rules about the articles that are new since, in the index as a rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from alerts.firing import record
from alerts.matching import ActiveRule, Match, match_articles, rules_in_force
from alerts.spikes import Beats, Spike, spikes_of
from archive.findings import awaiting_alert
from archive.models import Article
from archive.stories.printed import printing_order
from archive.vietnam import VIETNAM
from pipeline.step import a_slice
from search.port import SearchEngine

MOST_TOLD_BEFORE = 500  # earlier articles of the stories at hand that are asked about too


class AlertStep:
    """One transaction per article: a kill loses at most the article at hand, which still waits."""

    name = "alert"

    def __init__(
        self,
        engine: SearchEngine,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        engine_is_away: Callable[[], bool] = lambda: False,
    ):
        self._engine = engine
        self._clock = clock
        self._away = engine_is_away

    def run(self, limit: int) -> int:
        """Ask about up to ``limit`` articles: indexed ones, and while the engine is away the others too."""
        waiting = awaiting_alert(limit, without_index=self._away())
        if not waiting:
            return 0
        rules = rules_in_force(self._clock().astimezone(VIETNAM).date())
        found = match_articles(self._engine, rules, waiting)
        before = self._told_before(rules, waiting)
        beats = Beats(self._clock())
        taken = 0
        for article in a_slice(sorted(waiting, key=printing_order)):  # the origin before its reprints
            taken += 1
            met = found.get(article.pk, [])
            own = [match for match in met if not match.active.conditions.spike_hours]
            spikes = _spikes(met, beats)
            earlier = before.get(article.story_id, ())
            record(article, article.version, own, now=self._clock(), before=earlier, spikes=spikes)
        return taken

    def _told_before(self, rules: list[ActiveRule], waiting: list[Article]) -> dict[int | None, list[Match]]:
        """For rules that wait until a story has grown: who of the story met them before, the first each."""
        patient = [rule for rule in rules if rule.conditions.patient and not rule.conditions.spike_hours]
        if not patient:
            return {}
        stories = {article.story_id for article in waiting if article.story_id is not None}
        rows = Article.objects.filter(story__in=stories).exclude(pk__in=[row.pk for row in waiting])
        earlier = list(
            rows.order_by("-pk").select_related("outlet").prefetch_related("findings")[:MOST_TOLD_BEFORE]
        )
        found = match_articles(self._engine, patient, earlier)
        first: dict[tuple[int | None, int], Match] = {}
        for article in earlier:  # newest first: the earliest stays
            for match in found.get(article.pk, ()):
                first[article.story_id, match.active.rule.pk] = match
        told: dict[int | None, list[Match]] = {}
        for (story_id, _), match in first.items():
            told.setdefault(story_id, []).append(match)
        return told


def _spikes(met: list[Match], beats: Beats) -> list[Spike]:
    """The spikes that an article is part of, by the rules that it met and that ask for them."""
    return [
        spike for match in met if match.active.conditions.spike_hours for spike in spikes_of(match, beats)
    ]
