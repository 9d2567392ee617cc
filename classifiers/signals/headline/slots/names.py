"""Slots of names: a place or person of the title that the text does not have, and one it has instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from classifiers.signals.headline.candidate import NAME
from classifiers.signals.headline.slots.slot import Place, Slot, best_place
from classifiers.signals.reading import Reading
from provinces.gazetteer import Level, load_gazetteer
from provinces.spelling import without_marks

NAME_FEATURES = ("parts told", "label", "place", "at the beginning", "long name")
_GENERAL = re.compile(
    r"\A(?:báo động|bộ|sở|công an|thủ tướng|chủ tịch|phó|giám đốc|tổng thống|việt nam|đại học|trung ương|"
    r"hđnd|ubnd|quốc hội|chính phủ|đảng|world cup|cup|sea games|hlv|bv|bs|cđv)\b"
)
_PLACE = re.compile(
    r"\b(?:ở|tại|tỉnh|huyện|xã|phường|quận|thị xã|thị trấn|tp\.?|thành phố|thôn|bản|chợ|cầu|sông|hồ|đèo|"
    r"trường|công ty|về|đến|từ|vườn quốc gia|khu bảo tồn) ?\Z"
)
_FROM = re.compile(r"\btừ ?\Z")
_TO = re.compile(r"\b(?:về|đến) ?\Z")
_SAME_PLACE = {"sài gòn": ("tp hcm", "tp.hcm", "tphcm", "hồ chí minh"), "tp hcm": ("sài gòn", "hồ chí minh")}
MOST = 3
SYLLABLE = 2
"""Letters of a word below which a name is a mere abbreviation."""
AT_START = 3
"""Characters of a title within which a name or a role stands at its beginning."""


def names(target: Reading) -> Iterator[Slot]:
    """Another park, commune or province than in the text."""
    title = target.title.cased
    if title.isupper():
        return
    plain: str | None = None
    for match in NAME.finditer(title):
        name = match.group().lower()
        if _GENERAL.match(name) or name in target.body or any(len(word) < SYLLABLE for word in name.split()):
            continue
        plain = plain or without_marks(target.body)
        bare = without_marks(name)
        if (
            bare in plain
            or bare.replace(" ", "") in plain.replace(" ", "")
            or within_province(name, target.body)
        ):
            continue
        label = title[match.end() : match.end() + 1] == ":" and match.start() < AT_START
        before = target.title.text[: match.start()]
        placed = label or bool(_PLACE.search(before))
        rivals: dict[str, list[Place]] = {}
        ends: set[str] = set()
        for sentence in target.sentences:
            for other in NAME.finditer(sentence.cased):
                if other.group().lower() in target.title.text:
                    continue
                ahead = sentence.text[: other.start()]
                if _other_end(before, ahead):
                    ends.add(other.group().lower())
                if placed and not _PLACE.search(ahead):
                    continue
                rivals.setdefault(other.group().lower(), []).append(
                    Place(sentence, other.start(), other.end())
                )
        rivals = {other: places for other, places in rivals.items() if other not in ends}
        if not rivals:
            continue
        looked = [
            best_place(target, match.start(), match.end(), places[:MOST], len(rivals), len(places))
            for places in rivals.values()
        ]
        place, features = max(
            looked, key=lambda f: f[1][0] + f[1][1] + 0.4 * f[1][2] + 0.3 * f[1][3] + 0.1 * f[1][4]
        )
        words = name.split()
        more = (
            sum(word in target.vocabulary for word in words) / len(words),
            float(label),
            float(placed),
            float(match.start() < AT_START),
            float(len(words) > 2),
        )
        yield Slot(
            "name", match.start(), match.end(), place.sentence, place.start, place.end, features + more
        )


def _other_end(before: str, ahead: str) -> bool:
    """Whether one names where a way begins and the other where it ends."""
    return bool((_TO.search(before) and _FROM.search(ahead)) or (_FROM.search(before) and _TO.search(ahead)))


def within_province(name: str, body: str) -> bool:
    """Whether the text names a district or commune of the province, or the place by another name."""
    if any(other in body for other in _SAME_PLACE.get(name, ())):
        return True
    return any(unit in body for unit in _units_of_provinces().get(name, ()))


@cache
def _units_of_provinces() -> dict[str, tuple[str, ...]]:
    """Names of the districts (and of communes with long names) that a province ever had."""
    gazetteer = load_gazetteer()
    found: dict[str, set[str]] = {}
    for unit in gazetteer:
        if unit.level != Level.DISTRICT:
            continue
        province = gazetteer.province(unit)
        if province is not None and " " in unit.name:
            found.setdefault(province.name.lower(), set()).add(unit.name.lower())
    return {name: tuple(sorted(units)) for name, units in found.items()}
