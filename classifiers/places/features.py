"""What an article shows of each province: the numbers the about-or-mentioned decision rests on."""

from __future__ import annotations

import re
from math import log1p

from classifiers.places import cues
from classifiers.places.asides import Asides
from classifiers.places.items import Placed, ProvinceView
from classifiers.places.roles import Sentences
from classifiers.places.scan import LandmarkHit
from classifiers.places.text import Prepared
from provinces.gazetteer import Level

QUARTERS = 4

FEATURES = (
    "in_title", "in_lead", "in_opening", "early", "first_of_all", "dateline", "mentions", "share",
    "leads", "sole", "sole_of_few", "units_inside", "has_commune", "own_level", "agencies", "spread",
    "in_lists", "origin", "delegates", "happens_there", "bracketed", "moves", "contact", "weak_only",
    "pointers", "parliament", "landmarks", "capital_city", "provinces", "length", "no_headline",
    "sport", "national", "title_names_other", "list_in_short", "share_late", "abroad", "agency_head",
    "sole_agency", "event_head", "real", "real_share", "real_leads", "of_most", "agency_share",
    "first_agency", "title_place", "only_origin", "chain_first", "lists_when_national", "lead_origin",
    "real_sole", "scene", "scenes", "joint_head", "joint_title", "scene_and_agency", "digest",
    "head_list_national", "list_national", "short_origin", "short_moves", "others_real",
    "sport_venue", "home_beside", "origin_leads", "signed", "abroad_home", "scene_untold",
    "event_head_scene", "agency_sentences", "national_once", "national_untitled", "national_agency",
    "charity_capital", "second_agency", "second_scene", "second_head", "second_event", "half_leader",
    "title_first", "title_first_weather", "density", "body_once", "body_once_agency", "first_at",
    "unit_share", "scene_share", "first_scene", "others_act", "others_act_scene", "sections",
    "sections_agency", "joints", "voters", "sentences", "sentence_share", "sentence_most", "subject",
    "caption", "hospital", "charity_hospital", "charity_origin", "charity", "weather",
    "weather_untitled", "region", "region_share", "local", "local_leads", "soft", "soft_no_agency",
    "also", "compared", "person_of", "person_soft", "event", "event_any", "performs", "first_real",
    "first_real_agency", "agency_early", "capital_national", "capital_no_agency", "capital_bare",
    "held", "held_national", "together", "joint", "joint_not_leading", "parliament_untitled",
    "parliament_agency",
    "game", "club", "landmark_head", "delegates_only", "news_item", "news_item_second", "counted_head",
    "soft_capital", "vehicle", "example", "origin_after", "organisation", "person", "person_only",
    "asked_person", "match", "match_no_agency", "opening_only", "opening_only_national",
    "all_together", "section", "section_agency", "section_many",
)  # fmt: skip
"""The names of the values, in the order of the weights."""


def views(
    text: Prepared,
    fields: tuple[int, int, int],
    placed: list[Placed],
    landmarks: list[tuple[str, LandmarkHit]],
) -> list[ProvinceView]:
    """One view per province, in order of appearance, its feature values filled in.

    ``fields``: where the lead and the text begin in the joined article, and how far the text decides.
    A province that only comes later has a view without values: it is mentioned, no more.
    ``landmarks``: (province code at publication, hit).
    """
    found: dict[str, ProvinceView] = {}
    for item in placed:
        for code in item.provinces:
            found.setdefault(code, ProvinceView(code)).placed.append(item)
    for code, landmark in landmarks:
        found.setdefault(code, ProvinceView(code)).landmarks.append(landmark)
    early = {code: view for code, view in ((c, _until(v, fields[2])) for c, v in found.items()) if view}
    article = _Article(text, fields, [item for item in placed if item.hit.start < fields[2]], early)
    for code, view in early.items():
        found[code].values = _measure(article, view)
    return list(found.values())


def _until(view: ProvinceView, end: int) -> ProvinceView | None:
    placed = [item for item in view.placed if item.hit.start < end]
    landmarks = [mark for mark in view.landmarks if mark.start < end]
    return ProvinceView(view.code, placed, landmarks) if placed or landmarks else None


class _Article:
    """What all provinces of one article share."""

    def __init__(
        self,
        text: Prepared,
        fields: tuple[int, int, int],
        placed: list[Placed],
        found: dict[str, ProvinceView],
    ) -> None:
        self.text = text
        self.lead_start, self.text_start, end = fields
        self.length = min(len(text.lowered), end)
        self.provinces = len(found)
        self.pointers = cues.pointers(text, placed)
        strong = {code: sum(id(i) not in self.pointers for i in view.placed) for code, view in found.items()}
        self.counts = {code: strong[code] + 0.5 * len(view.landmarks) for code, view in found.items()}
        self.total = sum(self.counts.values())
        self.most = max(self.counts.values(), default=0)
        placed = [item for item in placed if id(item) not in self.pointers]
        self.provinces = sum(count > 0 for count in self.counts.values())
        self.first = min((item.hit.start for item in placed), default=0)
        self.no_headline = self.lead_start <= 1
        low = text.lowered[: self.length]
        per = max(1.0, self.length / 1500)
        self.sport = min(1.0, len(cues.SPORT.findall(low)) / per / 3)
        self.national = log1p(len(cues.NATIONAL.findall(low)) / per)
        self.parliament = log1p(len(cues.PARLIAMENT.findall(low)) / per)
        self.abroad = log1p(len(cues.ABROAD.findall(low)) / per)
        stop = re.search(r"[.!?\n]\s", low[self.text_start :])
        self.opening_end = self.text_start + (stop.start() if stop else min(400, self.length))
        self.agency_total = sum(item.hit.agency for item in placed)
        self.first_agency = next((item for item in placed if item.hit.agency), None)
        self.runs = runs = cues.province_lists(placed)
        self.landmark_spots = {code: [mark.start for mark in view.landmarks] for code, view in found.items()}
        self.lists = cues.in_lists(runs, 5)
        self.short_lists = cues.in_lists(runs, 3)
        self.real = {
            code: sum(cues.is_real(text, item, self.lists) for item in view.placed)
            for code, view in found.items()
        }
        self.real_total = sum(self.real.values())
        self.real_most = max(self.real.values(), default=0)
        self.scenes = {code: cues.scenes(text, view.placed) for code, view in found.items()}
        self.digest = sum(
            self.scenes[code] > 0 and any(item.hit.agency for item in view.placed)
            for code, view in found.items()
        )
        self.joint = cues.in_lists(runs, 2, 4)
        self.in_title = {
            code for item in placed if item.hit.start < self.lead_start for code in item.provinces
        }
        items = {code: [i for i in view.placed if id(i) not in self.pointers] for code, view in found.items()}
        self.sentences = Sentences(self, items, self.lists)
        self.asides = Asides(self, items)


def _measure(article: _Article, view: ProvinceView) -> dict[str, float]:
    text = article.text
    placed = [item for item in view.placed if id(item) not in article.pointers]
    count = len(placed)
    starts = [item.hit.start for item in placed]
    before = [text.lowered[max(0, s - 90) : s] for s in starts]

    def share_of(flags: list[bool]) -> float:
        return sum(flags) / count if count else 0.0

    body = max(1, article.length - article.text_start)
    quarters = {
        min(QUARTERS - 1, (s - article.text_start) * QUARTERS // body)
        for s in starts
        if s >= article.text_start
    }
    in_title = any(s < article.lead_start for s in starts)
    in_lead = any(article.lead_start <= s < article.text_start for s in starts)
    in_opening = any(article.text_start <= s <= article.opening_end for s in starts)
    origin = [bool(cues.ORIGIN.search(b)) for b in before]
    in_lists = share_of([id(item) in article.lists for item in placed])
    agencies = sum(item.hit.agency for item in placed)
    sole = float(article.provinces == 1)
    head = in_title or in_lead or (article.no_headline and in_opening)
    share = article.counts[view.code] / article.total if article.total else 0.0
    located = list(zip(starts, origin, strict=True))
    units = [item.reading.unit for item in placed]
    moves = share_of([bool(cues.MOVES.search(b[-12:])) for b in before])
    joint = [item for item in placed if id(item) in article.joint]
    listed = share_of([id(item) in article.short_lists for item in placed])
    real = article.real[view.code]
    scenes = article.scenes[view.code]
    happens = [bool(cues.HAPPENS.search(b[-60:])) and not o for b, o in zip(before, origin, strict=True)]
    return {
        "in_title": float(in_title),
        "in_lead": float(in_lead),
        "in_opening": float(in_opening),
        "early": float(any(s < article.text_start + 0.25 * body for s in starts)),
        "first_of_all": float(bool(starts) and min(starts) == article.first),
        "dateline": float(any(_is_dateline(article, item) for item in placed)),
        "mentions": log1p(count),
        "share": share,
        "leads": float(article.counts[view.code] >= article.most),
        "sole": sole,
        "sole_of_few": sole * float(count <= 2),
        "units_inside": log1p(len({unit.code for unit in units if unit.level is not Level.PROVINCE})),
        "has_commune": float(any(unit.level is Level.COMMUNE for unit in units)),
        "own_level": share_of([item.hit.own_level for item in placed]),
        "agencies": log1p(agencies),
        "spread": len(quarters) / QUARTERS,
        "in_lists": in_lists,
        "origin": share_of(origin),
        "delegates": share_of([bool(cues.DELEGATE.search(b)) for b in before]),
        "happens_there": log1p(sum(happens)),
        "bracketed": share_of([text.lowered[max(0, s - 1) : s] == "(" for s in starts]),
        "moves": moves,
        "contact": share_of([bool(cues.CONTACT.search(b)) for b in before]),
        "weak_only": float(all(item.hit.weak for item in view.placed)),
        "pointers": log1p(len(view.placed) - count),
        "parliament": article.parliament,
        "landmarks": log1p(len(view.landmarks)),
        "capital_city": float(view.code in {"01", "79"}),
        "provinces": log1p(article.provinces),
        "length": log1p(article.length / 500),
        "no_headline": float(article.no_headline),
        "sport": article.sport,
        "national": article.national,
        "title_names_other": float(bool(article.in_title) and view.code not in article.in_title),
        "list_in_short": in_lists * float(article.length < 400),
        "share_late": share_of([s > article.text_start + 0.6 * body for s in starts]),
        "abroad": article.abroad,
        "agency_head": float(head and agencies > 0),
        "sole_agency": sole * float(agencies > 0),
        "event_head": float(head) * share,
        "real": log1p(real),
        "real_share": real / article.real_total if article.real_total else 0.0,
        "real_leads": float(real > 0 and real >= article.real_most),
        "of_most": article.counts[view.code] / article.most if article.most else 0.0,
        "agency_share": agencies / article.agency_total if article.agency_total else 0.0,
        "first_agency": float(article.first_agency in placed),
        "title_place": float(any(s < article.lead_start and not o for s, o in located)),
        "only_origin": float(bool(placed) and real == 0),
        "chain_first": float(any(item.hit.chained for item in placed)),
        "lists_when_national": in_lists * article.national,
        "lead_origin": float(any(article.lead_start <= s < article.text_start and o for s, o in located)),
        "scene": float(scenes > 0),
        "scenes": log1p(scenes),
        "joint_head": float(head and bool(joint)),
        "joint_title": float(any(item.hit.start < article.lead_start for item in joint)),
        "scene_and_agency": float(scenes > 0 and agencies > 0),
        "digest": float(scenes > 0 and agencies > 0) * log1p(max(0, article.digest - 1)),
        "head_list_national": float(head) * in_lists * article.national,
        "list_national": listed * min(1.0, article.national),
        "short_origin": share_of(origin) * float(article.no_headline),
        "short_moves": moves * float(article.no_headline),
        "others_real": float(article.real_total > real),
        "real_sole": float(real > 0 and real == article.real_total),
        **article.sentences.measure(view.code),
        **article.asides.measure(view.code),
    }  # fmt: skip


def _is_dateline(article: _Article, item: Placed) -> bool:
    for begin in (0, article.lead_start, article.text_start):
        if item.hit.start - begin in range(4):
            rest = article.text.cased[item.hit.end : item.hit.end + 3]
            return bool(re.match(r"\s?[-–—:]|[A-ZĐ]", rest))
    return False
