"""From the archive's rows to what an index sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from archive.models import Article, Finding
from classifiers.topics.lexicon import load_lexicon
from provinces.gazetteer import Gazetteer
from provinces.loader import gazetteer_of
from search.port import Document, Texts
from search.text.segments import marks

_CHUNK = 500  # articles read at once: bounds memory, and the parameters of one statement
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@cache
def _gazetteer() -> Gazetteer:
    return gazetteer_of(settings.DIEMBAO_PROVINCE)


@cache
def _topic_names() -> dict[str, str]:
    return {topic.id: topic.name for topic in load_lexicon().topics}


def texts_from_archive(ids: Sequence[int]) -> Mapping[int, Texts]:
    """The stored texts of a page of hits: the ``TextSource`` of both engines."""
    rows = Article.objects.filter(pk__in=list(ids)).values_list("pk", "title", "lead", "text")
    return {pk: Texts(title, lead, text) for pk, title, lead, text in rows}


def segments_from_archive(documents: Sequence[Document]) -> Mapping[int, str]:
    """The marks of documents' words; those not worked out yet are, and kept: some 17 ms an article."""
    stored = Article.objects.filter(pk__in=[document.id for document in documents])
    kept = dict(stored.values_list("pk", "segments"))
    for document in documents:
        if kept.get(document.id) == "":
            kept[document.id] = marks((document.title, document.lead, document.text))
            same = Article.objects.filter(pk=document.id, title=document.title, text=document.text)
            same.filter(lead=document.lead).update(segments=kept[document.id])
    return kept


def documents_from_archive(ids: Sequence[int] | None = None) -> Iterator[Document]:
    """The documents of ``ids``, or of the whole archive, by rising id; two queries per 500 articles."""
    wanted = None if ids is None else sorted(set(ids))
    if wanted is not None:
        for start in range(0, len(wanted), _CHUNK):
            yield from _documents(Article.objects.filter(pk__in=wanted[start : start + _CHUNK]))
        return
    last = -1
    while chunk := list(_documents(Article.objects.filter(pk__gt=last))):
        yield from chunk
        last = chunk[-1].id


def _documents(articles: QuerySet[Article]) -> Iterator[Document]:
    rows = articles.order_by("pk").select_related("outlet").prefetch_related("findings")
    for article in rows[:_CHUNK]:
        yield document_of(article)


def document_of(article: Article) -> Document:
    """The document of an article whose outlet and findings are at hand (else each is a query)."""
    names = _topic_names()
    findings = [row for row in article.findings.all() if row.status != Finding.Status.FALSE_ALARM]
    time = article.published_at or article.first_seen_at
    places = _Places(time.astimezone(_VIETNAM).date())
    for row in findings:
        if row.kind in ("place", "province"):
            places.add(row)
    outlet = article.outlet
    topics = _labels(findings, "topic")
    return Document(
        id=article.pk,
        canonical_url=article.canonical_url,
        url=article.url,
        outlet=outlet.key,
        outlet_name=outlet.name,
        outlet_kind=outlet.kind,
        scope=outlet.scope,
        title=article.title,
        lead=article.lead,
        text=article.text,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        topics=topics,
        topic_names=tuple(names[topic] for topic in topics if topic in names),
        places=tuple(places.codes),
        place_names=tuple(places.names),
        about=tuple(places.about),
        mentions=tuple(places.mentions),
        signals=_labels(findings, "signal"),
        gone=article.gone_at is not None,
        story=str(article.story_id) if article.story_id else None,
    )


def _labels(findings: Iterable[Finding], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.label for row in findings if row.kind == kind))


class _Places:
    """Collects codes and names with their ancestors, on the map of the article's day and on today's."""

    def __init__(self, day: date):
        self._day = day
        self.codes: dict[str, None] = {}
        self.names: dict[str, None] = {}
        self.about: dict[str, None] = {}
        self.mentions: dict[str, None] = {}

    def add(self, finding: Finding) -> None:
        now = self._take(finding.code)
        if finding.kind == "province":
            codes = now or ((finding.code,) if finding.code else ())
            (self.about if finding.label == "about" else self.mentions).update(dict.fromkeys(codes))
        else:
            self.names[finding.label] = None

    def _take(self, code: str) -> tuple[str, ...]:
        """Adds a unit with its district and provinces; gives the codes of its provinces today."""
        if not code:
            return ()
        self.codes[code] = None
        gazetteer = _gazetteer()
        rows = gazetteer.rows(code)
        unit = gazetteer.unit(code, self._day) or (rows[-1] if rows else None)
        if unit is None:  # a unit of another profile, or of a newer map than ours
            return ()
        for each in (unit, gazetteer.district(unit, self._day), gazetteer.province(unit)):
            if each is not None:
                self.codes[each.code] = None
                self.names[each.name] = None
        now = gazetteer.province_codes_now(unit)
        self.codes.update(dict.fromkeys(now))
        self.names.update(dict.fromkeys(gazetteer.province_now(unit)))
        return now
