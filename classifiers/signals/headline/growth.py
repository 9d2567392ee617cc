"""Titles that turn a growth round, multiply it, or weigh in other units than the text."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, shared
from classifiers.signals.reading import Reading, Sentence

_UP = r"tăng|nhích|vọt|cao hơn|leo|lên|thêm|nhiều hơn"
_DOWN = r"giảm|mất|sụt|tụt|rớt|hạ|thấp hơn|lao dốc|bốc hơi|ít hơn|rơi"
_CHANGE = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: [^\W\d_]+){{0,3}} (?P<n>\d+(?:[.,]\d+)?) ?(?:%|phần trăm|"
    rf"điểm|bậc|lần)"
)
_PERCENT = re.compile(r"(?P<n>\d+(?:[.,]\d+)?) ?(?:%|phần trăm|điểm|bậc)")
REACH = 70


def turned_growth(target: Reading) -> Candidate | None:
    """Lost 3 percent in the title, gained 3 percent in the text."""
    title = target.title.text
    for told in _CHANGE.finditer(title):
        number, up = told.group("n"), told.group("up") is not None
        against: list[Sentence] = []
        for sentence in target.sentences:
            for found in _PERCENT.finditer(sentence.text):
                if found.group("n") != number:
                    continue
                way = _way(sentence.text[max(0, found.start() - REACH) : found.start()])
                if way == up:
                    return None
                if way is not None:
                    against.append(sentence)
        fitting = [s for s in against if shared(s.text, title) >= 1 + (len(target.body) > LONG)]
        if fitting:
            return Candidate.about("opposite", title, told.span(), fitting[0])
    return None


LONG = 1_300
_WAY = re.compile(r"\b(?:(?P<up>tăng|nhích|cao hơn|lên)|(?P<down>giảm|mất|sụt|tụt|thấp hơn|xuống))\b")


def _way(before: str) -> bool | None:
    """Up or down by the last word for either in the clause; None without one."""
    ways = [m.group("up") is not None for m in _WAY.finditer(re.split(r"[;.]", before)[-1])]
    return ways[-1] if ways else None


_TIMES = re.compile(r"\bgấp (?:đôi|rưỡi|ba|bốn|năm|mười|\d+)\b(?! rút)")
_MANY = re.compile(r"\b(?:gấp|lần|nhân (?:đôi|ba))\b|\b[6-9]\d ?%|\b\d{3,} ?%")
_SOME_MORE = re.compile(
    r"\b(?:tăng|hơn|cao hơn|nhiều hơn|vượt)\b[^.;,]{0,30}?(?<![\d.,])(?P<n>\d{1,2}(?:,\d+)?) ?%"
)


def percent_for_times(target: Reading) -> Candidate | None:
    """Three times as much in the title, three percent more in the text."""
    title = target.title.text
    told = _TIMES.search(title)
    if not told:
        return None
    rivals = []
    for sentence in target.sentences:
        more = _SOME_MORE.search(sentence.text)
        if _MANY.search(sentence.text) and not (more and "gấp rưỡi" in sentence.text):
            return None
        if more and shared(sentence.text, title) >= 1 + (len(target.body) > LONG):
            rivals.append(sentence)
    if len(rivals) != 1:
        return None
    return Candidate.about("count", title, told.span(), rivals[0])


_SCALES = {
    "g": 0.001, "kg": 1.0, "ký": 1.0, "yến": 10.0, "tạ": 100.0, "tấn": 1000.0,
    "cm": 0.01, "m": 1.0, "mét": 1.0, "km": 1000.0,
    "m2": 1.0, "ha": 10_000.0, "km2": 1_000_000.0,
}  # fmt: skip
_KIND = {
    **dict.fromkeys(("g", "kg", "ký", "yến", "tạ", "tấn"), "weight"),
    **dict.fromkeys(("cm", "m", "mét", "km"), "length"),
    **dict.fromkeys(("m2", "ha", "km2"), "area"),
}
_UNITS = "|".join(sorted(_SCALES, key=len, reverse=True))
_NUMBER = rf"(?<![\w.,/\-])(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?) ?(?P<unit>{_UNITS})"
_ANY = re.compile(rf"{_NUMBER}\b")
_WEIGHED = re.compile(rf"{_NUMBER} (?P<what>[^\W\d_]+ [^\W\d_]+)")
ROUNDING = 1.3


def other_weight(target: Reading) -> Candidate | None:
    """Two tons of offal in the title, 200 kg of offal in the text."""
    title = target.title.text
    for told in _WEIGHED.finditer(title):
        value, kind = _value(told), _KIND[told.group("unit")]
        same = [
            (sentence, found)
            for sentence in target.sentences
            for found in _WEIGHED.finditer(sentence.text)
            if _KIND[found.group("unit")] == kind and found.group("what") == told.group("what")
        ]
        values = {_value(found) for _, found in same}
        if len(values) != 1 or found_near(value, target, kind):
            continue
        rival = values.pop()
        sentence, other = same[0]
        apart = max(rival, value) > ROUNDING * min(rival, value)
        if apart and told.group("unit") != other.group("unit"):
            return Candidate.about("count", title, told.span(), sentence)
    return None


def found_near(value: float, target: Reading, kind: str) -> bool:
    """Whether the text has about that much of anything."""
    return any(
        _KIND[found.group("unit")] == kind and value / ROUNDING <= _value(found) <= value * ROUNDING
        for sentence in target.sentences
        for found in _ANY.finditer(sentence.text)
    )


def _value(match: re.Match[str]) -> float:
    return float(match.group("n").replace(".", "").replace(",", ".")) * _SCALES[match.group("unit")]
