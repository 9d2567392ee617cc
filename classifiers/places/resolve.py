"""Decides which unit each name means, from level words, dates, neighbours and the rest of the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from classifiers.places.scan import Hit
from provinces.gazetteer import REFORM, Gazetteer, Level, Unit

SOON = timedelta(days=400)
"""Units are named before they exist, once their founding is decided."""

PARENT_DISTRICT, PARENT_PROVINCE, SAME_PROVINCE_NOW = 12.0, 10.0, 6.0
PAST, FUTURE, OTHER_TYPE = -6.0, -8.0, -5.0
PAST_PROVINCE = -2.0
MARKED_OLD = 12.0
FORMER = -1.0
CONFLICT = -14.0
"""A unit whose neighbour names a district or province it never belonged to."""
BARE = {Level.PROVINCE: 0.0, Level.DISTRICT: -1.0, Level.COMMUNE: -5.0}
NAMED_LIKE_PROVINCE = {Level.PROVINCE: 0.0, Level.DISTRICT: -7.0, Level.COMMUNE: -20.0}
"""A bare name that is a province's, too, is the province unless a neighbour says otherwise."""
OLDER_PERIOD = -1.5
LIST_SAME_TYPE, LIST_SAME_LEVEL, LIST_SIBLING = 6.0, 3.0, 3.0
TEXT_DISTRICT, TEXT_PROVINCE, TEXT_NOW = 5.0, 4.0, 2.5
MARGIN = 1.0
REACH = 10
"""How many neighbours of a list or chain are asked."""
MAX_HITS = 2000
"""Names read in one text; the rest of a longer list is left out, so that any text ends in time."""


@dataclass(slots=True)
class Reading:
    """One candidate with its score and the part of it that context gave."""

    unit: Unit
    score: float
    support: float
    past: bool


class Context:
    """The units of a text that are beyond doubt, as sets that answer quickly."""

    def __init__(self, gazetteer: Gazetteer, day: date) -> None:
        self.gazetteer = gazetteer
        self.day = day
        self.units: set[tuple[str, date | None]] = set()
        self.districts: set[str] = set()
        self.provinces: set[str] = set()
        self.provinces_now: set[tuple[str, ...]] = set()
        self.parents: set[str] = set()
        self.inside: dict[str, int] = {}

    def add(self, unit: Unit) -> None:
        """Takes a unit in, once."""
        key = (unit.code, unit.valid_from)
        if key in self.units:
            return
        self.units.add(key)
        if unit.level is Level.PROVINCE:
            self.provinces.add(unit.name)
            self.provinces_now.add(self.gazetteer.province_codes_now(unit))
            return
        if unit.level is Level.DISTRICT:
            self.districts.add(unit.code)
        self.parents.add(unit.parent_code)
        self.inside[unit.province_code] = self.inside.get(unit.province_code, 0) + 1

    def support(self, unit: Unit) -> float:
        """What the certain units say for a candidate that is no province."""
        own = (unit.code, unit.valid_from) in self.units
        if unit.parent_code in self.districts or unit.code in self.parents:
            return TEXT_DISTRICT
        province = self.gazetteer.province(unit)
        if province is not None and province.name in self.provinces:
            return TEXT_PROVINCE
        if self.day >= REFORM and self.gazetteer.province_codes_now(unit) in self.provinces_now:
            return TEXT_NOW
        return TEXT_NOW if self.inside.get(unit.province_code, 0) > own else 0.0


class Resolver:
    """Scores the candidates of all hits of one text against each other."""

    def __init__(self, gazetteer: Gazetteer, hits: list[Hit], published: date) -> None:
        self.gazetteer = gazetteer
        self.hits = hits[:MAX_HITS]
        self.day = published
        self.readings: list[list[Reading]] = []
        self.chosen: dict[int, Reading] = {}
        self.by_level: list[dict[Level, list[Reading]]] = []
        self.context = Context(gazetteer, published)

    def resolve(self) -> list[tuple[Hit, list[Reading]]]:
        """The hits that mean a unit, each with its readings, the best first and only those left open."""
        self._inherit_levels()
        for hit in self.hits:
            readings = self._candidates(hit)
            self.readings.append(readings)
            levels: dict[Level, list[Reading]] = {}
            for reading in readings:
                levels.setdefault(reading.unit.level, []).append(reading)
            self.by_level.append(levels)
        base = [[(r.score, r.support) for r in readings] for readings in self.readings]
        for _round in range(2):
            for index, readings in enumerate(self.readings):
                for reading, (score, support) in zip(readings, base[index], strict=True):
                    reading.score, reading.support = score, support
                    self._add_context(index, reading)
            self._collect_certain()
        out: list[tuple[Hit, list[Reading]]] = []
        accepted: set[int] = set()
        for index, hit in enumerate(self.hits):
            kept = self._decide(index, hit, accepted)
            if kept:
                accepted.add(index)
                out.append((hit, kept))
        return out

    def _inherit_levels(self) -> None:
        """In a list the level word belongs to all items: "các xã Kỳ Lợi, Kỳ Phương và Kỳ Liên".

        A province's name after another kind of unit is its parent: "TP Phổ Yên, Thái Nguyên".
        """
        for before, hit in pairwise(self.hits):
            kind = before.kind.lstrip("?")
            if not hit.listed or hit.kind or not kind:
                continue
            if Level.PROVINCE in hit.entry.levels and kind != "tỉnh":
                continue
            if any(unit.type == kind for unit in hit.entry.units):
                hit.kind = "?" + kind

    def _candidates(self, hit: Hit) -> list[Reading]:
        kind = hit.kind.lstrip("?")
        sure = bool(kind) and not hit.kind.startswith("?")
        levels = {u.level for u in hit.entry.units if u.type == kind} if sure else set()
        found: dict[tuple[str, str, str], Reading] = {}
        ended = [u.valid_to for u in hit.entry.units if u.valid_to and u.valid_to < self.day]
        for unit in hit.entry.units:
            past = unit.valid_to is not None and unit.valid_to < self.day
            future = unit.valid_from is not None and unit.valid_from > self.day
            if future and unit.valid_from and unit.valid_from - self.day > SOON:
                continue
            score = self._prior(hit, unit, past, future)
            if past and unit.valid_to != max(ended):
                score += OLDER_PERIOD
            if unit.code in hit.entry.former and unit.name != hit.entry.name:
                score += FORMER
            elif sure and unit.type != kind:
                if unit.level not in (levels or _levels_of(kind)):
                    continue
                score += OTHER_TYPE
            elif not sure and unit.type == kind:
                score += LIST_SAME_TYPE
            elif not sure:
                score += (NAMED_LIKE_PROVINCE if Level.PROVINCE in hit.entry.levels else BARE)[unit.level]
                if kind and unit.level in _levels_of(kind):
                    score += LIST_SAME_LEVEL
            key = (unit.code, unit.name, unit.type)
            held = found.get(key)
            if held is None or score >= held.score:
                found[key] = Reading(unit, score, 0.0, past)
        return list(found.values())

    def _prior(self, hit: Hit, unit: Unit, past: bool, future: bool) -> float:
        if past:
            if hit.old:
                return MARKED_OLD
            return PAST_PROVINCE if unit.level is Level.PROVINCE else PAST
        return FUTURE if future else 0.0

    def _relation(self, child: Unit, parent: Unit) -> float:
        if child.level <= parent.level:
            return 0.0
        if parent.level is Level.DISTRICT:
            if child.parent_code != parent.code:
                return 0.0
            return PARENT_DISTRICT if _overlap(child, parent) else PARENT_DISTRICT - 3
        province = self.gazetteer.province(child)
        if province is not None and province.name == parent.name:
            return PARENT_PROVINCE
        if self.day < REFORM:
            return 0.0
        now = self.gazetteer.province_codes_now
        return SAME_PROVINCE_NOW if now(child) == now(parent) else 0.0

    def _add_context(self, index: int, reading: Reading) -> None:
        unit = reading.unit
        gained = self._from_chain(index, unit)
        hit = self.hits[index]
        if hit.listed and index - 1 in self.chosen:
            mate = self.chosen[index - 1].unit
            if mate.level is unit.level and mate.level is not Level.PROVINCE:
                if mate.parent_code == unit.parent_code:
                    gained += LIST_SIBLING
                elif mate.province_code == unit.province_code:
                    gained += LIST_SIBLING - 1
        best = self.context.support(unit) if unit.level is not Level.PROVINCE else 0.0
        reading.support = gained + best + self._conflict(index, unit)
        reading.score += reading.support

    def _conflict(self, index: int, unit: Unit) -> float:
        if index + 1 >= len(self.hits) or not self.hits[index + 1].chained:
            return 0.0
        after, others = self.hits[index + 1], self.readings[index + 1]
        if not others or not (after.own_level or after.bracketed):
            return 0.0
        if any(o.unit.level >= unit.level for o in others):
            return 0.0
        same = any(self._relation(unit, o.unit) or self._one_province(unit, o.unit) for o in others)
        return 0.0 if same else CONFLICT

    def _one_province(self, one: Unit, other: Unit) -> bool:
        now = self.gazetteer.province_codes_now
        return now(one) == now(other)

    def _from_chain(self, index: int, unit: Unit) -> float:
        """What the neighbours joined by commas, brackets or "thuộc" say."""
        best = left = 0.0
        for step in range(index + 1, min(index + REACH, len(self.hits))):
            if not (self.hits[step].listed or self.hits[step].chained):
                break
            best = max(best, self._strongest(unit, self._larger(step, unit)))
        for step in range(index - 1, max(index - REACH, -1), -1):
            if not (self.hits[step + 1].listed or self.hits[step + 1].chained):
                break
            for other in self._smaller(step, unit):
                below = self._relation(other.unit, unit)
                if below:
                    left = max(left, below - _doubt(other))
            left = max(left, 0.7 * self._strongest(unit, self._larger(step, unit)))
        return max(best, left) + 0.2 * min(best, left)

    def _strongest(self, unit: Unit, parents: list[Reading]) -> float:
        best = 0.0
        for other in parents:
            relation = self._relation(unit, other.unit)
            if relation:
                best = max(best, relation - _doubt(other))
        return best

    def _larger(self, index: int, unit: Unit) -> list[Reading]:
        return [r for level, found in self.by_level[index].items() if level < unit.level for r in found]

    def _smaller(self, index: int, unit: Unit) -> list[Reading]:
        return [r for level, found in self.by_level[index].items() if level > unit.level for r in found]

    def _collect_certain(self) -> None:
        self.chosen.clear()
        self.context = Context(self.gazetteer, self.day)
        for index, readings in enumerate(self.readings):
            if not readings:
                continue
            readings_sorted = sorted(readings, key=lambda r: -r.score)
            first = readings_sorted[0]
            clear = len(readings_sorted) == 1 or first.score - readings_sorted[1].score >= 3
            hit = self.hits[index]
            sure = first.unit.level is Level.PROVINCE or bool(hit.kind) or first.support >= 5
            if clear and sure and not hit.weak:
                self.chosen[index] = first
                self.context.add(first.unit)

    def _decide(self, index: int, hit: Hit, accepted: set[int]) -> list[Reading]:
        readings = sorted(self.readings[index], key=_rank)
        if not readings:
            return []
        best = readings[0]
        open_ones = [r for r in readings if best.score - r.score < MARGIN]
        if len(open_ones) > 1 and not self._agree(open_ones):
            return []
        if hit.kind and not hit.kind.startswith("?"):
            if best.score <= -9 or best.support <= CONFLICT / 2:
                return []
            if best.unit.level is Level.COMMUNE and best.support <= 0 and self._misnamed(hit, best.unit):
                return []
            return open_ones
        if best.unit.level is Level.PROVINCE:
            return open_ones
        after_accepted = hit.listed and index - 1 in accepted and hit.kind.startswith("?")
        if best.unit.level is Level.DISTRICT:
            alone = len({r.unit.code for r in readings if not r.past}) == 1 and not hit.entry.single
            good = best.support >= 2.5 or after_accepted or (alone and hit.supported)
            return open_ones if good else []
        good = best.support >= 9 or (after_accepted and best.unit.type == hit.kind.lstrip("?"))
        return open_ones if good or self._named_in_full(index, best.unit) else []

    def _misnamed(self, hit: Hit, unit: Unit) -> bool:
        return unit.type != hit.kind and unit.code not in hit.entry.former

    def _named_in_full(self, index: int, unit: Unit) -> bool:
        return any(
            other.own_level and i != index and any(r.unit is unit for r in self.readings[i][:3])
            for i, other in enumerate(self.hits)
            if other.entry is self.hits[index].entry
        )

    def _agree(self, readings: list[Reading]) -> bool:
        """Whether what is left open lies in one province and on one level, so that little is lost."""
        now = {self.gazetteer.province_codes_now(r.unit) for r in readings}
        return len(now) == 1 and len({r.unit.level for r in readings}) == 1


def _rank(reading: Reading) -> tuple[float, int, str]:
    towns_first = 0 if reading.unit.type in {"thành phố", "thị xã", "quận", "phường"} else 1
    return (-reading.score, towns_first, reading.unit.code)


def _doubt(reading: Reading) -> float:
    """A neighbour that is itself an unlikely reading counts for less."""
    return 3.0 if reading.score < -4 else 0.0


def _levels_of(kind: str) -> set[Level]:
    if kind in {"xã", "phường", "thị trấn", "đặc khu"}:
        return {Level.COMMUNE}
    if kind in {"quận", "huyện", "thị xã"}:
        return {Level.DISTRICT}
    if kind == "tỉnh":
        return {Level.PROVINCE}
    return {Level.PROVINCE, Level.DISTRICT}


def _overlap(one: Unit, other: Unit) -> bool:
    return (one.valid_from or date.min) <= (other.valid_to or date.max) and (
        other.valid_from or date.min
    ) <= (one.valid_to or date.max)
