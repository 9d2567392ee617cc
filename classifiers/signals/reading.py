"""An article as the detectors read it: sentences, words, numbers and names, worked out when asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from classifiers.places.text import Prepared, prepare
from classifiers.records import ArticleText, Field, Span
from classifiers.signals.quantities import Quantity, quantities
from provinces.spelling import lowered

MAX_FIELD = 60_000
"""Code points read of one field. Longer texts are no news articles; their rest is left out."""

UPPER = "A-Z" + "".join(c for c in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if c.isupper())
"""Capital letters, for a character class: Vietnamese capitals do not lie side by side."""

MAX_SENTENCE = 1_500
"""A longer stretch without a full stop (a table, a list) is cut, so that nothing takes its square."""
MAX_QUANTITIES = 300
MAX_TITLE_QUANTITIES = 10

_SENTENCE_END = re.compile(rf"[.!?…]+[\"”’'»)\]]*\s+(?=[\"“‘'«(\[]*[{UPPER}\d])|\n+|;\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|T|Ts|TS|GS|PGS|ThS|BS|Th|H|Q|P|X|TX|Tx|TT|St|Mr|Ms|No)|\b[A-ZĐ])\.\s+\Z"
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*%?")
_NAME = re.compile(rf"(?<!\w)[{UPPER}]\w*(?:[ \-–]+[{UPPER}]\w*)+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of one field; offsets into its prepared text."""

    field: Field
    start: int
    end: int
    text: str  # lowered
    cased: str

    @property
    def words(self) -> list[str]:
        """Lowered words and numbers in order."""
        return _WORD.findall(self.text)

    def piece(self, start: int, end: int) -> Sentence:
        """A stretch of it, as a sentence of its own."""
        return Sentence(
            self.field, self.start + start, self.start + end, self.text[start:end], self.cased[start:end]
        )


@dataclass(frozen=True, slots=True)
class Token:
    """A word at ``start``..``end`` of a sentence."""

    word: str
    start: int
    end: int


class Reading:
    """One article, prepared once. Offsets of sentences count in the prepared text of their field."""

    def __init__(self, article: ArticleText) -> None:
        self.article = article

    @cached_property
    def parts(self) -> dict[Field, Prepared]:
        """The prepared text of every field, cut at MAX_FIELD."""
        return {where: prepare(self.article.part(where)[:MAX_FIELD]) for where in Field}

    @cached_property
    def title(self) -> Sentence:
        """The title as one sentence."""
        return self.as_one_sentence(Field.TITLE)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences of lead and text, in order."""
        return tuple(s for where in (Field.LEAD, Field.TEXT) for s in _split(where, self.parts[where]))

    @cached_property
    def body(self) -> str:
        """Lead and text, lowered."""
        return f"{self.parts[Field.LEAD].lowered}\n{self.parts[Field.TEXT].lowered}"

    @cached_property
    def whole(self) -> str:
        """Title, lead and text, lowered."""
        return f"{self.parts[Field.TITLE].lowered}\n{self.body}"

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words of lead and text, lowered."""
        return frozenset(_WORD.findall(self.body))

    @cached_property
    def bigrams(self) -> frozenset[tuple[str, str]]:
        """Pairs of neighbouring words within a sentence of lead or text."""
        return frozenset(pair for s in self.sentences for words in (s.words,) for pair in pairwise(words))

    @cached_property
    def title_quantities(self) -> tuple[Quantity, ...]:
        """Numbers of the title with what they count."""
        found = quantities(self.title.text[:MAX_SENTENCE], after_colon=False)
        return tuple(found)[:MAX_TITLE_QUANTITIES]

    @cached_property
    def quantities(self) -> tuple[tuple[Sentence, Quantity], ...]:
        """Numbers of lead and text with what they count; offsets into their sentence."""
        found = ((s, q) for s in self.sentences for q in quantities(s.text))
        return tuple(islice(found, MAX_QUANTITIES))

    @cached_property
    def spoken(self) -> tuple[tuple[Token, ...], ...]:
        """The words of every sentence of lead and text with their places, in order."""
        return tuple(tuple(tokens_of(s.text)) for s in self.sentences)

    @cached_property
    def spoken_pairs(self) -> tuple[frozenset[tuple[str, str]], ...]:
        """Neighbouring words of every sentence, as ``spoken`` has them."""
        return tuple(frozenset(pairwise([t.word for t in words])) for words in self.spoken)

    @cached_property
    def all_spoken_pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring words of any sentence."""
        return frozenset(pair for pairs in self.spoken_pairs for pair in pairs)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of two words and more in lead and text, lowered, without a sentence's first word."""
        return frozenset(name for s in self.sentences for name in names_in(s))

    def as_one_sentence(self, where: Field) -> Sentence:
        """A whole field, for what runs over sentences."""
        part = self.parts[where]
        return Sentence(where, 0, len(part.cased), part.lowered, part.cased)

    def span(self, sentence: Sentence, start: int, end: int) -> Span:
        """The span of a stretch of a sentence, in the article as given."""
        part = self.parts[sentence.field]
        begin, stop = part.given_span(sentence.start + start, sentence.start + end)
        return Span(sentence.field, begin, stop, self.article.part(sentence.field)[begin:stop])

    def whole_span(self, sentence: Sentence) -> Span:
        """The span of a whole sentence."""
        return self.span(sentence, 0, len(sentence.text))


_TOKEN = re.compile(r"\w+(?:[.,/\-]\d+)*%?")
_COMPOUND = re.compile(
    r"\bkhông (?=quân|khí|gian|lực|người lái|tải|dân|phận|chỉ |những |riêng )|\bchưa (?=thành niên)"
)
"""Words that hold "không" or "chưa" without denying anything."""


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a stretch of lowered text; "không quân" begins with no negation."""
    stop = len(text) if end is None else end
    text = _COMPOUND.sub(lambda match: match.group().rstrip() + "_", text)
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, stop)]


def words_of(text: str) -> list[str]:
    """Words and numbers of a lowered text."""
    return _WORD.findall(text)


def names_in(sentence: Sentence) -> list[str]:
    """Names in a sentence, lowered. A capital at its very beginning counts only inside a longer name."""
    found = []
    for match in _NAME.finditer(sentence.cased):
        parts = match.group().split()
        if match.start() == 0 and len(parts) > 2:
            parts = parts[1:]
        if len(parts) > 1:
            found.append(lowered(" ".join(parts)))
    return found


def _split(where: Field, part: Prepared) -> list[Sentence]:
    sentences = []
    start = 0
    text = part.cased
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text, max(start, match.end() - 6), match.end()):
            continue
        sentences.append((start, match.end()))
        start = match.end()
    sentences.append((start, len(text)))
    found = []
    for begin, end in _shortened(sentences, text):
        while end > begin and text[end - 1].isspace():
            end -= 1
        while begin < end and text[begin].isspace():
            begin += 1
        if end > begin:
            found.append(Sentence(where, begin, end, part.lowered[begin:end], text[begin:end]))
    return found


def _shortened(sentences: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    found = []
    for begin, end in sentences:
        while end - begin > MAX_SENTENCE:
            cut = text.rfind(" ", begin + MAX_SENTENCE // 2, begin + MAX_SENTENCE)
            cut = cut + 1 if cut > 0 else begin + MAX_SENTENCE
            found.append((begin, cut))
            begin = cut
        found.append((begin, end))
    return found
