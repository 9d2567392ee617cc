"""Text in, administrative units out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classifiers.places.lexicon import Lexicon
from classifiers.places.plain import scan_plain, scan_slugs
from classifiers.places.records import PlaceMention
from classifiers.places.resolve import Reading, Resolver
from classifiers.places.scan import Hit, LandmarkHit, scan
from classifiers.places.text import Prepared, is_plain, prepare
from provinces.gazetteer import REFORM, Gazetteer, Level, Unit

OLD_DISTRICT = "đơn vị cấp huyện cũ, không còn từ 1/7/2025"
OLD_UNIT = "đơn vị cũ, nay không còn"
SPLIT = "địa bàn đã chia cho nhiều đơn vị mới"
SOON_UNIT = "chưa thành lập vào ngày đăng"


class UnitTagger:
    """Finds units in texts. Build once (about half a second), use from any number of calls.

    ``landmarks``: (name, province code valid today) pairs of names that imply a province.
    """

    def __init__(self, gazetteer: Gazetteer, landmarks: Sequence[tuple[str, str]] = ()) -> None:
        self.gazetteer = gazetteer
        self.lexicon = Lexicon(gazetteer, landmarks)

    def tag(self, text: str, published: date) -> list[PlaceMention]:
        """All units named in the text, in order, repeats included; offsets into ``text`` as given."""
        prepared = prepare(text)
        return [
            self.mention(prepared, hit, readings, published)
            for hit, readings in self.read(prepared, published)[0]
        ]

    def read(
        self, prepared: Prepared, published: date, weak: bool = False
    ) -> tuple[list[tuple[Hit, list[Reading]]], list[LandmarkHit]]:
        """Hits with their readings, and landmarks; ``weak`` keeps what only points to a place."""
        if is_plain(prepared):
            hits: list[Hit] = scan_plain(prepared, self.lexicon)
            landmarks: list[LandmarkHit] = []
        else:
            hits, landmarks = scan(prepared, self.lexicon)
        hits = _with_slugs(hits, scan_slugs(prepared, self.lexicon))
        found = Resolver(self.gazetteer, hits, published).resolve()
        return [pair for pair in found if weak or not pair[0].weak], landmarks

    def mention(self, prepared: Prepared, hit: Hit, readings: list[Reading], published: date) -> PlaceMention:
        """The record of one resolved hit."""
        start, end = prepared.given_span(hit.start, hit.end)
        unit = readings[0].unit
        codes = list(dict.fromkeys(r.unit.code for r in readings))
        old = readings[0].past
        if old and unit.level is Level.COMMUNE and len(unit.successors) > 1:
            codes.extend(code for code in unit.successors if code not in codes)
        return PlaceMention(
            start,
            end,
            prepared.given[start:end],
            unit,
            tuple(codes),
            self.provinces_on(unit, published),
            tuple(self.gazetteer.province_now(unit)),
            old,
            _note(unit, old, len(codes), published),
        )

    def provinces_on(self, unit: Unit, day: date) -> tuple[str, ...]:
        """Codes of the provinces that held the unit's area on that day."""
        province = self.gazetteer.province(unit)
        for _step in range(5):
            if province is None or province.valid_to is None or province.valid_to >= day:
                break
            heirs = self.gazetteer.successors(province)
            if not heirs:
                break
            province = heirs[0]
        return (province.code,) if province else ()


def _with_slugs(hits: list[Hit], slugs: list[Hit]) -> list[Hit]:
    """Both in order; a hit behind a slug has lost its neighbour, and what overlaps a slug goes."""
    if not slugs:
        return hits
    merged: list[Hit] = []
    for hit in sorted((*slugs, *hits), key=lambda hit: hit.start):
        if merged and hit.start < merged[-1].end:
            continue
        if merged and merged[-1] in slugs:
            hit.listed = hit.chained = False
        merged.append(hit)
    return merged


def _note(unit: Unit, old: bool, codes: int, published: date) -> str:
    if old and unit.level is Level.DISTRICT and published >= REFORM:
        return OLD_DISTRICT
    if old:
        return SPLIT if codes > 1 else OLD_UNIT
    return SOON_UNIT if unit.valid_from and unit.valid_from > published else ""
