"""When each article appears, changes and goes, counted from the moment the world starts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from demo.writing import Draft, Written

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# Seconds from the start to each live article: brisk for the first minutes, so that a visitor sees it move,
# then ever slower, so that the queue lasts a working day.
_BRISK = (20, 45, 80, 105, 140, 165, 200, 235, 260, 300)
_THEN = tuple(60 * minutes for minutes in (10, 20, 40, 80, 140, 220, 320, 460))
_LATER = 3 * 3600


@dataclass(frozen=True, slots=True)
class Scheduled:
    """An article with its address (path on its outlet) and its moments, all in UTC order."""

    written: Written
    path: str
    published_at: datetime
    versions: tuple[tuple[datetime, Draft], ...]  # the first at published_at
    removed_at: datetime | None

    def at(self, moment: datetime) -> Draft | None:
        """What a reader sees at a moment; None before it appears and after it is taken down."""
        if moment < self.published_at or (self.removed_at is not None and self.removed_at <= moment):
            return None
        return [draft for since, draft in self.versions if since <= moment][-1]

    def changed_at(self, moment: datetime) -> datetime:
        """When the words seen at a moment were last changed."""
        return max(since for since, _ in self.versions if since <= moment)


def live_offset(place: int) -> float:
    """Seconds from the start to the live article with this place in the queue, counted from 1."""
    moments = _BRISK + _THEN
    if place <= len(moments):
        return moments[place - 1]
    return moments[-1] + (place - len(moments)) * _LATER


def schedule(articles: Iterable[Written], start: datetime, pace: float) -> tuple[Scheduled, ...]:
    """Places every article on the clock. ``pace`` 2.0 makes all that follows the start twice as fast."""
    placed: dict[str, Scheduled] = {}
    for written in articles:
        if written.reprint_of:
            origin = placed[written.reprint_of]
            wait = timedelta(minutes=written.after)
            published = origin.published_at + (wait / pace if origin.published_at > start else wait)
            seen = [draft for since, draft in origin.versions if since <= published][-1]
            first = Draft(written.draft.title, seen.lead, seen.paragraphs[: written.shortened_to])
        else:
            published = _appears(written, start, pace)
            first = written.draft
        placed[written.id] = _with_later_events(written, first, published, start, pace)
    return tuple(sorted(placed.values(), key=lambda one: one.published_at))


def _appears(written: Written, start: datetime, pace: float) -> datetime:
    if written.live is not None:
        return (start + timedelta(seconds=live_offset(written.live) / pace)).replace(microsecond=0)
    assert written.time is not None
    day = start.astimezone(VIETNAM).date() + timedelta(days=written.day)
    return datetime.combine(day, written.time, VIETNAM)


def _with_later_events(
    written: Written, first: Draft, published: datetime, start: datetime, pace: float
) -> Scheduled:
    seen_from = max(published, start)
    versions = [(published, first)]
    for revision in written.revisions:
        at = seen_from + timedelta(minutes=revision.after / pace)
        versions.append((at, revision.apply(versions[-1][1])))
    removed = None
    if written.removed_after is not None:
        removed = seen_from + timedelta(minutes=written.removed_after / pace)
    return Scheduled(written, path_of(written, published), published, tuple(versions), removed)


def path_of(written: Written, published: datetime) -> str:
    """The address in the manner of its outlet. It never changes, whatever happens to the headline."""
    slug = slugify(written.draft.title)
    number = int(hashlib.sha256(written.id.encode()).hexdigest()[:12], 16)
    local = published.astimezone(VIETNAM)
    match written.outlet:
        case "bao-lam-giang":
            return f"/{written.section}/{slug}-post{number % 900_000 + 100_000}.html"
        case "ptth-lam-giang":
            return f"/tin/{local:%Y/%m}/{slug}"
        case "cong-lam-giang":
            return f"/chi-tiet/{number % 90_000 + 10_000}/{slug}"
        case "nhat-bao-ba-mien":
            return f"/{slug}-{number % 9_000_000 + 1_000_000}.htm"
        case "thoi-bao-song-va-dat":
            return f"/{written.section}/{slug}-d{number % 900_000 + 100_000}.html"
        case _:
            return f"/doc/{slug}-{number % 9_000_000 + 1_000_000}"


def slugify(text: str) -> str:
    """Lower-case letters and digits without marks, joined by hyphens."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:90].rstrip("-")
