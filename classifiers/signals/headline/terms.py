"""Titles that give another term of prison than the text."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate
from classifiers.signals.reading import Reading
from classifiers.signals.wording import SEVERAL, number_of

FEW = 2
"""Different terms of one trial; of more, one may stand in a part of the text that was not read."""
_TIME = rf"(?P<n>\d{{1,2}}|một|{SEVERAL}) (?P<unit>năm|tháng)"
_TERM = re.compile(rf"\b{_TIME}(?: (?P<more>\d{{1,2}}) tháng)? tù\b")
_TERMED = re.compile(rf"\b{_TIME}\b")
_SENTENCED = re.compile(r"\b(?:tuyên|xử|phạt|lĩnh|lãnh|mức án|y án|nhận|chịu)\b")


def other_term(target: Reading) -> Candidate | None:
    """Ten years of prison in the title, three in the text."""
    title = target.title.text
    match = _TERM.search(title)
    if not match or re.search(r"\b(?:đề nghị|tổng|gần|hơn|đến|tới|từ) \Z", title[: match.start()]):
        return None
    months = _months(match)
    terms = [
        (s, m)
        for s in target.sentences
        for m in _TERM.finditer(s.text)
        if _SENTENCED.search(s.text[: m.start()])
    ]
    told = {_months(m) for _, m in terms}
    anywhere = {_months(m) for s in target.sentences for m in _TERMED.finditer(s.text)}
    if not told or months in anywhere or len(told) > FEW or sum(told) == months:
        return None
    sentence, _ = terms[0]
    return Candidate.about("count", title, match.span(), sentence)


def _months(match: re.Match[str]) -> int:
    return number_of(match.group("n")) * (12 if match.group("unit") == "năm" else 1)
