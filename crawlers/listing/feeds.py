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

MAX_BYTES = 5 * 1024 * 1024
MAX_ITEMS = 1_000
MAX_TAGS = 400_000
ITEM = re.compile(r"<(?:item|entry)\b", re.IGNORECASE)
FEED_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
ROOT_WINDOW = 20_000  # characters before the root element, comments included
BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
CDATA, CDATA_END = "<![CDATA[", "]]>"
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
    ``Unreadable`` when the bytes are no feed or larger than 5 MB.
    """
    if len(body) > MAX_BYTES:
        raise Unreadable(
            FailureKind.TOO_LARGE,
            f"{url}: nguồn RSS/Atom dài {len(body):,} byte, quá {MAX_BYTES:,}; hãy kiểm tra địa chỉ.",
        )
    if body.count(b"<") > MAX_TAGS:
        raise Unreadable(
            FailureKind.TOO_LARGE, f"{url}: nguồn RSS/Atom có hơn {MAX_TAGS:,} thẻ; hãy kiểm tra địa chỉ."
        )
    text = decode(body, content_type, url=url)
    root = FEED_ROOT.search(text[:ROOT_WINDOW])
    if root is None:
        raise Unreadable(
            FailureKind.UNREADABLE,
            f"{url}: trang trả về không phải RSS, Atom hay RDF; hãy mở thử địa chỉ bằng trình duyệt.",
        )
    # Declaration, document type and its entities stand before the root: none of them is wanted.
    parsed, warnings = _parsed(text[root.start() :], url)
    now = now or datetime.now(UTC)
    links: list[FoundLink] = []
    seen: set[str] = set()
    without_link = 0
    for entry in parsed.entries:
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
        warnings.append(f"bỏ qua {without_link} mục không có liên kết dùng được")
    return FeedReading(tuple(links), _ttl(parsed.feed), tuple(warnings))


def _parsed(text: str, url: str) -> tuple[Any, list[str]]:
    """feedparser's result; bare ampersands, which would hide later items, are repaired first."""
    warnings: list[str] = []
    for number, item in enumerate(ITEM.finditer(text)):
        if number == MAX_ITEMS:
            warnings.append(f"có hơn {MAX_ITEMS:,} mục; phần còn lại bị bỏ")
            text = text[: item.start()]
            break
    repaired = _with_escaped_ampersands(text)
    if repaired != text:
        warnings.append("dấu & viết trần trong XML được đọc là &amp;")
    try:
        parsed = feedparser.parse(
            io.BytesIO(repaired.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser's loose parser has raised many kinds over the years
        raise Unreadable(
            FailureKind.UNREADABLE, f"{url}: không phân tích được RSS/Atom ({error}); hãy báo cho tòa soạn."
        ) from error
    if parsed.bozo and not parsed.entries:
        reason = parsed.get("bozo_exception", "không rõ lỗi")
        raise Unreadable(
            FailureKind.UNREADABLE, f"{url}: RSS/Atom hỏng XML ({reason}), không đọc được mục nào."
        )
    if parsed.bozo:
        warnings.append(f"XML hỏng: {parsed.get('bozo_exception', 'unknown fault')}"[:300])
    return parsed, warnings


def _with_escaped_ampersands(text: str) -> str:
    """``text`` with every & that starts no entity escaped, CDATA sections untouched."""
    out: list[str] = []
    at = 0
    while True:
        start = text.find(CDATA, at)
        end = text.find(CDATA_END, start) if start >= 0 else -1
        if end < 0:
            out.append(BARE_AMPERSAND.sub("&amp;", text[at:]))
            return "".join(out)
        out += [BARE_AMPERSAND.sub("&amp;", text[at:start]), text[start:end]]
        at = end


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
