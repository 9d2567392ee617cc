"""From an article to its places: joins the fields, tags once, and gives each span back to its field."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from classifiers.places.about import AboutModel, load_model, reasons
from classifiers.places.features import views
from classifiers.places.items import Placed, ProvinceView
from classifiers.places.records import PlaceMention, PlaceResult, ProvinceVerdict
from classifiers.places.scan import LandmarkHit
from classifiers.places.tagger import UnitTagger
from classifiers.places.text import Prepared, prepare
from classifiers.records import ArticleText, Field, Span
from provinces.gazetteer import Gazetteer, Level

DECIDING_LENGTH = 2600
"""Code points of the body that decide what an article is about: news tells the matter first."""

MAX_SPANS = 20
"""Spans kept per province: enough to highlight, not the whole article."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An article after tagging: its prepared text, field borders, and a view per province."""

    prepared: Prepared
    borders: tuple[int, int]
    mentions: tuple[PlaceMention, ...]
    views: tuple[ProvinceView, ...]


class PlaceTagger:
    """Finds units in texts and judges which provinces an article is about.

    Build once (a fraction of a second), use from any number of calls. ``landmarks``: (name, province
    code valid today) pairs of names that imply a province.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        landmarks: Sequence[tuple[str, str]] = (),
        model: AboutModel | None = None,
    ) -> None:
        self.gazetteer = gazetteer
        self.tagger = UnitTagger(gazetteer, landmarks)
        self.model = model or load_model()

    def tag(self, text: str, published: date) -> list[PlaceMention]:
        """All units named in the text, in order, repeats included; offsets into ``text`` as given."""
        return self.tagger.tag(text, published)

    def classify(self, article: ArticleText) -> PlaceResult:
        """All units of the article, and its provinces, the surest first."""
        seen = see(self.tagger, article)
        about: list[ProvinceVerdict] = []
        mentioned: list[ProvinceVerdict] = []
        for view in seen.views:
            score = self.model.score(view.values)
            verdict = self._verdict(article, seen, view, score)
            (about if score >= self.model.threshold else mentioned).append(verdict)
        return PlaceResult(
            tuple(_in_field(mention, seen.borders) for mention in seen.mentions),
            tuple(sorted(about, key=_surest_first)),
            tuple(sorted(mentioned, key=_surest_first)),
        )

    def _verdict(self, article: ArticleText, seen: Seen, view: ProvinceView, score: float) -> ProvinceVerdict:
        gazetteer = self.gazetteer
        unit = gazetteer.unit(view.code, article.published) or gazetteer.rows(view.code)[-1]
        stretches = [(item.hit.start, item.hit.end) for item in view.placed]
        stretches += [(mark.start, mark.end) for mark in view.landmarks]
        spans = []
        for start, end in sorted(stretches)[:MAX_SPANS]:
            begin, stop = seen.prepared.given_span(start, end)
            where, offset = _field_of(begin, seen.borders)
            spans.append(Span(where, begin - offset, stop - offset, seen.prepared.given[begin:stop]))
        now = " / ".join(gazetteer.province_now(unit))
        return ProvinceVerdict(unit.name, unit.code, now, round(score, 4), reasons(view), tuple(spans))


def see(tagger: UnitTagger, article: ArticleText) -> Seen:
    """Tags title, lead and text as one, so that each helps to read the others."""
    given = f"{article.title}\n{article.lead}\n{article.text}"
    borders = (len(article.title) + 1, len(article.title) + len(article.lead) + 2)
    prepared = prepare(given)
    pairs, marks = tagger.read(prepared, article.published, weak=True)
    placed = [
        Placed(hit, readings[0], tagger.provinces_on(readings[0].unit, article.published))
        for hit, readings in pairs
    ]
    known = {code for item in placed for code in item.provinces}
    implied = [
        (code, mark)
        for mark in marks
        if not any(mark.start <= item.hit.start < mark.end for item in placed)  # named already
        and (code := _province_then(tagger, mark, article, known))
    ]
    inner = borders if prepared.starts is None else _inner(prepared, borders)
    end = inner[1] + DECIDING_LENGTH
    return Seen(
        prepared,
        borders,
        tuple(
            tagger.mention(prepared, hit, readings, article.published)
            for hit, readings in pairs
            if not hit.weak
        ),
        tuple(views(prepared, (*inner, end), placed, implied)),
    )


def _inner(prepared: Prepared, borders: tuple[int, int]) -> tuple[int, int]:
    """The borders in the prepared text, when that has other offsets than the given one."""
    assert prepared.starts is not None
    return bisect_left(prepared.starts, borders[0]), bisect_left(prepared.starts, borders[1])


def _province_then(
    tagger: UnitTagger, mark: LandmarkHit, article: ArticleText, known: set[str]
) -> str | None:
    """The province a landmark lay in on the day of publication; None when that is open."""
    rows = tagger.gazetteer.rows(mark.code)
    if not rows:
        return None
    last = rows[-1]
    if last.level is Level.DISTRICT:
        return next(iter(tagger.provinces_on(last, article.published)), None)
    if last.on(article.published) or len(set(last.predecessors) - {last.code}) == 0:
        return last.code
    before = [code for code in last.predecessors if code in known]
    return before[0] if len(before) == 1 else None


def _surest_first(verdict: ProvinceVerdict) -> float:
    return -verdict.score


def _field_of(start: int, borders: tuple[int, int]) -> tuple[Field, int]:
    if start < borders[0]:
        return Field.TITLE, 0
    if start < borders[1]:
        return Field.LEAD, borders[0]
    return Field.TEXT, borders[1]


def _in_field(mention: PlaceMention, borders: tuple[int, int]) -> tuple[Field, PlaceMention]:
    where, offset = _field_of(mention.start, borders)
    return where, replace(mention, start=mention.start - offset, end=mention.end - offset)
