"""The part a province plays in the sentences that name it: scene, speaker, caption, comparison, home."""

from __future__ import annotations

import re
from bisect import bisect_right
from math import log1p
from typing import Protocol

from classifiers.places import cues
from classifiers.places.items import Placed
from classifiers.places.text import Prepared
from provinces.gazetteer import Level

SENTENCE_END = re.compile(r"[\w)]{3}[.!?…]+[\"”)]?\s|\n")
SUBJECT_WITHIN = 12
"""Code points from the start of a sentence within which a name is its subject ("Tại Hà Nội, ...")."""
NEAR = 60
"""Code points before a name that tell its part."""


class Shared(Protocol):
    """What features.py knows of an article as a whole."""

    text: Prepared
    lead_start: int
    text_start: int
    opening_end: int
    length: int
    national: float
    parliament: float
    sport: float
    abroad: float
    joint: set[int]
    counts: dict[str, float]
    most: float


class Sentences:
    """The sentences of one article, its theme, and who acts in them.

    ``items``: by province code, the names that do not merely point there; ``lists``: ids of items in
    long lists. ``cover``: by code, the numbers of the sentences that name it outside such lists.
    """

    def __init__(self, article: Shared, items: dict[str, list[Placed]], lists: set[int]) -> None:
        self.article, self.items = article, items
        self.low = article.text.lowered[: article.length]
        self._theme()
        ends = [match.end() for match in SENTENCE_END.finditer(self.low)]
        self.starts = sorted({0, article.lead_start, article.text_start, *ends})
        self.cover = {code: {self.of(i) for i in own if id(i) not in lists} for code, own in items.items()}
        self.total = sum(len(sentences) for sentences in self.cover.values())
        self.most = max((len(sentences) for sentences in self.cover.values()), default=0)
        every = [item for own in items.values() for item in own]
        real = [item for item in every if cues.is_real(article.text, item, lists)]
        self.first_real = min((i.hit.start for i in real), default=-1)
        self.first_agency = min((i.hit.start for i in real if i.hit.agency), default=-1)
        scenes = [item for item in every if cues.scenes(article.text, [item])]
        self.first_scene = min((i.hit.start for i in scenes), default=-1)
        self.scenes = {code: cues.scenes(article.text, own) for code, own in items.items()}
        self.all_scenes = sum(self.scenes.values())
        self.units = len(_inside(every))
        self.subjects = {code: sum(map(self._opens, own)) for code, own in items.items()}
        self.subject_provinces = sum(count > 0 for count in self.subjects.values())
        leader = max(article.counts, key=lambda code: article.counts[code], default="")
        self.leader_sentences = self.cover.get(leader, set())

    def _theme(self) -> None:
        per = max(1.0, self.article.length / 1500)

        def rate(cue: re.Pattern[str]) -> float:
            return len(cue.findall(self.low)) / per

        self.charity = min(1.0, rate(cues.CHARITY) / 3)
        self.weather = min(1.0, rate(cues.WEATHER) / 3)
        self.region = log1p(rate(cues.REGION))
        self.local = log1p(rate(cues.LOCAL))
        self.soft = log1p(rate(cues.SOFT))

    def of(self, item: Placed) -> int:
        """The number of the sentence an item stands in."""
        return bisect_right(self.starts, item.hit.start) - 1

    def _opens(self, item: Placed) -> bool:
        return item.hit.start - self.starts[self.of(item)] <= SUBJECT_WITHIN

    def _whole(self, item: Placed) -> tuple[int, int]:
        number = self.of(item)
        end = self.starts[number + 1] if number + 1 < len(self.starts) else self.article.length
        return self.starts[number], end

    def measure(self, code: str) -> dict[str, float]:
        """Shares and flags from 0 to 1, and log1p of counts and rates, for one province."""
        article, low, placed = self.article, self.low, self.items[code]
        count = len(placed)

        def share(flags: list[bool]) -> float:
            return sum(flags) / count if count else 0.0

        own = self.cover[code]
        once = float(len(own) == 1)
        near = [low[max(0, i.hit.start - NEAR) : i.hit.start] for i in placed]
        spans = [self._whole(i) for i in placed]
        left = [low[a : i.hit.start] for (a, _), i in zip(spans, placed, strict=True)]
        homes = [bool(cues.ORIGIN.search(x)) for x in near]
        origin = share(homes)
        agency = [i for i in placed if i.hit.agency]
        agencies = len(agency)
        leads = article.counts[code] >= article.most
        second = not leads
        title = any(i.hit.start < article.lead_start for i in placed)
        title_first = float(title and any(i.hit.start < SUBJECT_WITHIN for i in placed))
        head = any(i.hit.start <= article.opening_end for i in placed)
        scenes = self.scenes[code]
        inside = len({i.reading.unit.code for i in placed}) > 1
        event = [bool(cues.EVENT.search(x[-80:])) and not h for x, h in zip(left, homes, strict=True)]
        hospital = share([bool(cues.HOSPITAL.search(x)) for x in near])
        person = share([bool(cues.PERSON_OF.search(x)) for x in near])
        held = share([bool(cues.HELD.search(x)) for x in near])
        joint = share([id(i) in article.joint for i in placed])
        subject = self.subjects[code]
        sections = log1p(max(0, self.subject_provinces - 1)) if subject else 0.0
        capital = float(code == "01")
        return {
            "sport_venue": float(article.sport >= 1 and not agencies and not scenes),
            "home_beside": float(origin == 1 and not title and self.total > len(own)),
            "origin_leads": origin * float(leads),
            "signed": share([x.endswith("(") for x in near]) * once,
            "abroad_home": origin * min(1.0, article.abroad) * float(leads),
            "scene_untold": float(scenes > 0 and origin == 0 and not agencies),
            "event_head_scene": float(head and scenes > 0),
            "agency_sentences": len({self.of(i) for i in agency}) / len(own) if own else 0.0,
            "national_once": once * article.national,
            "national_untitled": article.national * float(not title),
            "national_agency": article.national * float(agencies > 0),
            "charity_capital": self.charity * float(code in {"01", "79"}),
            "second_agency": float(agencies > 0 and second),
            "second_scene": float(scenes > 0 and second),
            "second_head": float(head and second),
            "second_event": float(any(event) and second),
            "half_leader": float(second and len(own) >= 0.5 * self.most),
            "title_first": title_first,
            "title_first_weather": title_first * self.weather,
            "density": len(own) / max(1, len(self.starts)),
            "body_once": once * float(not head),
            "body_once_agency": once * float(not head and agencies > 0),
            "first_at": log1p(min((self.of(i) for i in placed), default=0)),
            "unit_share": len(_inside(placed)) / self.units if self.units else 0.0,
            "scene_share": scenes / self.all_scenes if self.all_scenes else 0.0,
            "first_scene": float(any(i.hit.start == self.first_scene for i in placed)),
            "others_act": float(not agencies and self.first_agency >= 0),
            "others_act_scene": float(not agencies and self.first_agency >= 0 and scenes > 0),
            "sections": sections,
            "sections_agency": sections * float(agencies > 0),
            "joints": log1p(sum(id(i) in article.joint for i in placed)),
            "voters": share([bool(cues.VOTERS.search(x)) for x in near]),
            "sentences": log1p(len(own)),
            "sentence_share": len(own) / self.total if self.total else 0.0,
            "sentence_most": len(own) / self.most if self.most else 0.0,
            "subject": log1p(subject),
            "caption": share([self._is_caption(span) for span in spans]),
            "hospital": hospital,
            "charity_hospital": hospital * self.charity,
            "charity_origin": origin * self.charity,
            "charity": self.charity,
            "weather": self.weather,
            "weather_untitled": self.weather * (1 - title_first),
            "region": self.region,
            "region_share": self.region * float(second),
            "local": self.local,
            "local_leads": self.local * float(leads),
            "soft": self.soft,
            "soft_no_agency": self.soft * float(not agencies),
            "also": share([bool(cues.ALSO.search(low[a:b])) for a, b in spans]),
            "compared": share([bool(cues.COMPARED.search(x)) for x in near]),
            "person_of": person,
            "person_soft": person * self.soft,
            "event": log1p(sum(event)),
            "event_any": float(any(event)),
            "performs": log1p(
                sum(bool(cues.PERFORMS.match(low[i.hit.end : i.hit.end + 18])) for i in agency)
            ),
            "first_real": float(any(i.hit.start == self.first_real for i in placed)),
            "first_real_agency": float(any(i.hit.start == self.first_agency for i in placed)),
            "agency_early": float(any(i.hit.start <= article.opening_end for i in agency)),
            "capital_national": capital * article.national,
            "capital_no_agency": capital * float(not agencies),
            "capital_bare": capital * float(not inside),
            "held": held,
            "held_national": held * article.national,
            "together": share([self.of(i) in self.leader_sentences for i in placed]) * float(second),
            "joint": joint,
            "joint_not_leading": joint * float(second),
            "parliament_untitled": article.parliament * float(not title),
            "parliament_agency": article.parliament * float(agencies > 0),
        }

    def _is_caption(self, span: tuple[int, int]) -> bool:
        begin, end = span
        after = cues.CAPTION_AFTER.match(self.low[end : end + 12])
        return bool(after or cues.CAPTION.search(self.low[begin:end]))


def _inside(placed: list[Placed]) -> set[str]:
    """Codes of the districts and communes named."""
    return {item.reading.unit.code for item in placed if item.reading.unit.level is not Level.PROVINCE}
