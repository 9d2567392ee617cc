"""Choosing sentences: what many texts say, in their own words. Nothing is ever rephrased.

TextRank (Mihalcea & Tarau 2004) over TF-IDF vectors of syllables and their pairs, with a bonus for the
lead, and maximal marginal relevance (Carbonell & Goldstein 1998) against saying a thing twice.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive import sentences
from briefings.content import ArticleSource

Floats = NDArray[np.float64]

SHORTEST, LONGEST = 40, 420  # characters of a sentence that can stand alone
BRIEF = 180  # characters of one that is read at a glance
PER_ARTICLE = 40  # sentences that are considered: news says first what matters
DAMPING, ROUNDS = 0.85, 40
LEAD_BONUS = 1.6
SAID_BEFORE = 0.9  # likeness from which a sentence is another outlet's
_WORD = re.compile(r"[^\W_]+")
# Words that stand in nearly every sentence and tell nothing of what it is about.
_PLAIN = frozenset(
    {"và", "của", "là", "có", "các", "những", "một", "được", "cho", "trong", "với", "không", "đã", "này"}
    | {"khi", "để", "tại", "từ", "đến", "ra", "vào", "về", "người", "ở", "theo", "trên", "cũng", "như"}
    | {"bị", "thì", "mà", "sẽ", "đó", "còn", "do", "nên", "rất", "sau", "năm", "ngày"}
)
_CREDIT = re.compile(r"^(ảnh|theo|nguồn|tin|bài|video|xem thêm|>>)\b[^.]{0,60}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a revision. ``place``: how many sentences of the article stand before it."""

    article: int
    revision: int
    field: str
    start: int
    end: int
    text: str
    place: int

    @property
    def source(self) -> ArticleSource:
        """Where it stands."""
        return ArticleSource.model_validate(
            {
                "article": self.article,
                "revision": self.revision,
                "field": self.field,
                "start": self.start,
                "end": self.end,
            }
        )


def candidates(article: int, revision: int, parts: Mapping[str, str]) -> list[Candidate]:
    """Sentences of lead and text that can stand alone, in reading order; those said twice once."""
    found: list[Candidate] = []
    seen: set[str] = set()
    for name in ("lead", "text"):
        for sentence in sentences.split(parts[name]):
            if len(found) == PER_ARTICLE:
                return found
            if not SHORTEST <= len(sentence.text) <= LONGEST or sentence.text in seen:
                continue
            if _CREDIT.match(sentence.text):
                continue
            seen.add(sentence.text)
            found.append(
                Candidate(article, revision, name, sentence.start, sentence.end, sentence.text, len(found))
            )
    return found


def brief(rows: Sequence[Candidate]) -> Sequence[Candidate]:
    """Those that are read at a glance; all where there are none."""
    return [row for row in rows if len(row.text) <= BRIEF] or rows


def vectors(texts: Sequence[str]) -> Floats:
    """TF-IDF rows of length one (zero for a text without words)."""
    counts = [_terms(text) for text in texts]
    spread = Counter(term for row in counts for term in row)
    kept = {term: place for place, term in enumerate(sorted(spread))}
    table = np.zeros((len(texts), max(1, len(kept))))
    for place, row in enumerate(counts):
        for term, count in row.items():
            weight = np.log((1 + len(texts)) / (1 + spread[term])) + 1
            table[place, kept[term]] = (1 + np.log(count)) * weight
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    scaled: Floats = np.divide(table, lengths, out=np.zeros_like(table), where=lengths > 0)
    return scaled


def rank(rows: Sequence[Candidate], table: Floats) -> Floats:
    """How central each sentence is, those at the head of their article more so. Sums to about one."""
    alike = table @ table.T
    np.fill_diagonal(alike, 0.0)
    alike[alike < 0.05] = 0.0
    totals = alike.sum(axis=1, keepdims=True)
    even = np.full_like(alike, 1.0 / len(rows))
    moves = np.divide(alike, totals, out=even, where=totals > 0)
    start = np.array([LEAD_BONUS if row.field == "lead" else 1.0 / (1 + 0.15 * row.place) for row in rows])
    start = start / start.sum()
    scores = start.copy()
    for _ in range(ROUNDS):
        scores = (1 - DAMPING) * start + DAMPING * (moves.T @ scores)
    return np.asarray(scores * (start / start.max()) ** 0.25)


def choose(rows: Sequence[Candidate], count: int, *, apart: float = 0.6) -> list[Candidate]:
    """The ``count`` sentences that say most, none of them like another by more than ``apart``."""
    if not rows:
        return []
    table = vectors([row.text for row in rows])
    scores = rank(rows, table)
    order = sorted(range(len(rows)), key=lambda place: (-round(float(scores[place]), 12), place))
    chosen: list[int] = []
    for place in order:
        if len(chosen) == count:
            break
        if all(float(table[place] @ table[other]) <= apart for other in chosen):
            chosen.append(place)
    return [rows[place] for place in chosen]


def distinctive(own: Sequence[Candidate], others: Sequence[Candidate]) -> Candidate | None:
    """The sentence of an outlet's own that the others say least: its angle; None: it has none."""
    if not own:
        return None
    if not others:
        return choose(own, 1)[0]
    table = vectors([row.text for row in (*own, *others)])
    mine, theirs = table[: len(own)], table[len(own) :]
    shared = (mine @ theirs.T).max(axis=1)
    central = rank(own, mine)
    best = max(
        range(len(own)),
        key=lambda place: (round(float(central[place] * (1.0 - shared[place])), 12), -place),
    )
    return own[best] if float(shared[best]) < SAID_BEFORE else None


def _terms(text: str) -> Counter[str]:
    words = [word for word in _WORD.findall(text.casefold()) if not word.isdigit()]
    single = [word for word in words if word not in _PLAIN]
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(words) if a not in _PLAIN and b not in _PLAIN]
    return Counter(single + pairs)
