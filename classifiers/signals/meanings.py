"""Words of news that mean the same, so that a claim is known again when it is told in other words."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from classifiers.signals.reading import words_of
from classifiers.signals.wording import content_words

_LISTS = tomllib.loads(Path(__file__).with_name("meanings.toml").read_text(encoding="utf-8"))
_SENSE: dict[str, str] = {
    word: name.upper()
    for kind in ("acts", "things")
    for name, words in _LISTS[kind].items()
    for word in words
}
_LONGEST_FIRST = sorted([*_SENSE, *_LISTS["plain"]], key=len, reverse=True)
_KNOWN = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?!\w)")
_MONEY = re.compile(r"\b\d[\d.,]*(?: (?:nghìn|ngàn|triệu|tỷ|tỉ))* (?:đồng|usd)\b")
ACTS = frozenset(name.upper() for name in _LISTS["acts"])
"""What somebody did or what befell him, as ``senses`` writes it."""
TELLING_ACTS = ACTS - {"REACH", "CARRY", "ATTRACT", "BUY", "SELL", "COLLECT", "SPEND", "RISE", "FALL"}
"""Those without which a claim is not told."""
ACT_WEIGHT = 2
"""An act is a word of two syllables or more, all others count by syllable."""


@lru_cache(maxsize=4096)
def senses(text: str) -> frozenset[str]:
    """The content words of a lowered text, those of one meaning as one in capitals."""
    words = content_words(words_of(_KNOWN.sub(_sense, _MONEY.sub("tiền", text))))
    return frozenset(word for word in words if not word[-1].isdigit())


def weight(words: frozenset[str]) -> int:
    """How much is said with content words."""
    return sum(ACT_WEIGHT if word in ACTS else 1 for word in words)


def _sense(match: re.Match[str]) -> str:
    return _SENSE.get(match.group(), match.group())
