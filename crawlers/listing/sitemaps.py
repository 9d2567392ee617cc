"""News sitemaps, plain sitemaps and sitemap indexes, packed or not."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lxml import etree

from crawlers.errors import Unreadable
from crawlers.records import FailureKind, FoundLink, Precision
from crawlers.text.charset import decode
from crawlers.text.dates import Moment, parse_moment
from crawlers.text.urls import absolute_url, same_site
from crawlers.text.words import headline

MAX_BYTES = 50 * 1024 * 1024  # the protocol's own limit, unpacked
MAX_LINKS = 50_000  # the protocol's own limit
GZIP = b"\x1f\x8b"
ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
ROOT_WINDOW = 20_000


@dataclass(frozen=True, slots=True)
class SitemapReading:
    """Article links and further sitemaps, those with the newest dates first, undated ones last."""

    links: tuple[FoundLink, ...]
    children: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    loc: str = ""
    title: str = ""
    published: str = ""
    modified: str = ""


@dataclass(slots=True)
class _Rows:
    links: list[_Row] = field(default_factory=list)
    children: list[_Row] = field(default_factory=list)


def read_sitemap(body: bytes, *, url: str, now: datetime | None = None) -> SitemapReading:
    """The links of a sitemap received from ``url``, http(s) and of the same registrable host only.

    ``<lastmod>`` orders the links but is no published time. Raises ``Unreadable`` when the bytes are
    no sitemap, or larger than 50 MB (unpacked).
    """
    xml = _unpacked(body, url)
    if not ROOT.search(xml[:ROOT_WINDOW].replace(b"\x00", b"")):
        raise Unreadable(
            FailureKind.UNREADABLE,
            f"{url}: không phải sitemap; hãy mở thử bằng trình duyệt.",
        )
    now = now or datetime.now(UTC)
    warnings: list[str] = []
    rows = _rows(xml, url, warnings)
    if len(rows.links) >= MAX_LINKS:
        warnings.append(f"có hơn {MAX_LINKS:,} liên kết; phần còn lại bị bỏ")
    foreign = 0
    links: dict[str, tuple[float, FoundLink]] = {}
    for row in rows.links:
        link = absolute_url(row.loc, url)
        if not link or not same_site(link, url):
            foreign += 1
            continue
        moment = parse_moment(row.published, now=now)
        order = moment or parse_moment(row.modified, now=now)
        links.setdefault(link, (_order(order), _found(link, row, moment)))
    children: dict[str, float] = {}
    for row in rows.children:
        child = absolute_url(row.loc, url)
        if not child or not same_site(child, url):
            foreign += 1
            continue
        children.setdefault(child, _order(parse_moment(row.modified, now=now)))
    if foreign:
        warnings.append(f"bỏ {foreign} địa chỉ của trang khác hoặc không phải http(s)")
    return SitemapReading(
        tuple(link for _, link in sorted(links.values(), key=lambda pair: pair[0])),
        tuple(sorted(children, key=lambda child: children[child])),
        tuple(warnings),
    )


def _found(link: str, row: _Row, moment: Moment | None) -> FoundLink:
    return FoundLink(
        url=link,
        title=headline(row.title),
        published_at=moment.at if moment else None,
        precision=moment.precision if moment else Precision.UNKNOWN,
    )


def _order(moment: Moment | None) -> float:
    return -moment.at.timestamp() if moment else 0.0


def _unpacked(body: bytes, url: str) -> bytes:
    """``body``, unpacked up to the limit when it is gzip; never more than that in memory."""
    data = body
    if body.startswith(GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data = unpacker.decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise Unreadable(
                FailureKind.UNREADABLE,
                f"{url}: sitemap nén bị hỏng ({error}); sẽ đọc lại sau.",
            ) from error
    if len(data) > MAX_BYTES:
        raise Unreadable(
            FailureKind.TOO_LARGE,
            f"{url}: sitemap lớn hơn {MAX_BYTES:,} byte; hãy dùng một phần của nó.",
        )
    return data


def _rows(xml: bytes, url: str, warnings: list[str]) -> _Rows:
    rows = _Rows()
    row = _Row()
    if not _is_utf8(xml):
        # Decoded by the bytes, for a declaration may lie; the parser then gets plain UTF-8.
        xml = decode(xml).encode("utf-8", "replace")
    events = etree.iterparse(
        io.BytesIO(xml),
        events=("end",),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            name = _local(element.tag)
            text = element.text or ""
            if name == "loc" and _local(_parent_tag(element)) in ("url", "sitemap"):
                row.loc = text
            elif name == "lastmod":
                row.modified = text
            elif name == "publication_date":
                row.published = text
            elif name == "title" and _local(_parent_tag(element)) == "news":
                row.title = text
            elif name in ("url", "sitemap"):
                (rows.links if name == "url" else rows.children).append(row)
                row = _Row()
                _forget(element)
                if len(rows.links) + len(rows.children) >= MAX_LINKS:
                    break
    except etree.XMLSyntaxError as error:
        if not rows.links and not rows.children:
            raise Unreadable(FailureKind.UNREADABLE, f"{url}: sitemap hỏng XML ({error}).") from error
        warnings.append(f"XML hỏng: {error}"[:300])
    return rows


def _is_utf8(xml: bytes) -> bool:
    try:
        xml.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parent_tag(element: etree._Element) -> object:
    parent = element.getparent()
    return parent.tag if parent is not None else ""


def _local(tag: object) -> str:
    """The name without its namespace, whether that was declared or not."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _forget(element: etree._Element) -> None:
    """Frees what has been read, so that memory stays flat."""
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]
