"""S7: words in quotation marks that another article gives with the opposite sense or another number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, takewhile

from classifiers.signals.calibration import score
from classifiers.signals.meanings import senses
from classifiers.signals.opposites import OPPOSITE_WORDS, all_for_a_share, opposed
from classifiers.signals.quotes import Speaker, has_words, nearest, quotes_of, sentences_in, utterances
from classifiers.signals.reading import Reading, Sentence, Token, tokens_of, words_of
from classifiers.signals.records import RelatedArticle, SignalContext, SignalFinding
from classifiers.signals.senses import turned
from classifiers.signals.wording import DENIALS, SMALL_NUMBERS, content_words, word_set

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

SAME_WORDS = 0.8
FEW_NUMBERS = 3
FEW_TURNED = 2
MAX_OPENINGS = 4
MANY_SAME, MOSTLY_SAME = 8, 0.7
"""Words that must be the same around a thing that was put in the place of another, and their share."""
LONGEST_THING, FEWEST_OF_THING = 4, 2
SAME_BEGINNING, FEWEST_OF_END = 4, 3
_SCALES = frozenset({"nghìn", "ngàn", "triệu", "tỷ", "tỉ"})
"""Beside these the same number may be written in other digits: 510.000 and 510 nghìn."""

_CLAUSE = re.compile(r"[.!?;]+(?=\s|\Z)|\[\.\.\.\]|…|\.\.\.|, (?=(?:nhưng|còn|song|tuy|mà)\b)|(?<=[^\d]), ")
_TOKEN = re.compile(r"\w+(?:[.,/\-]\d+)*%?")


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
                if turned(ours, place.text) or (any(parts) and _other_end(ours, place.text)):
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
            if ratio >= MIN_RATIO and _changed(said, window):
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


_CONDITION = re.compile(r"\b(?:nếu|khi nào|với điều kiện|trong trường hợp|chỉ khi)\b[^.;!?]{5,150}\bthì \Z")


def _without_condition(said: list[Token], place: Sentence, window: list[Token]) -> bool:
    """Whether the other side says it under a condition ("nếu … thì") that the quote leaves out."""
    if any(t.word in {"nếu", "khi"} for t in said) or said[0].word != window[0].word:
        return False
    return bool(_CONDITION.search(place.text[: window[0].start]))


def _changed(said: list[Token], theirs: list[Token]) -> bool:
    """Whether what differs turns the sense or a number, and not merely shortens or rewords."""
    a, b = [t.word for t in said], [t.word for t in theirs]
    if sum(w not in b for w in a) > 3 + len(a) // 8:
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # Figures in two lists look alike; in one utterance all but the figure is the same.
    alike = matcher.ratio() >= SAME_WORDS and sum(bool(_numbers([w])) for w in a) <= FEW_NUMBERS
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = a[i:j], b[k:m]
        if len(gone) > 4 or len(come) > 4:
            continue
        ours, their = _numbers(gone), _numbers(come)
        if ours and their and ours != their and alike and not {*gone, *come} & _SCALES:
            return True
        if i == 0 and j == len(a):
            continue
        denied, theirs_denied = _negations(gone), _negations(come)
        # Only the word that turns the sense may differ; with more it is another wording.
        gone, come = _telling(gone), _telling(come)
        small = len(gone) - denied <= 1 and len(come) - theirs_denied <= 1
        if denied != theirs_denied and small and ((i > 0 and j < len(a)) or len(gone) == len(come)):
            return True
        # What is under way may be done in a later report, but not the other way round.
        if small and "đã" in gone and "đang" in come:
            return True
        if small and any(frozenset((x, y)) in OPPOSITE_WORDS for x in gone for y in come):
            return True
        ours_here, theirs_here = " ".join(a[i:j]), " ".join(b[k:m])
        # Where more words differ, only in an utterance that is otherwise the same.
        little = max(j - i, m - k) <= FEW_TURNED
        if (alike or little) and (opposed(ours_here, theirs_here) or all_for_a_share(ours_here, theirs_here)):
            return True
    return _other_party(a, b, matcher)


def _other_end(ours: str, theirs: str) -> bool:
    """Whether two sentences begin with the same words and then say what has nothing in common; only where the
    sentence beside it is the very same.
    """
    a, b = words_of(ours), words_of(theirs)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    if same < SAME_BEGINNING or min(len(a), len(b)) - same < FEWEST_OF_END:
        return False
    return not set(content_words(a[same:])) & set(content_words(b[same:]))


def _other_party(ours: list[str], theirs: list[str], matcher: SequenceMatcher[str]) -> bool:
    """Whether one party stands in the place of another and all else is the same: "phía dân phòng" and "phía
    nhóm thanh niên". Other words are left alone: outlets edit what is said.
    """
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    same = sum(block.size for block in matcher.get_matching_blocks())
    if same < MANY_SAME or same < MOSTLY_SAME * len(ours):
        return False
    inner = [(i, j, k, m) for tag, i, j, k, m in changed if tag == "replace" and i > 0 and j < len(ours)]
    if len(inner) != 1 or any(tag != "replace" and i > 0 and j < len(ours) for tag, i, j, _, _ in changed):
        return False
    i, j, k, m = inner[0]
    if j - i > LONGEST_THING or m - k > LONGEST_THING:
        return False
    gone, come = senses(" ".join(ours[i:j])), senses(" ".join(theirs[k:m]))
    if len(gone) < FEWEST_OF_THING or len(come) < FEWEST_OF_THING or gone & come:
        return False
    return bool(_PARTY.search(" ".join(ours[i:j])) and _PARTY.search(" ".join(theirs[k:m])))


_PARTY = re.compile(
    r"\b(?:dân phòng|thanh niên|hành khách|bảo vệ|tài xế|lái xe|phụ xe|học sinh|sinh viên|phụ huynh|"
    r"giáo viên|"
    r"nhà thầu|chủ đầu tư|nhà đầu tư|người mua|người bán|nạn nhân|gia đình|bệnh nhân|bác sĩ|công nhân|"
    r"chủ sử dụng|"
    r"người lao động|ngư dân|nông dân|thương lái|kiểm lâm|lâm tặc|cảnh sát|công an|bộ đội|chủ tàu|chủ xe|"
    r"nhà xe|"
    r"hộ kinh doanh|tiểu thương|khách hàng|ngân hàng|người vay|xã|huyện|tỉnh|phường|sở|bộ|trung ương|"
    r"địa phương|"
    r"doanh nghiệp|người dân|cán bộ)\b"
)
"""Who may be meant: put in another's place they turn who did it or who is to blame."""
_FILLERS = word_set("tiến hành thì là mà rất cũng cả chỉ được hiện vẫn thể chắn bộ lớn số")


def _telling(words: list[str]) -> list[str]:
    """The words without those that may come and go in the same utterance."""
    return [word for word in words if word not in _FILLERS]


def _numbers(words: list[str]) -> list[str]:
    """The numbers among the words, whether spelled, dotted or written to their unit ("21ha")."""
    found = []
    for word in words:
        if word in SMALL_NUMBERS:
            found.append(str(SMALL_NUMBERS.index(word) + 1))
        plain = word.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+\D*", word) else word
        found += re.findall(r"\d+", plain)
    return found


def _negations(words: list[str]) -> int:
    return sum(w in DENIALS for w in words)
