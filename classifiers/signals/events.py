"""Whether two articles tell of the same event: names, numbers and wording they share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading

_PLATE = re.compile(r"\b\d{2}[a-zđ]\d?[ \-–]?\d{3}[.\-]?\d{1,3}\b")
_MARKED = re.compile(r"\b[a-zđ]{2,3}[ \-]?\d{3,5}\b(?![.,]\d)")
"""Boats, trains and flights: "HP-1995", "QN 6578"."""
_PART_OF_DAY = re.compile(r"\b(\d{1,2})\s?(?:h|giờ)\s?(sáng|trưa|chiều|tối|đêm|ngày)\b")
_CLOCK = re.compile(r"\b(\d{1,2})\s?(?:h|giờ)\s?(\d{2})?\b")
_LASTED = re.compile(r"(?<![\d.,:/h])(?<!giờ )(\d{1,3}) (phút|giây)\b")
"""How long something took; behind an hour it is a time of day."""
_PERSONS = re.compile(
    r" (?:em|cháu|bé|trẻ|nạn|ca|học|sinh|công|lao|hành|khách|bệnh|cán|ngư|du|dân|nhân|thuyền|thí)\Z"
)
"""First words of units that count people: one report has 19 children, the other 19 babies."""
GREAT = 25
"""Numbers from here on are seldom the same by chance in reports of one place."""
_WORDS = frozenset({"có", "là", "và", "từ", "về", "để", "số", "cả", "ra", "cỡ", "độ", "bị", "xã", "đã", "tổ"})


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a target shares with another article.

    names      names of two words and more, without those that are mere parts of others
    facts      numbers with their unit, plates and clock times
    wording    share of the target's word pairs that the other has, 0..1
    stated     how many such numbers the target states at all
    """

    names: frozenset[str]
    facts: frozenset[str]
    wording: float
    stated: int

    @property
    def same_event(self) -> bool:
        """Enough in common that a comparison makes sense."""
        if self.wording >= 0.5:
            return True
        if not self.names:
            return False
        return len(self.facts) >= 3 or (len(self.facts) >= 2 and self.wording >= 0.12) or self.wording >= 0.3

    @property
    def same_news(self) -> bool:
        """Enough in common for two reports of the same days."""
        if self.same_event:
            return True
        return bool(self.names) and (self.wording >= 0.2 or (bool(self.facts) and self.wording >= 0.1))


def overlap(target: Reading, other: Reading) -> Overlap:
    """Compares two articles. Linear in their length."""
    names = frozenset(name for name in target.names if name in other.whole and not _general(name))
    facts, theirs = facts_of(target), facts_of(other)
    pairs = target.bigrams
    shared = len(pairs & other.bigrams) / len(pairs) if pairs else 0.0
    return Overlap(names, facts & theirs, shared, len(facts))


@lru_cache(maxsize=64)
def facts_of(reading: Reading) -> frozenset[str]:
    """Numbers with their first unit word, plates, boats and clock times, as comparable strings."""
    return facts_in(reading.body, (quantity for _, quantity in reading.quantities))


def facts_in(text: str, counted: Iterable[Quantity]) -> frozenset[str]:
    """The same of a stretch of lowered text and the quantities in it."""
    facts = set(numbers_of(counted))
    facts |= {re.sub(r"\W", "", plate) for plate in _PLATE.findall(text)}
    facts |= {re.sub(r"\W", "", mark) for mark in _MARKED.findall(text) if mark[:2] not in _WORDS}
    facts |= {f"{int(h)}h {part}" for h, part in _PART_OF_DAY.findall(text)}
    facts |= {f"{int(h)}h{m or '00'}" for h, m in _CLOCK.findall(text) if int(h) < 25 and m}
    return frozenset(facts)


def retelling(target: Reading, other: Reading, shared: Overlap) -> Overlap:
    """What is ``shared`` with a report that the target may tell anew, by facts that say the same in other
    words: people, how long things took, and telling numbers of whatever ("42 con", "42 cá thể").
    """
    facts = told_facts(target.body, facts_of(target))
    theirs = told_facts(other.body, facts_of(other))
    numbers = {_telling_number(fact) for fact in theirs} - {""}
    same = frozenset(fact for fact in facts if fact in theirs or _telling_number(fact) in numbers)
    return replace(shared, facts=same, stated=len(facts))


def told_facts(text: str, facts: frozenset[str]) -> frozenset[str]:
    """The facts of a lowered text with people as people and with how long things took."""
    lasted = {f"{int(number)} {unit}" for number, unit in _LASTED.findall(text)}
    return frozenset(_PERSONS.sub(" người", fact) for fact in facts) | lasted


def _telling_number(fact: str) -> str:
    """The number of a fact when it is too great or too exact to be met by chance, else ""."""
    number = fact.partition(" ")[0]
    try:
        value = float(number)
    except ValueError:
        return ""
    return number if value >= GREAT or value != round(value) else ""


def numbers_of(counted: Iterable[Quantity]) -> frozenset[str]:
    """Numbers with their first unit word; "một" alone is an article."""
    return frozenset(
        f"{q.value:g} {'%' if q.percent else q.unit[0] if q.unit else ''}"
        for q in counted
        if not (q.spelled and q.value < 2)
    )


def _general(name: str) -> bool:
    """Whether a name is too common to tell events apart."""
    return name in {"việt nam", "hà nội", "hồ chí minh", "tp hcm", "trung quốc", "thủ tướng chính phủ"}
