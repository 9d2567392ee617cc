"""Titles that tell as there what the text has of no case at all."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, unnamed
from classifiers.signals.headline.certainty import HEDGED
from classifiers.signals.headline.slots.stance import word_pairs
from classifiers.signals.reading import Reading

_NOT_ONE = re.compile(
    r"\bkhông (?:có |một |phải )?(?:[^\W\d_]+ ){1,3}nào (?:[^\W\d_]+ ){0,4}?\Z|"
    r"\bchưa (?:có |một |ghi nhận |phát hiện |xảy ra )+(?:[^\W\d_]+ ){0,3}(?:nào )?(?:[^\W\d_]+ ){0,2}?\Z|"
    r"\bkhông (?:phát hiện|ghi nhận|xảy ra|thấy|tìm thấy) (?:[^\W\d_]+ ){0,3}?\Z|"
    r"\bchứ không phải (?:là )?(?:[^\W\d_]+ ){0,2}?\Z"
)
REACH = 60


def of_none(target: Reading) -> Candidate | None:
    """Cholera found in the title; in the text no sample has it."""
    told = unnamed(target.title)
    if HEDGED.search(told) or re.search(r"[\"“‘']", told):
        return None
    for one, other in word_pairs(told):
        phrase = f"{one.word} {other.word}"
        places = [
            (sentence, found.start())
            for sentence in target.sentences
            for found in re.finditer(rf"\b{re.escape(phrase)}\b", sentence.text)
        ]
        if places and all(_NOT_ONE.search(s.text[max(0, at - REACH) : at]) for s, at in places):
            at = target.title.text.find(phrase)
            start, end = clause(target.title.text, at, at + len(phrase))
            return Candidate.whole("denied", start, end, places[0][0])
    return None
