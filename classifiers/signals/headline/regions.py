"""Titles that set the event in another province than the text."""

from __future__ import annotations

import re
from functools import cache

from classifiers.signals.headline.candidate import Candidate
from classifiers.signals.headline.slots.names import within_province
from classifiers.signals.reading import UPPER, Reading, Sentence
from provinces.gazetteer import Level, load_gazetteer

_LABEL = re.compile(rf"(?P<name>[{UPPER}]\w+(?: [{UPPER}]\w+){{1,2}}): ")
_PLACED = r"(?:tỉnh |tp\.? ?|thành phố |\(|, |ở |tại |, tỉnh )"
_HOME = re.compile(r"\b(?:trú|quê|ngụ|hộ khẩu|sinh (?:năm|ngày|tại)|người|hướng|từ|biển số|đến)\b")
REACH = 45
EARLY = 3
"""Sentences in which a report names where it happened."""


def other_region(target: Reading) -> Candidate | None:
    """ "Sơn La:" before the title, and a commune of Hòa Bình in the text."""
    match = _LABEL.match(target.title.cased)
    if not match:
        return None
    name = match.group("name").lower()
    if name not in _provinces() or name in target.body or within_province(name, target.body):
        return None
    named: dict[str, Sentence] = {}
    for sentence in target.sentences[:EARLY]:
        for other in _provinces():
            found = re.search(rf"{_PLACED}{re.escape(other)}\b", sentence.text) if other != name else None
            if found and not _HOME.search(sentence.text[max(0, found.start() - REACH) : found.start()]):
                named.setdefault(other, sentence)
    if len(named) != 1:
        return None
    return Candidate.whole("name", match.start(), match.end("name"), next(iter(named.values())))


@cache
def _provinces() -> frozenset[str]:
    """Names of all provinces and cities there ever were, lowered."""
    return frozenset(unit.name.lower() for unit in load_gazetteer() if unit.level == Level.PROVINCE)
