"""Titles that swap who did it and to whom."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, content_pairs
from classifiers.signals.reading import UPPER, Reading

_TEAM = rf"[{UPPER}][\w\-]*(?: [{UPPER}][\w\-]*)*"
_LOST = r"(?:để thua|thua|thảm bại|thất bại|bại trận|gục ngã|thất thủ|ôm hận)"
_WON = r"(?:thắng|đánh bại|hạ gục|hạ|đè bẹp|vượt qua|quật ngã)"
_LOSES = re.compile(
    rf"(?P<one>{_TEAM}) (?:\w+ )?(?i:{_LOST})[^,.;:]{{0,25}}? (?:trước|bởi) (?P<other>{_TEAM})"
)
_WINS = re.compile(rf"(?P<one>{_TEAM}) (?:\w+ )?(?i:{_WON})(?: \d+-\d+)? (?P<other>{_TEAM})")


def other_winner(target: Reading) -> Candidate | None:
    """The title has one side lose to the other, the text has the other side lose to the one."""
    title = target.title
    match = _LOSES.search(title.cased)
    loser, winner = (match.group("one"), match.group("other")) if match else ("", "")
    if match is None:
        match = _WINS.search(title.cased)
        if match is None:
            return None
        winner, loser = match.group("one"), match.group("other")
    turned = _result(winner, loser)
    straight = _result(loser, winner)
    if straight.search(target.body):
        return None
    for sentence in target.sentences:
        if turned.search(sentence.text):
            return Candidate.about("opposite", title.text, match.span(), sentence)
    return None


def _result(loser: str, winner: str) -> re.Pattern[str]:
    """The loser lost to the winner, or the winner beat the loser, as a clause can say it."""
    lost, won = re.escape(loser.lower()), re.escape(winner.lower())
    return re.compile(
        rf"\b{_LOST}\b[^,.;]{{0,40}} (?:trước|bởi) (?:đội |clb )?{won}\b|"
        rf"\b{won} (?:đã |vừa )?{_WON}\b[^,.;]{{0,20}}\b{lost}\b"
    )


_PASSIVE = re.compile(r"\bbị (?P<verb>phạt|xử phạt|kỷ luật|kiện|cưỡng chế|đình chỉ|thu hồi)\b")
_BETWEEN = re.compile(r"\b(?:bị|được|do|bởi|nạn nhân|trước khi|vì|người)\b")
ACTOR_WORDS = 2
REACH = 60


def other_actor(target: Reading) -> Candidate | None:
    """Who is fined in the title is the one that fines in the text."""
    title = target.title.text
    match = _PASSIVE.search(title)
    if not match:
        return None
    verb = match.group("verb")
    start, end = clause(title, match.start(), match.end())
    actor = {word for pair in content_pairs(title[start : match.start()]) for word in pair}
    if len(actor) < ACTOR_WORDS or re.search(rf"\b(?:bị|đã bị) (?:\w+ )?{verb}\b", target.body):
        return None
    active = re.compile(rf"\b{verb}\b(?=[^,.;]{{0,40}}\b(?:đối với|ông|bà|anh|chị|em|công ty|nhóm)\b)")
    for sentence in target.sentences:
        for found in active.finditer(sentence.text):
            before = re.split(r"[.;]", sentence.text[max(0, found.start() - REACH) : found.start()])[-1]
            if _BETWEEN.search(before[-REACH // 2 :]):
                continue
            if len(actor & set(before.split())) >= ACTOR_WORDS:
                return Candidate.whole("opposite", start, end, sentence)
    return None
