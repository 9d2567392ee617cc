"""S7: words in quotation marks that another article gives with the opposite sense or another number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from classifiers.signals.calibration import score
from classifiers.signals.quote_changes import changed, ends_otherwise
from classifiers.signals.quotes import Speaker, has_words, nearest, quotes_of, sentences_in, utterances
from classifiers.signals.reading import Reading, Sentence, Token, tokens_of
from classifiers.signals.records import RelatedArticle, SignalContext, SignalFinding
from classifiers.signals.senses import turned

INNOCENT = (
    "Người nói có thể đã phát biểu hai lần khác nhau.",
    "Bản ghi của phía kia có thể chưa chính xác hoặc đã biên tập.",
    "Câu trích có thể được rút gọn mà không đổi ý.",
)
MIN_WORDS, MAX_WORDS = 7, 160
FEWEST_WORDS = 5
SURE_SHARE = 0.6
"""Of a quote's word pairs, from which the same person said it, whatever else the reports tell."""
MIN_RATIO = 0.72
"""Share of words in common from which two stretches are taken for the same utterance."""
SURE_RATIO = 0.85
"""From here on it is the same utterance even if the articles have little else in common."""

MAX_OPENINGS = 4
_CLAUSE = re.compile(r"[.!?;]+(?=\s|\Z)|\[\.\.\.\]|…|\.\.\.|, (?=(?:nhưng|còn|song|tuy|mà)\b)|(?<=[^\d]), ")
_TOKEN = re.compile(r"\w+(?:[.,/\-]\d+)*%?")
_CONDITION = re.compile(r"\b(?:nếu|khi nào|với điều kiện|trong trường hợp|chỉ khi)\b[^.;!?]{5,150}\bthì \Z")


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quote at start..end of a field, and the reports that know of whoever says it."""

    sentence: Sentence
    start: int
    end: int
    speaker: Speaker
    beside: tuple[RelatedArticle, ...]

    @classmethod
    def of(cls, sentence: Sentence, start: int, end: int, context: SignalContext) -> _Quote:
        speaker = Speaker.near(sentence, start, end)
        beside = (r for r in context.related if not speaker.absent_from(context.reading_of(r).whole))
        return cls(sentence, start, end, speaker, tuple(beside))


@dataclass(frozen=True)
class QuoteMismatch:
    """Detector of S7. Needs related articles; images are out of its reach."""

    signal: str = "S7"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """Quotes of the target that a related article gives differently."""
        if not context.related:
            return []
        found: list[SignalFinding] = []
        for sentence, start, end in quotes_of(target):
            known = len(found)
            quote = _Quote.of(sentence, start, end, context)
            for clause_start, clause_end in _clauses(sentence.text, start, end):
                finding = self._compare(target, quote, clause_start, clause_end, context)
                if finding is not None:
                    found.append(finding)
            if len(found) == known:
                turned_one = self._turned(target, quote, context)
                found += [turned_one] if turned_one is not None else []
        return _one_per_place(found)[:5]

    def _turned(self, target: Reading, quote: _Quote, context: SignalContext) -> SignalFinding | None:
        """What the same speaker says with the same words and another sense, however it was shortened."""
        sentence = quote.sentence
        whole = (quote.start, quote.end)
        pieces = [
            (begin, stop, said)
            for begin, stop in utterances(sentence.text, *whole)
            if len(said := tokens_of(sentence.text, begin, stop)) <= MAX_WORDS
        ]
        given = [self._given(said, context) for _, _, said in pieces]
        parts = [known for known, piece in zip(given, pieces, strict=True) if piece[:2] != whole]
        if parts and all(parts):
            return None  # every sentence is somebody's; only what stands between them was left out
        for (begin, stop, said), known in zip(pieces, given, strict=True):
            if known or len(said) < FEWEST_WORDS:
                continue
            sentences = sentences_in(sentence.text, begin, stop)
            for related in quote.beside:
                other = context.reading_of(related)
                found = nearest(said, other, quote.speaker, sentences)
                if found is None:
                    continue
                share, place = found
                if share < SURE_SHARE and not context.overlap_of(target, related).same_news:
                    continue
                ours = sentence.text[said[0].start : said[-1].end]
                if turned(ours, place.text) or (any(parts) and ends_otherwise(ours, place.text)):
                    return SignalFinding(
                        self.signal,
                        "quote",
                        target.span(sentence, said[0].start, said[-1].end),
                        related.says(other.whole_span(place).text),
                        score("S7.quote"),
                        INNOCENT,
                    )
        return None

    def _given(self, said: list[Token], context: SignalContext) -> bool:
        """Whether any report gives the very same words."""
        return any(has_words(context.reading_of(related), said) for related in context.related)

    def _compare(
        self, target: Reading, quote: _Quote, start: int, end: int, context: SignalContext
    ) -> SignalFinding | None:
        sentence = quote.sentence
        said = tokens_of(sentence.text, start, end)
        if not MIN_WORDS <= len(said) <= MAX_WORDS:
            return None
        flipped = None
        for related in quote.beside:
            other = context.reading_of(related)
            match = _closest(said, other)
            if match is None:
                continue
            place, window, ratio = match
            if ratio < SURE_RATIO and not context.overlap_of(target, related).same_news:
                continue
            if ratio >= MIN_RATIO and _without_condition(said, place, window):
                flipped = flipped or (related, other, place, window)
                continue
            if [t.word for t in window] == [t.word for t in said]:
                return None  # somebody gives the very same words
            if ratio >= MIN_RATIO and changed(said, window):
                flipped = flipped or (related, other, place, window)
        if flipped is None:
            return None
        related, other, place, window = flipped
        conditional = _without_condition(said, place, window)
        text = other.span(place, 0 if conditional else window[0].start, window[-1].end)
        return SignalFinding(
            self.signal,
            "quote",
            target.span(sentence, said[0].start, said[-1].end),
            related.says(text.text),
            score("S7.quote"),
            INNOCENT,
        )


def _one_per_place(found: list[SignalFinding]) -> list[SignalFinding]:
    """A quote that the title repeats is one finding: the longer one."""
    kept: list[SignalFinding] = []
    for finding in sorted(found, key=lambda f: -(f.span.end - f.span.start)):
        words = set(_TOKEN.findall(finding.span.text.lower()))
        if not any(len(words & set(_TOKEN.findall(k.span.text.lower()))) >= 0.8 * len(words) for k in kept):
            kept.append(finding)
    return [finding for finding in found if any(finding is one for one in kept)]


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a quote; a short one is joined to the next."""
    borders = [start]
    for match in _CLAUSE.finditer(text, start, end):
        if len(_TOKEN.findall(text, borders[-1], match.start())) >= MIN_WORDS:
            borders.append(match.end())
    if len(borders) > 1 and len(_TOKEN.findall(text, borders[-1], end)) < MIN_WORDS:
        tail = borders.pop()
        # A short last sentence may be missing on the other side: the one before is tried alone, too.
        return [*zip(borders, [*borders[1:], tail], strict=True), (borders[-1], end)]
    return list(zip(borders, [*borders[1:], end], strict=True))


def _closest(said: list[Token], other: Reading) -> tuple[Sentence, list[Token], float] | None:
    """The stretch of another article that resembles the quote most."""
    words = [t.word for t in said]
    pairs = set(pairwise(words))
    best: tuple[Sentence, list[Token], float] | None = None
    least = max(3, len(pairs) // 3)
    for sentence, spoken, their_pairs in zip(other.sentences, other.spoken, other.spoken_pairs, strict=True):
        if len(pairs & their_pairs) < least:
            continue
        theirs = list(spoken)
        hits = [i for i in range(len(theirs) - 1) if (theirs[i].word, theirs[i + 1].word) in pairs]
        first, last = _densest(hits, len(said) + 4)
        windows = [theirs[max(0, first - 3) : last + 5]]
        windows += [theirs[i : i + len(said) + 5] for i in _openings(sentence.text, theirs)]
        for window in windows:
            trimmed, ratio = _align(words, window)
            if trimmed and (best is None or ratio > best[2]):
                best = (sentence, trimmed, ratio)
    return best


def _openings(text: str, words: list[Token]) -> list[int]:
    """Where quotes begin: the speaker's title before one may have the same words."""
    return [
        i
        for i in range(1, len(words))
        if any(mark in text[words[i - 1].end : words[i].start] for mark in '"“«:')
    ][:MAX_OPENINGS]


def _densest(hits: list[int], width: int) -> tuple[int, int]:
    best = (hits[0], hits[0])
    most = 0
    left = 0
    for right, value in enumerate(hits):
        while value - hits[left] > width:
            left += 1
        if right - left + 1 > most:
            most = right - left + 1
            best = (hits[left], value)
    return best


def _align(words: list[str], window: list[Token]) -> tuple[list[Token], float]:
    matcher = SequenceMatcher(None, words, [t.word for t in window], autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    if not blocks:
        return [], 0.0
    lead = blocks[0].a  # words before the first match may be what was changed
    first = max(0, blocks[0].b - lead)
    tail = len(words) - blocks[-1].a - blocks[-1].size
    last = min(len(window), blocks[-1].b + blocks[-1].size + tail)
    trimmed = window[first:last]
    return trimmed, SequenceMatcher(None, words, [t.word for t in trimmed], autojunk=False).ratio()


def _without_condition(said: list[Token], place: Sentence, window: list[Token]) -> bool:
    """Whether the other side says it under a condition ("nếu … thì") that the quote leaves out."""
    if any(t.word in {"nếu", "khi"} for t in said) or said[0].word != window[0].word:
        return False
    return bool(_CONDITION.search(place.text[: window[0].start]))
