"""What an article is compared with: related coverage, correction notices, the dated roster of agencies."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from archive.models import Article
from classifiers.signals.reading import Reading
from classifiers.signals.records import Correction, RelatedArticle, RosterEntry, SignalContext
from pipeline.classify.step import as_text
from provinces.records import Province

Related = Callable[[Article], Sequence[Article]]

CORRECTION_HEADS = ("Cải chính", "Đính chính", "Thông tin lại", "Lời xin lỗi", "Xin lỗi bạn đọc")
CORRECTIONS_FOR = timedelta(days=180)  # how long after a correction its error is looked for
MOST_CORRECTIONS = 500
REFRESH = timedelta(minutes=1)
REMEMBERED = 200  # other articles whose reading is kept


class ContextSource:
    """Gathers the context of one article after another; corrections are read once a minute."""

    def __init__(self, province: Province, related: Related):
        self._roster = tuple(roster_of(province))
        self._related = related
        self._corrections: tuple[Correction, ...] = ()
        self._read_at: datetime | None = None
        self._known: OrderedDict[str, RelatedArticle] = OrderedDict()
        self._readings: dict[str, Reading] = {}

    def of(self, article: Article, now: datetime) -> SignalContext:
        """The context of one article."""
        if self._read_at is None or now - self._read_at >= REFRESH:
            self._corrections, self._read_at = tuple(corrections(now)), now
        return SignalContext(
            published=moment(article),
            related=tuple(self._seen(other) for other in self._related(article) if other.pk != article.pk),
            corrections=self._corrections,
            roster=self._roster,
            published_known=article.published_at is not None and article.published_precision != "unknown",
            readings=self._readings,
        )

    def _seen(self, article: Article) -> RelatedArticle:
        """As before while nothing changed: what is printed again and again is read once."""
        seen = as_related(article)
        known = self._known.pop(seen.id, None)
        self._known[seen.id] = known if known == seen else seen
        while len(self._known) > REMEMBERED:
            gone, _ = self._known.popitem(last=False)
            self._readings.pop(gone, None)
        return self._known[seen.id]


def moment(article: Article) -> datetime:
    """When an article appeared, as far as is known."""
    return article.published_at or article.first_seen_at


def as_related(article: Article) -> RelatedArticle:
    """Another article as the detectors see it."""
    return RelatedArticle(str(article.pk), article.outlet.name, moment(article), as_text(article))


def corrections(now: datetime) -> Iterable[Correction]:
    """Correction notices of the last half year: articles that name themselves one in the headline."""
    named = Q()
    for head in CORRECTION_HEADS:
        named |= Q(title__startswith=head) | Q(title__startswith=head.upper())
    rows = Article.objects.filter(named, first_seen_at__gte=now - CORRECTIONS_FOR)
    for row in rows.select_related("outlet").order_by("-first_seen_at")[:MOST_CORRECTIONS]:
        text = "\n".join(part for part in (row.title, row.lead, row.text) if part)
        yield Correction(row.outlet.name, moment(row), text)


def roster_of(province: Province) -> Iterable[RosterEntry]:
    """The province's agencies by all their names, with the days they existed; holders are not kept."""
    for agency in province.agencies:
        for name in (agency.name, *agency.aliases):
            yield RosterEntry(name, "", "", agency.valid_from, agency.valid_to)
