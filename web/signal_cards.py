"""A signal as the article page shows it: the article's words beside the other side, and who decided what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from archive.models import Article, Finding, RegisterEntry
from archive.vietnam import read_aloud
from cases.decisions import histories
from cases.models import Decision
from web import wording
from web.figures import figure
from web.highlight import Mark, marked

AROUND = 120  # characters shown on either side of a span
MOST_SPANS = 5
_SENTENCE_END = re.compile(r"[.!?…]\s")
_NUMBER = re.compile(r"[~>]?\d+(\.\d+)?(/\d+(\.\d+)?)?")
_TOLD = frozenset({"kind", "text", "ids", "source", "as_of", "span", "document", "url", "note", "innocent"})


@dataclass(frozen=True, slots=True)
class OtherSide:
    """What the article's words are to be compared with."""

    kind: str
    text: SafeString
    source: str
    as_of: str
    document: str
    url: str
    entry: RegisterEntry | None
    articles: tuple[Article, ...]
    facts: tuple[tuple[str, str], ...]  # whatever else the detector told


@dataclass(frozen=True, slots=True)
class Companion:
    """A weak sign (S5, S6) that never stands alone, shown with the finding it came with."""

    signal: str
    quotes: tuple[SafeString, ...]
    innocent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignalCard:
    """One finding. ``seen`` is the newest decision's number, "" without: the form carries it along."""

    finding: Finding
    quotes: tuple[SafeString, ...]
    other: OtherSide | None
    innocent: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    companions: tuple[Companion, ...]
    decisions: tuple[Decision, ...]

    @property
    def seen(self) -> str:
        """For the form."""
        return str(self.decisions[-1].pk) if self.decisions else ""

    @property
    def percent(self) -> int:
        """The calibrated score in whole per cent."""
        return round(100 * min(1.0, max(0.0, self.finding.score)))


def signal_cards(article: Article, findings: Iterable[Finding]) -> list[SignalCard]:
    """In the given order, in three queries however many there are."""
    rows = list(findings)
    told = [_other(row.evidence) for row in rows]
    entries = _entries(told)
    articles = _articles(told)
    decided = histories(row.pk for row in rows)
    return [
        SignalCard(
            finding=row,
            quotes=tuple(quoted(article, row.spans)),
            other=_side(article, other, entries, articles) if other else None,
            innocent=_texts(_told(row.evidence).get("innocent")) or _texts(other.get("innocent")),
            facts=_facts(row.evidence, {"note", "article_span", "other", "innocent", "attached", "rule"}),
            companions=tuple(_companions(article, row.evidence)),
            decisions=tuple(decided.get(row.pk, ())),
        )
        for row, other in zip(rows, told, strict=True)
    ]


def _companions(article: Article, evidence: Any) -> Iterator[Companion]:
    attached = _told(evidence).get("attached")
    for told in attached if isinstance(attached, list) else []:
        if isinstance(told, Mapping) and told.get("signal"):
            quotes = tuple(quoted(article, [told.get("article_span")]))
            yield Companion(str(told["signal"]), quotes, _texts(told.get("innocent")))


def quoted(article: Article, spans: Iterable[Any]) -> list[SafeString]:
    """The surrounding of each span of the article, the span marked; spans that do not fit are left out."""
    quotes = []
    for span in list(spans)[:MOST_SPANS]:
        place = _place(article, span)
        if place is None:
            continue
        text, start, end = place
        said = span.get("text")
        if said and text[start:end] != said:  # a decided finding of an older version
            quotes.append(marked(str(said), [Mark(0, len(str(said)), "signal")]))
            continue
        left = max(0, start - AROUND)
        for stop in _SENTENCE_END.finditer(text, left, start):
            left = stop.end()
        right = min(len(text), end + AROUND)
        if found := _SENTENCE_END.search(text, end, right):
            right = found.start() + 1
        quotes.append(marked(text[left:right].rstrip(), [Mark(start - left, end - left, "signal")]))
    return quotes


def _place(article: Article, span: Any) -> tuple[str, int, int] | None:
    if not isinstance(span, Mapping) or span.get("field") not in ("title", "lead", "text"):
        return None
    text = getattr(article, span["field"])
    start, end = span.get("start"), span.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        return None
    return text, start, end


def _told(evidence: Any) -> Mapping[str, Any]:
    return evidence if isinstance(evidence, Mapping) else {}


def _other(evidence: Any) -> Mapping[str, Any]:
    return _told(_told(evidence).get("other"))


def _side(
    article: Article,
    other: Mapping[str, Any],
    entries: Mapping[int, RegisterEntry],
    articles: Mapping[str, Article],
) -> OtherSide:
    entry = entries.get(_register_number(other))
    quotes = quoted(article, [other.get("span")])
    told = str(other.get("text") or "")
    if entry is not None:
        told = f"{entry.indicator.name}: {figure(entry.value)} {entry.indicator.unit}"
    text = quotes[0] if quotes else marked(told, [])
    return OtherSide(
        kind=str(other.get("kind", "")),
        text=text,
        source=str(other.get("source") or (entry.quote if entry else "")),
        as_of=read_aloud(str(other.get("as_of") or (entry.as_of if entry else ""))),
        document=str(other.get("document") or (entry.document if entry else "")),
        url=str(other.get("url") or ""),
        entry=entry,
        articles=tuple(articles[key] for key in _article_keys(other) if key in articles),
        facts=_facts(other, _TOLD),
    )


def _register_number(other: Mapping[str, Any]) -> int:
    """The entry that a register side names: ``entry``, or the first of ``ids``; 0 for none."""
    if other.get("kind") != "register":
        return 0
    text = str(other.get("entry") or next(iter(_texts(other.get("ids"))), ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _article_keys(other: Mapping[str, Any]) -> list[str]:
    if other.get("kind") not in ("article", "correction"):
        return []
    return [key for key in _texts(other.get("ids")) if key.isascii() and key.isdigit() and len(key) < 18]


def _entries(told: Iterable[Mapping[str, Any]]) -> dict[int, RegisterEntry]:
    numbers = {_register_number(other) for other in told} - {0}
    return RegisterEntry.objects.select_related("indicator").in_bulk(numbers) if numbers else {}


def _articles(told: Iterable[Mapping[str, Any]]) -> dict[str, Article]:
    keys = {key for other in told for key in _article_keys(other)}
    rows = Article.objects.select_related("outlet").defer("text", "lead", "segments")
    return {str(row.pk): row for row in rows.filter(pk__in=keys)} if keys else {}


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(item) for item in value if item) if isinstance(value, (list, tuple)) else ()


def _facts(told: Any, known: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What no part of the page shows otherwise: simple values only."""
    if not isinstance(told, Mapping):
        return ()
    known = set(known)
    return tuple(
        (str(name), _fact(str(name), value))
        for name, value in told.items()
        if name not in known and value not in (None, "", [], {}) and not isinstance(value, Mapping)
    )


def _fact(name: str, value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_texts(value))
    if name in ("stated_value", "register_value") and _NUMBER.fullmatch(str(value)):
        return figure(str(value))
    return str(wording.FIGURE_VERDICTS.get(str(value), value)) if name == "verdict" else str(value)
