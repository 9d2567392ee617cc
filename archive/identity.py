"""Which article a fetched page is: by its canonical URL, unless that cannot be believed."""

from __future__ import annotations

from urllib.parse import urlsplit

from archive.models import Article, Page
from archive.textform import collapsed

# The same outlet shows the same article to telephones and to its own front page.
TWIN_PREFIXES = ("www.", "m.", "amp.", "mobile.")
# Two texts share an article when at least this share of the shorter one's phrases is common.
SAME_TEXT = 0.3
PHRASE_WORDS = 5


def canonical_of(page: Page, url: str, canonical_url: str) -> str:
    """The address that names the article of ``page``, fetched from ``url`` (its final address).

    A canonical URL on another site is a reprint's bow to its origin; the reprint is still an
    article of its own outlet.
    """
    own = url or page.url
    if canonical_url and _site(canonical_url) == _site(own):
        return canonical_url
    return own


def same_article(article: Article, title: str, text: str) -> bool:
    """Whether content at another address that claims the canonical URL of ``article`` is that article.

    Sites exist whose every page names the front page as canonical: their articles must not merge.
    """
    if collapsed(article.title).casefold() == collapsed(title).casefold():
        return True
    old, new = _phrases(article.text), _phrases(text)
    return bool(old and new) and len(old & new) >= SAME_TEXT * min(len(old), len(new))


def _site(url: str) -> str:
    site = urlsplit(url).netloc.lower()
    for prefix in TWIN_PREFIXES:
        if site.startswith(prefix):
            return site.removeprefix(prefix)
    return site


def _phrases(text: str) -> set[tuple[str, ...]]:
    words = collapsed(text).casefold().split()
    return {tuple(words[i : i + PHRASE_WORDS]) for i in range(len(words) - PHRASE_WORDS + 1)}
