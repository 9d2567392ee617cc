"""RSS 2.0, Atom and RDF feeds, by feedparser, which only ever gets bytes."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser

from crawlers.errors import Unreadable
from crawlers.records import FailureKind, FoundLink, Precision
from crawlers.text.charset import decode
from crawlers.text.dates import Moment, parse_moment
from crawlers.text.urls import absolute_url
from crawlers.text.words import headline

MAX_BYTES = 10 * 1024 * 1024
MAX_ITEMS = 2_000
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]{0,500}(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
FEED_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
ROOT_WINDOW = 20_000  # characters before the root element, comments included
BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
PERIODS = {
    "hourly": 3600.0,
    "daily": 86_400.0,
    "weekly": 604_800.0,
    "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}
LONGEST_TTL = 604_800.0  # seconds; a feed that asks for more than a week is mistaken


@dataclass(frozen=True, slots=True)
class FeedReading:
    """Links in feed order, the interval the feed asks for (seconds) and what was wrong with it."""

    links: tuple[FoundLink, ...]
    ttl: float | None = None
    warnings: tuple[str, ...] = ()


def read_feed(body: bytes, *, url: str, content_type: str = "", now: datetime | None = None) -> FeedReading:
    """The article links of a feed received from ``url``.

    Items without an http(s) link are skipped with a warning; impossible dates are dropped. Raises
    ``Unreadable`` when the bytes are no feed or larger than 10 MB.
    """
    if len(body) > MAX_BYTES:
        raise Unreadable(
            FailureKind.TOO_LARGE,
            f"{url}: the feed has {len(body):,} bytes, more than {MAX_BYTES:,}; check its address.",
        )
    text = decode(body, content_type)
    if not FEED_ROOT.search(text[:ROOT_WINDOW]):
        raise Unreadable(
            FailureKind.UNREADABLE,
            f"{url}: the answer is no RSS, Atom or RDF feed; check the address in a browser.",
        )
    parsed, warnings = _parsed(text, url)
    now = now or datetime.now(UTC)
    links: list[FoundLink] = []
    seen: set[str] = set()
    without_link = 0
    for entry in parsed.entries[:MAX_ITEMS]:
        link = _link(entry, url)
        if not link:
            without_link += 1
        elif link not in seen:
            seen.add(link)
            moment = _published(entry, now)
            links.append(
                FoundLink(
                    url=link,
                    title=headline(_text(entry, "title")),
                    published_at=moment.at if moment else None,
                    precision=moment.precision if moment else Precision.UNKNOWN,
                )
            )
    if without_link:
        warnings.append(f"{without_link} items have no usable link and were skipped")
    return FeedReading(tuple(links), _ttl(parsed.feed), tuple(warnings))


def _parsed(text: str, url: str) -> tuple[Any, list[str]]:
    """feedparser's result; bare ampersands, which would hide later items, are repaired first."""
    warnings: list[str] = []
    text = DOCTYPE.sub("", DECLARATION.sub("", text, count=1), count=1)
    pieces = CDATA.split(text)
    repaired = "".join(p if p.startswith("<![CDATA[") else BARE_AMPERSAND.sub("&amp;", p) for p in pieces)
    if repaired != text:
        warnings.append("bare & in the XML was read as &amp;")
    try:
        parsed = feedparser.parse(
            io.BytesIO(repaired.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser's loose parser has raised many kinds over the years
        raise Unreadable(
            FailureKind.UNREADABLE, f"{url}: the feed cannot be parsed ({error}); tell the outlet."
        ) from error
    if parsed.bozo and not parsed.entries:
        reason = parsed.get("bozo_exception", "unknown fault")
        raise Unreadable(
            FailureKind.UNREADABLE, f"{url}: the feed is broken XML ({reason}) and no item could be read."
        )
    if parsed.bozo:
        warnings.append(f"broken XML: {parsed.get('bozo_exception', 'unknown fault')}"[:300])
    return parsed, warnings


def _text(entry: Any, key: str) -> str:
    value = entry.get(key) if key in entry else ""
    return value if isinstance(value, str) else ""


def _link(entry: Any, base: str) -> str:
    candidates = [_text(entry, "feedburner_origlink"), _text(entry, "link")]
    candidates += [
        str(link.get("href", "")) for link in entry.get("links", []) if link.get("rel") == "alternate"
    ]
    guid = _text(entry, "id")
    if guid.startswith(("http://", "https://")):
        candidates.append(guid)
    for candidate in candidates:
        found = absolute_url(candidate, base)
        if found:
            return found
    return ""


def _published(entry: Any, now: datetime) -> Moment | None:
    for key in ("published", "updated", "created"):
        moment = parse_moment(_text(entry, key), now=now)
        if moment:
            return moment
    return None


def _ttl(feed: Any) -> float | None:
    found: list[float] = []
    minutes = _text(feed, "ttl").strip()
    if re.fullmatch(r"\d{1,6}", minutes):
        found.append(int(minutes) * 60.0)
    period = PERIODS.get(_text(feed, "sy_updateperiod").strip().lower())
    if period:
        frequency = _text(feed, "sy_updatefrequency").strip()
        found.append(period / max(1, int(frequency) if re.fullmatch(r"\d{1,6}", frequency) else 1))
    found = [seconds for seconds in found if seconds > 0]
    return min(max(found), LONGEST_TTL) if found else None
