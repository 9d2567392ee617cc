"""The published time: what stands by the headline, checked against what the page tells machines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import html

from crawlers.extraction.elements import names_of
from crawlers.extraction.metadata import Metadata
from crawlers.extraction.vocabulary import name_pattern
from crawlers.records import Precision
from crawlers.text.dates import CLOCK, DATE, VIET_NAM, ZONE, Moment, parse_moment
from crawlers.text.words import one_line

OUTSIDE = frozenset({"nav", "footer", "aside", "a", "li", "script", "style", "noscript", "head", "select"})
UPDATED = re.compile(r"cập nhật|chỉnh sửa|sửa lần cuối|updated|modified", re.IGNORECASE)
LABEL = re.compile(
    r"ngày đăng|đăng (?:lúc|ngày)|xuất bản|đăng tải|phát hành|ngày viết|published|posted", re.IGNORECASE
)
ALLOWED = re.compile(
    r"thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|cập nhật|lúc|ngày|đăng|xuất bản|giờ|lượt xem|lượt đọc|views?",
    re.IGNORECASE,
)
LONGEST = 160  # characters of a line that shows a time
LONGEST_REST = 45  # letters beside the time, for an outlet's or section's name
LOOK_BACK = 80  # elements before the headline
LOOK_AHEAD = 250  # elements after it
MIDNIGHT_IS_A_DAY = (0, 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A time a reader sees, and whether it says of itself that it is that of an update."""

    moment: Moment
    updated: bool


def published_moment(
    root: html.HtmlElement, title: html.HtmlElement | None, metadata: Metadata, *, now: datetime
) -> Moment | None:
    """The published time of the page, to the minute where the page has it; never invented.

    A time shown by the headline wins over metadata, unless it is that of an update or only a day of
    which metadata know the minute.
    """
    shown = _shown(root, title, now)
    stated = _stated(metadata.published, now)
    modified = {m.at for m in _all(metadata.modified, now)}
    if shown is None:
        return stated or _time_element(root, now)
    if stated is None:
        return shown.moment
    if shown.moment.precision is Precision.DAY:
        return stated
    if stated.precision is Precision.DAY:
        same_day = _local_day(stated) == _local_day(shown.moment)
        return shown.moment if same_day or not shown.updated else stated
    if shown.updated or (shown.moment.at in modified and shown.moment.at != stated.at):
        return stated
    return shown.moment


def _stated(values: list[str], now: datetime) -> Moment | None:
    moments = _all(values, now)
    exact = [m for m in moments if m.precision is Precision.MINUTE]
    return exact[0] if exact else (moments[0] if moments else None)


def _all(values: list[str], now: datetime) -> list[Moment]:
    """Parsed statements. Midnight sharp is how programs write a day without a time."""
    out = []
    for value in values:
        moment = parse_moment(value, now=now)
        if moment is None:
            continue
        local = moment.at.astimezone(VIET_NAM)
        if (local.hour, local.minute) == MIDNIGHT_IS_A_DAY or re.search(r"T00:00(:00)?", value):
            midnight = datetime(local.year, local.month, local.day, tzinfo=VIET_NAM)
            moment = Moment(midnight.astimezone(UTC), Precision.DAY)
        out.append(moment)
    return out


def _local_day(moment: Moment) -> object:
    return moment.at.astimezone(VIET_NAM).date()


def _time_element(root: html.HtmlElement, now: datetime) -> Moment | None:
    stated = [t.get("datetime") or "" for t in root.iter("time") if not _is_outside(t)]
    return _stated(stated[:1], now)


def _shown(root: html.HtmlElement, title: html.HtmlElement | None, now: datetime) -> Shown | None:
    if title is None:
        return None
    body = root.find("body")
    elements = list((body if body is not None else root).iter())
    try:
        at = elements.index(title)
    except ValueError:
        return None
    best: tuple[int, Shown] | None = None
    near = {
        a for number, a in enumerate(title.iterancestors()) if number < 4 and a.tag not in ("body", "html")
    }
    for number in (
        *range(at, min(at + LOOK_AHEAD, len(elements))),
        *range(at - 1, max(at - LOOK_BACK, -1), -1),
    ):
        element = elements[number]
        before = number < at
        if before and not near.intersection(element.iterancestors()):
            continue
        found = _reading(element, now)
        if found is None or _is_outside(element):
            continue
        score, shown = found
        score += 0 if before else 2
        if best is None or score > best[0]:
            best = (score, shown)
    return best[1] if best else None


def _reading(element: html.HtmlElement, now: datetime) -> tuple[int, Shown] | None:
    """A time in a short element, with how sure one can be that it is the published one."""
    if not isinstance(element.tag, str) or element.tag in OUTSIDE:
        return None
    text = _short_text(element)
    names = names_of(element)
    if element.tag == "time" and element.get("datetime"):
        moment = parse_moment(element.get("datetime") or "", now=now)
        seen = parse_moment(text, now=now)
        if seen and (moment is None or seen.precision is Precision.MINUTE):
            moment = seen
        if moment:
            return 4, Shown(moment, bool(UPDATED.search(text)))
    found = DATE.search(text) if text else None
    if found is None:
        return None
    moment = parse_moment(text, now=now)
    if moment is None:
        return None
    if name_pattern("clock").search(names) or not shows_time(text):
        return None
    named = bool(name_pattern("date").search(names) or LABEL.search(text) or UPDATED.search(text))
    if moment.precision is Precision.DAY and not named:
        return None
    updated = bool(UPDATED.search(text)) and not LABEL.search(text)
    score = (3 if named else 0) + (2 if moment.precision is Precision.MINUTE else 0) - (1 if updated else 0)
    return score, Shown(moment, updated)


def is_time_line(text: str) -> bool:
    """Whether a line of the text is the published time, and no short sentence with a date in it."""
    return shows_time(text) and text[-1] not in ".!?…" and bool(CLOCK.search(text) or LABEL.search(text))


def shows_time(text: str) -> bool:
    """Whether a line shows a date and, beside labels and a name, nothing else."""
    if len(text) > LONGEST or not DATE.search(text):
        return False
    rest = ALLOWED.sub("", LABEL.sub("", ZONE.sub("", CLOCK.sub("", DATE.sub("", text)))))
    return sum(c.isalpha() for c in rest) <= LONGEST_REST


def _short_text(element: html.HtmlElement) -> str:
    """The text of an element, or "" as soon as it is longer than a line with a time can be."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > LONGEST:
            return ""
    return one_line(" ".join(pieces))


def _is_outside(element: html.HtmlElement) -> bool:
    return any(
        a.tag in OUTSIDE
        or (a.tag != "body" and name_pattern("clock").search(names_of(a)) and a.find(".//h1") is None)
        for a in element.iterancestors()
        if isinstance(a.tag, str)
    )
