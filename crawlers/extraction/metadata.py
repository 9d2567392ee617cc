"""What a page says of itself to machines: JSON-LD, meta tags, ``<title>``, the canonical link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from crawlers.text.words import headline

ARTICLE_TYPE = re.compile(r"Article|Posting|Report|WebPage", re.IGNORECASE)
MAX_SCRIPT = 500_000  # characters of one JSON-LD block
MAX_NODES = 2_000
PUBLISHED = frozenset(
    [
        *("article:published_time", "article:published", "og:published_time", "og:article:published_time"),
        *("pubdate", "publishdate", "publish-date", "publish_date", "datepublished", "date", "dc.date"),
        *("dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.issued"),
        *("cxenseparse:recs:publishtime", "vr:published_time", "parsely-pub-date", "sailthru.date"),
    ]
)
MODIFIED = frozenset(
    [
        *("article:modified_time", "article:modified", "og:updated_time", "og:modified_time", "lastmod"),
        *("last-modified", "datemodified", "dcterms.modified", "dc.date.modified"),
    ]
)
DESCRIPTIONS = frozenset(
    [
        "description",
        "og:description",
        "twitter:description",
        "dc.description",
    ]
)
TITLES = frozenset(
    [
        "og:title",
        "twitter:title",
        "dc.title",
        "headline",
    ]
)
BROKEN_JSON = {
    key: re.compile(rf'"{key}"\s*:\s*"([^"\n]{{4,60}})"') for key in ("datePublished", "dateModified")
}


@dataclass(slots=True)
class Metadata:
    """Raw statements in page order; nothing is parsed or believed yet."""

    titles: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    canonical: str = ""
    language: str = ""


def read_metadata(root: html.HtmlElement) -> Metadata:
    """Collects the statements of the whole page. Broken JSON-LD still gives its dates."""
    found = Metadata(language=(root.get("lang") or "")[:2].lower())
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            _from_json((script.text or "")[:MAX_SCRIPT], found)
    for meta in root.iter("meta"):
        content = (meta.get("content") or "").strip()
        names = {(meta.get(key) or "").strip().lower() for key in ("property", "name", "itemprop")}
        if content:
            _from_meta(names, content, found)
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and not found.canonical:
            found.canonical = link.get("href") or ""
    title = root.find(".//title")
    if title is not None:
        found.titles.append(headline(title.text_content()))
    found.titles = [t for t in found.titles if t]
    return found


def _from_meta(names: set[str], content: str, found: Metadata) -> None:
    if names & PUBLISHED:
        found.published.append(content)
    if names & MODIFIED:
        found.modified.append(content)
    if names & DESCRIPTIONS:
        found.descriptions.append(headline(content))
    if names & TITLES:
        found.titles.append(headline(content))


def _from_json(text: str, found: Metadata) -> None:
    try:
        data = json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        found.published += BROKEN_JSON["datePublished"].findall(text)
        found.modified += BROKEN_JSON["dateModified"].findall(text)
        return
    for node in _nodes(data):
        kind = node.get("@type")
        if not any(ARTICLE_TYPE.search(str(k)) for k in (kind if isinstance(kind, list) else [kind])):
            continue
        for key, target in (("datePublished", found.published), ("dateModified", found.modified)):
            if isinstance(node.get(key), str):
                target.append(node[key])
        if isinstance(node.get("headline"), str):
            found.titles.append(headline(node["headline"]))


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    waiting = [data]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting.extend(v for v in node.values() if isinstance(v, dict | list))
        elif isinstance(node, list):
            waiting.extend(v for v in node if isinstance(v, dict | list))
