"""What changed between two versions of an article, sentence by sentence, and whether it matters.

Material is what can mislead when it changes silently: numbers, names, negations, the headline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from archive.sentences import Sentence, split
from archive.textform import collapsed

FIELDS = ("title", "lead", "text")
# Sentences at least this alike (0..1) are one sentence that was changed.
ALIKE = 0.4
# Beyond this many pairs of sentences in one place, likeness is not computed: the places are told.
MAX_PAIRS = 400

NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*\s?%?")
WORD = re.compile(r"[^\W\d_]+(?:[-/.][^\W\d_]+)*")
NEGATION = re.compile(
    r"\b(?:không phải|không|chưa|chẳng|chả|phủ nhận|bác bỏ|phản bác|trái phép|sai sự thật)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Version:
    """The texts of one version of an article."""

    title: str
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change. Spans are [start, end) offsets into the field of the older and the newer version.

    kind      added (``before`` is "", its span is empty), removed (the reverse), changed
    field     title, lead or text
    material  any of numbers, names, negation, headline; empty when only wording changed
    """

    kind: str
    field: str
    before: str
    after: str
    before_span: tuple[int, int]
    after_span: tuple[int, int]
    material: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The form kept in ``Revision.changes``."""
        row = asdict(self)
        for name in ("before_span", "after_span", "material"):
            row[name] = list(row[name])
        return row


def compare(before: Version, after: Version) -> list[Change]:
    """Every change from ``before`` to ``after`` in reading order. White space makes none."""
    changes: list[Change] = []
    for name in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if collapsed(old) == collapsed(new):
            continue
        if name == "title":
            changes.append(_change(name, old, new, _whole(old), _whole(new)))
        else:
            changes += _compare_sentences(name, old, new)
    return changes


def is_material(changes: Iterable[Change]) -> bool:
    """Whether any of ``changes`` is material."""
    return any(change.material for change in changes)


def _compare_sentences(name: str, old: str, new: str) -> Iterator[Change]:
    """Aligned from the same side whichever text is the older: turned round, a change matters as much."""
    if old <= new:
        return _aligned(name, old, new)
    return (_turned(change) for change in _aligned(name, new, old))


def _turned(change: Change) -> Change:
    return replace(
        change,
        kind={"added": "removed", "removed": "added"}.get(change.kind, change.kind),
        before=change.after,
        after=change.before,
        before_span=change.after_span,
        after_span=change.before_span,
    )


def _aligned(name: str, old: str, new: str) -> Iterator[Change]:
    olds, news = split(old), split(new)
    matcher = SequenceMatcher(
        None, [collapsed(s.text) for s in olds], [collapsed(s.text) for s in news], autojunk=False
    )
    at_old = at_new = 0  # where an empty span lies: at the end of what was read so far
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            for left, right in _pairs(olds[i:j], news[k:m]):
                left = left or Sentence(at_old, at_old, "")
                right = right or Sentence(at_new, at_new, "")
                yield _change(name, old, new, left, right)
                at_old, at_new = max(at_old, left.end), max(at_new, right.end)
        at_old = olds[j - 1].end if j else 0
        at_new = news[m - 1].end if m else 0


def _pairs(olds: list[Sentence], news: list[Sentence]) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Old and new sentences of one changed place, joined where they are alike, in order."""
    mates = _mates(olds, news)
    k = 0
    for i, left in enumerate(olds):
        mate = mates.get(i)
        if mate is None:
            yield left, None
            continue
        while k < mate:
            yield None, news[k]
            k += 1
        yield left, news[mate]
        k = mate + 1
    for right in news[k:]:
        yield None, right


def _mates(olds: list[Sentence], news: list[Sentence]) -> dict[int, int]:
    """Index of the new sentence that each old one became; never crossing."""
    if len(olds) * len(news) > MAX_PAIRS:
        return {}
    old_words = [collapsed(s.text).split() for s in olds]
    new_words = [collapsed(s.text).split() for s in news]
    mates: dict[int, int] = {}
    free = 0
    for i, words in enumerate(old_words):
        best, at = ALIKE, -1
        for k in range(free, len(news)):
            alike = SequenceMatcher(None, words, new_words[k], autojunk=False).ratio()
            if alike > best:
                best, at = alike, k
        if at >= 0:
            mates[i] = at
            free = at + 1
    return mates


def _whole(text: str) -> Sentence:
    return Sentence(0, len(text), text)


def _change(name: str, old: str, new: str, left: Sentence, right: Sentence) -> Change:
    kind = "changed" if left.text and right.text else "removed" if left.text else "added"
    return Change(
        kind=kind,
        field=name,
        before=left.text,
        after=right.text,
        before_span=(left.start, left.end),
        after_span=(right.start, right.end),
        material=_material(name, left.text, right.text),
    )


def _material(name: str, before: str, after: str) -> tuple[str, ...]:
    tests: tuple[tuple[str, Callable[[str], Iterable[str]]], ...] = (
        ("numbers", _numbers),
        ("names", _names),
        ("negation", _negations),
    )
    kinds = [kind for kind, found in tests if Counter(found(before)) != Counter(found(after))]
    return tuple([*kinds, "headline"] if name == "title" else kinds)


def _numbers(text: str) -> list[str]:
    return [number.replace(" ", "").rstrip(".,:/") for number in NUMBER.findall(text)]


def _negations(text: str) -> list[str]:
    return [found.lower() for found in NEGATION.findall(collapsed(text))]


def _names(text: str) -> list[str]:
    """Capitalised words but for a sentence's first, which says nothing, and all words in capitals."""
    words = [match.group() for match in WORD.finditer(collapsed(text))]
    return [
        word
        for place, word in enumerate(words)
        if word[0].isupper() and (place > 0 or (len(word) > 1 and word.isupper()))
    ]
