"""One article page, in numbered steps: headline and times, pruning, lead, container, lines."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import html

from crawlers.extraction.blocks import Block, blocks_of
from crawlers.extraction.container import locate
from crawlers.extraction.elements import drop
from crawlers.extraction.headings import find_headline, variants
from crawlers.extraction.lead import find_lead, lead_among, lead_text
from crawlers.extraction.lines import is_caption, is_end, is_imprint, is_pointer, is_signature, is_widget
from crawlers.extraction.metadata import Metadata, read_metadata
from crawlers.extraction.pruning import prune
from crawlers.extraction.published import is_time_line, published_moment
from crawlers.records import ExtractedArticle, Precision
from crawlers.text.charset import decode
from crawlers.text.dates import Moment, plausible
from crawlers.text.pages import parse_html, require_size
from crawlers.text.urls import canonical_url, clean_url
from crawlers.text.words import headline

FIRST_LINES = 3  # lines at the start among which title, lead and published time may stand
SIGNATURES = 3  # lines at the end that may be signatures


def extract(
    page_bytes: bytes,
    *,
    url: str,
    content_type: str = "",
    fetched_at: datetime,
    outlet: str = "",
    found_title: str = "",
    found_published_at: datetime | None = None,
    found_precision: Precision = Precision.UNKNOWN,
) -> ExtractedArticle:
    """What a reader sees of the article page ``page_bytes`` received from ``url``.

    ``found_*`` is what the source said of it and fills in what the page does not tell. Raises
    ``Unreadable`` when the bytes are no page, or larger than 10 MB. A page without a text is an
    article with an empty one.
    """
    # 1. Text and tree.
    require_size(page_bytes, url)
    root = parse_html(decode(page_bytes, content_type, url=url), url)
    body = root.find("body")
    if body is None:
        body = root
    metadata = read_metadata(root)

    # 2. Headline and times, before anything is taken out.
    found_title = headline(found_title)
    title_element = find_headline(root, [*metadata.titles, *([found_title] if found_title else [])])
    moment = published_moment(root, title_element, metadata, now=fetched_at)
    title = (
        headline(title_element.text_content())
        if title_element is not None
        else _stated_title(metadata, found_title)
    )

    # 3. Everything that is never text.
    prune(body, title_element)

    # 4. The lead where it is named.
    lead_element = find_lead(body, title_element)
    lead = lead_text(lead_element) if lead_element is not None else ""
    if lead_element is not None:
        drop(lead_element)

    # 5. The lines of the text.
    blocks = _after(blocks_of(body), title_element)
    container = locate(body, blocks)
    inside = set(container.iter())
    blocks = _text_blocks([b for b in blocks if b.element in inside], title, lead)
    if not lead:
        index = lead_among(blocks, metadata.descriptions)
        if index is not None:
            lead = blocks[index].text
            blocks = blocks[index + 1 :]

    at, precision = _with_found(moment, found_published_at, found_precision, fetched_at)
    return ExtractedArticle(
        url=clean_url(url) or url,
        canonical_url=canonical_url(metadata.canonical, url),
        title=title,
        lead=lead,
        text="\n".join(b.text for b in blocks),
        published_at=at,
        precision=precision,
        language=metadata.language or "vi",
    )


def _stated_title(metadata: Metadata, found_title: str) -> str:
    if found_title:
        return found_title
    return min(variants(metadata.titles[0])[:2], key=len) if metadata.titles else ""


def _after(blocks: list[Block], title: html.HtmlElement | None) -> list[Block]:
    """The lines after the headline."""
    if title is None:
        return blocks
    inside = set(title.iter()) | (
        {title.getparent()} if title.tag in ("span", "b", "strong", "font") else set()
    )
    at = max((n for n, b in enumerate(blocks) if b.element in inside), default=-1)
    return blocks[at + 1 :]


def _text_blocks(blocks: list[Block], title: str, lead: str) -> list[Block]:
    total = sum(b.words for b in blocks)
    kept: list[Block] = []
    passed = 0
    for block in blocks:
        passed += block.words
        if passed * 2 > total and (is_end(block) or is_imprint(block)):
            break
        if is_pointer(block) or is_end(block) or is_caption(block) or is_widget(block):
            continue
        if len(kept) < FIRST_LINES and (block.text in (title, lead) or is_time_line(block.text)):
            continue
        kept.append(block)
    for _ in range(SIGNATURES):
        if len(kept) > 1 and is_signature(kept[-1]):
            kept.pop()
    return kept


def _with_found(
    moment: Moment | None, found_at: datetime | None, found_precision: Precision, now: datetime
) -> tuple[datetime | None, Precision]:
    """The page's own time, or the source's where that is more exact."""
    if found_at is not None and (found_at.tzinfo is None or not plausible(found_at, now=now)):
        found_at = None
    if moment is not None and (moment.precision is Precision.MINUTE or found_at is None):
        return moment.at, moment.precision
    if found_at is not None and (moment is None or found_precision is Precision.MINUTE):
        return found_at.astimezone(UTC).replace(second=0, microsecond=0), found_precision
    return (moment.at, moment.precision) if moment else (None, Precision.UNKNOWN)
