"""The surroundings of a quantity: its clause, its sentence, the quantities beside it, the other field."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from classifiers.figures.numbers.quantity import Quantity
from classifiers.places.text import Prepared
from classifiers.records import Field

_SENTENCE_END = re.compile(r"[.!?…](?=[\s”\"')]|$)|\.(?=[^\W\d_])|\n")
_LIST_NUMBER = re.compile(r"\s*(?:mục |phần |điều |câu |điểm )?(?:\d{1,2}|[ivx]{1,4}|[a-đ])[.)]\s*")
_LABELLED = ("(", ":", "–", "—", "|")  # "cả nước (42%)" and "Độ che phủ rừng: 57,3%" are one clause
_LONGEST = 800  # characters of a sentence
# "xã, phường", "huyện, thành phố", "sở, ban, ngành" name one thing.
_UNITS_LISTED = (
    r"(?!(?:(?<=xã,)|(?<=huyện,)|(?<=phường,)|(?<=thị trấn,)|(?<=sở,)|(?<=ban,))"
    r" (?:phường|thị trấn|thị xã|thành phố|ban|ngành)(?!\w))"
)
_CLAUSE_END = re.compile(
    rf"[;:|()“”\"–—]|(?<!\d),{_UNITS_LISTED}|(?<=\d),(?!\d)(?! \d(?:$|[^\d.,]|[.,](?!\d)))"
    r"|(?<!\w)(?:trong khi|nhưng|song|thế nhưng|trong đó|tuy)(?!\w)"
)


@dataclass(frozen=True)
class Context:
    """Where a quantity stands. All offsets are into ``prepared`` texts of its field.

    left, right   between the neighbouring quantities or clause ends and this one
    clause        start and end of the clause
    sentence      start and end of the sentence
    sentences     all sentences of the field
    number        which of the sentences it stands in
    other         where to look when the field does not say: a title's body (its start), a body's title;
                  other_cased: the same as written
    """

    field: Field
    prepared: Prepared
    quantity: Quantity
    left: tuple[int, int]
    right: tuple[int, int]
    clause: tuple[int, int]
    sentence: tuple[int, int]
    number: int
    sentences: tuple[tuple[int, int], ...]
    other: str
    other_cased: str
    published: date
    previous_end: int | None  # where the quantity before it ends

    def text(self, span: tuple[int, int]) -> str:
        """Lower-case text of a span."""
        return self.prepared.lowered[span[0] : span[1]]

    def cased(self, span: tuple[int, int]) -> str:
        """The same text as written."""
        return self.prepared.cased[span[0] : span[1]]

    @property
    def leads_its_sentence(self) -> bool:
        """Whether no other quantity stands before this one in its sentence."""
        return (self.previous_end or 0) <= self.sentence[0]

    @property
    def before_in_sentence(self) -> tuple[int, int]:
        """From the sentence's start to the quantity."""
        return self.sentence[0], self.quantity.start

    @property
    def after_in_sentence(self) -> tuple[int, int]:
        """From the quantity to the sentence's end."""
        return self.quantity.end, self.sentence[1]

    @property
    def next_words(self) -> list[str]:
        """Up to five words right after the quantity, "" for a clause end."""
        words = []
        end = min(self.clause[1] + 1, max(self.sentence[1], self.quantity.end))
        for token in re.finditer(r"[^\W\d_]+|\S", self.text((self.quantity.end, end))):
            words.append(token.group() if token.group()[0].isalpha() else "")
            if not words[-1] or len(words) == 5:
                break
        return words or [""]


def split(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Spans between the matches of ``pattern``; together they cover the text."""
    spans = []
    start = 0
    for match in pattern.finditer(text):
        if _inside_number(text, match.start()):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [piece for span in spans for piece in _pieces(text, *span)]


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A span cut at spaces into pieces no sentence is longer than; text without punctuation stays linear."""
    pieces = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST) + 1
        cut = cut if cut > start else start + _LONGEST
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)] if end > start else pieces


def _inside_number(text: str, place: int) -> bool:
    return 0 < place < len(text) - 1 and text[place - 1].isdigit() and text[place + 1].isdigit()


def contexts(
    field: Field, prepared: Prepared, quantities: Sequence[Quantity], other: Prepared, published: date
) -> list[Context]:
    """The context of every quantity of a field."""
    text = prepared.lowered
    sentences = _with_their_numbers(text, split(text, _SENTENCE_END))
    known = other.lowered[: _looked_at(other.lowered, field)]
    found = []
    starts = [start for start, _ in sentences]
    for place, quantity in enumerate(quantities):
        number = max(0, bisect_right(starts, quantity.start) - 1)
        sentence = sentences[number]
        inner = text[sentence[0] : sentence[1]]
        cuts = [sentence[0], *(sentence[0] + m.start() for m in _CLAUSE_END.finditer(inner)), sentence[1]]
        clause = (
            max((cut for cut in cuts if cut <= quantity.start), default=sentence[0]),
            min((cut for cut in cuts if cut >= quantity.end), default=sentence[1]),
        )
        if text[clause[0] : quantity.start].strip() in _LABELLED:
            clause = (max((cut for cut in cuts if cut < clause[0]), default=sentence[0]), clause[1])
        previous = quantities[place - 1].end if place else 0
        joint = text.rfind(" và ", previous, quantity.start) if place else -1
        following = quantities[place + 1].start if place + 1 < len(quantities) else len(text)
        found.append(
            Context(
                field=field,
                prepared=prepared,
                quantity=quantity,
                left=(max(clause[0], previous, joint), quantity.start),
                right=(quantity.end, _right_end(text, quantity.end, clause[1], following)),
                clause=clause,
                sentence=sentence,
                number=number,
                sentences=tuple(sentences),
                other=known,
                other_cased=other.cased[: len(known)],
                published=published,
                previous_end=previous or None,
            )
        )
    return found


def _with_their_numbers(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences with the "1." or "Mục 4." of their list, which is none of its own."""
    joined: list[tuple[int, int]] = []
    for start, end in sentences:
        numbered = joined and _LIST_NUMBER.fullmatch(text[joined[-1][0] : joined[-1][1]])
        if numbered and "\n" not in text[start - 1 : start]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _right_end(text: str, start: int, clause_end: int, following: int) -> int:
    """Where the words behind a figure end: with its clause, or where "và" leads to the next figure."""
    if following >= clause_end:
        return max(start, clause_end)
    joint = text.rfind(" và ", start, following)
    return joint if joint >= start else max(start, following)


def _looked_at(text: str, field: Field) -> int:
    """How much of the other field is looked at: a whole title, but of a body only the first two sentences."""
    if field is not Field.TITLE:
        return len(text)
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if not _inside_number(text, match.start())]
    return ends[1] if len(ends) > 1 else len(text)
