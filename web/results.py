"""Hits of a search joined with their rows of the archive, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.health import Completeness, completeness
from archive.models import Article
from search.port import Hit
from search.query.tree import And, Days, Node, ParsedQuery
from search.text.highlights import Snippet
from web.choices import Choices
from web.clock import day_start
from web.highlight import hits as found
from web.highlight import marked

USUAL_SPAN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Result:
    """One article found; texts with the found words marked."""

    article: Article
    title: SafeString
    snippet: SafeString


def results(hits: Sequence[Hit]) -> list[Result]:
    """In the order of ``hits``, in one query; an article that is no longer archived is left out."""
    articles = Article.objects.select_related("outlet", "story").defer("text", "segments")
    rows = articles.in_bulk([hit.id for hit in hits])
    return [_result(rows[hit.id], hit) for hit in hits if hit.id in rows]


def _result(article: Article, hit: Hit) -> Result:
    snippet = hit.snippet
    return Result(
        article=article,
        title=marked(article.title, found(hit.highlights.get("title", ()))),
        snippet=_passage(snippet) if snippet else SafeString(""),
    )


def _passage(snippet: Snippet) -> SafeString:
    """The passage; dots where it begins within the text."""
    return format_html("{}{}", "… " if snippet.start else "", marked(snippet.text, found(snippet.highlights)))


def collected(query: ParsedQuery, choices: Choices, now: datetime) -> Completeness:
    """How complete collection was in the days that were asked for; without any, the last seven."""
    firsts = [choices.since, *(days.first for days in _days(query.root))]
    lasts = [choices.until, *(days.last for days in _days(query.root))]
    since = max((day_start(day) for day in firsts if day), default=None)
    until = min((day_start(day) + timedelta(days=1) for day in lasts if day), default=now)
    until = min(until, now)
    return completeness(since or until - USUAL_SPAN, until, now)


def _days(node: Node) -> Iterator[Days]:
    if isinstance(node, Days):
        yield node
    elif isinstance(node, And):
        for part in node.parts:
            yield from _days(part)
