"""How far and how fast a story spread: what rules ask of it beside what its articles say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.conditions import Conditions
from alerts.fingerprint import TIERS, tier_of
from archive.models import Article
from archive.stories import printed_at


@dataclass(frozen=True, slots=True)
class Printing:
    """One article of a story as far as its spread is concerned."""

    at: datetime
    outlet: str
    tier: str


def printing_of(article: Article) -> Printing:
    """The outlet must be loaded."""
    return Printing(printed_at(article), article.outlet_id, tier_of(article))


def spread_enough(conditions: Conditions, story: Sequence[Printing]) -> bool:
    """Whether the story is as large, as widely printed and as fast as the rule asks."""
    return (
        len(story) >= conditions.min_size
        and len({one.outlet for one in story}) >= conditions.min_outlets
        and set(conditions.tiers) <= {one.tier for one in story}
        and (not conditions.growth_hours or gained(story, conditions.growth_hours) >= conditions.growth_count)
    )


def gained(story: Sequence[Printing], hours: int) -> int:
    """The articles of the hours up to the newest one."""
    since = max((one.at for one in story), default=None)
    return 0 if since is None else sum(one.at > since - timedelta(hours=hours) for one in story)


def spread_words(conditions: Conditions, story: Sequence[Printing]) -> str:
    """Why the rule holds for the story, in Vietnamese; "" when it asks nothing of it."""
    if not conditions.patient:
        return ""
    tiers = [name for tier, name in TIERS.items() if any(one.tier == tier for one in story)]
    outlets = len({one.outlet for one in story})
    told = f"Câu chuyện có {len(story)} bài của {outlets} nơi đăng ({', '.join(tiers)})"
    if conditions.growth_hours:
        told += f"; {gained(story, conditions.growth_hours)} bài trong {conditions.growth_hours} giờ gần nhất"
    return told + "."
