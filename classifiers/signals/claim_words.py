"""The words of a notice that count when a later report is held against it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from classifiers.signals.corrected_report import pieces_of, sentence_of
from classifiers.signals.correction_words import (
    CLASSIFIERS,
    DENYING,
    LACKED,
    LACKING,
    MISTAKE,
    NAMED_SO,
    PERSON,
    SOURCE,
    WHAT_IT_IS,
)
from classifiers.signals.meanings import ACTS, senses, weight
from classifiers.signals.notice_figures import equal, figures, fractions
from classifiers.signals.notices import Notice, telling_words
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import words_of
from classifiers.signals.wording import STOP

LEAST_OF_A_CLAUSE, LEAST_WORDS = 3, 2
MOSTLY_SO = 0.5
"""Share of the words by which a notice says what a number is that make a sentence say so."""
FAR = 1.15
"""So many times a number is more than its rounding or a later count."""
MOST_AHEAD = 4
"""Words ahead of a name that may say what it names."""


@dataclass(frozen=True, slots=True)
class Said:
    """One wording of a claim: content words, those without names (``telling``), numbers, all words."""

    text: str
    words: frozenset[str]
    telling: frozenset[str]
    numbers: frozenset[float] = frozenset()
    spoken: frozenset[str] = frozenset()


def claimed_texts(notice: Notice, named: frozenset[str]) -> list[str]:
    """The wordings of a claim: the old headline, how the notice retells it, what it denies."""
    texts = list(notice.told)
    for phrase in notice.denied:
        told = telling_words(phrase) - named
        if weight(told) >= LEAST_OF_A_CLAUSE:
            texts.append(phrase)
        elif told & ACTS:
            texts.append(f"{phrase} {notice.title}")
    return texts


def sayings(texts: list[str], named: frozenset[str]) -> tuple[Said, ...]:
    """Wordings of a claim with what they have, but for those that hardly say more than names."""
    return tuple(
        Said(
            text,
            words,
            words - named,
            frozenset(q.value for q in figures(text)),
            frozenset(words_of(text)),
        )
        for text in dict.fromkeys(texts)
        if weight((words := telling_words(text)) - named) + bool(LACKING.search(text)) >= LEAST_WORDS
    )


def words_of_names(names: frozenset[str], told: str) -> frozenset[str]:
    """The words of names and of what is so named: "bệnh viện" before "Sản Nhi"."""
    found = {word for name in names for word in senses(name)}
    for name in names:
        for place in re.finditer(re.escape(name), told):
            so = NAMED_SO.search(told, max(0, place.start() - 60), place.start())
            found |= senses(f"{so.group()}{name}") | senses(so.group()) if so else frozenset()
    return frozenset(found)


def far_from(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers differ by more than rounding or a later count would explain."""
    low, high = sorted((one.value, other.value))
    return high > FAR * low


def thing_of(quantity: Quantity, *, printed: bool) -> frozenset[str]:
    """What a sum of money is for: the words behind its unit.

    In a notice (not ``printed``) only up to one that goes on: "4,2 triệu đồng là của một trung tâm".
    """
    if quantity.unit[:1] != ("đồng",):
        return frozenset()
    behind = quantity.unit[1:]
    words = behind if printed else takewhile(lambda word: word not in STOP, behind)
    return senses(" ".join(words)) - {"tiền"}


def unit_of(quantity: Quantity) -> str:
    """The words behind a number that only name what is counted."""
    return " ".join(quantity.unit[: 1 + (quantity.unit[:1] != () and quantity.unit[0] in CLASSIFIERS)])


def right_words(notice: Notice) -> frozenset[str]:
    """The words of what the notice says is so: its sentences without what it denies and how it came about."""
    pieces = [piece for piece in pieces_of(notice.statement) if not MISTAKE.search(piece)]
    text = SOURCE.sub(" ", ". ".join(pieces))
    for phrase in notice.denied:
        text = text.replace(phrase, " ")
    return telling_words(text)


def clause_of(statement: str, quantity: Quantity) -> str:
    """The part between commas that has the number and says what it counts; else the whole sentence."""
    sentence = sentence_of(statement, quantity)
    for clause in sentence.split(", "):
        if weight(telling_words(clause)) >= LEAST_OF_A_CLAUSE and any(
            q.value == quantity.value for q in figures(clause)
        ):
            return clause
    return sentence


def any_denied(text: str, words: frozenset[str]) -> bool:
    """Whether a sentence denies any of the words: it gives what is right."""
    return any(
        len(set(words_of(found["what"] or found["act"])) & words) * (1 if found["what"] else 2)
        >= len(words) / 2
        for found in DENYING.finditer(text)
        if set(words_of(found["what"] or found["act"])) & words
    )


def lacks(text: str, words: frozenset[str]) -> bool:
    """Whether a lowered sentence says that any of the words is not there: "không có bác sĩ"."""
    return any(senses(found["what"]) & words for found in LACKED.finditer(text)) or "HALT" in senses(text)


def clause_at(text: str, at: int) -> str:
    """The part between commas that a place of a lowered sentence lies in."""
    start = max(text.rfind(", ", 0, at), text.rfind("; ", 0, at), 0)
    ends = [end for mark in (", ", "; ") if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]


def called_alike(text: str, notice: str, names: frozenset[str]) -> frozenset[str]:
    """Words ahead of a name in both lowered texts: they only say what is so named ("phố đi bộ Lam Thành")."""
    found: set[str] = set()
    for name in names:
        ours, theirs = text.find(name), notice.find(name)
        if ours < 0 or theirs < 0 or len(name.split()) >= PERSON:
            continue
        pairs = zip(reversed(text[:ours].split()), reversed(notice[:theirs].split()), strict=False)
        same = [word for word, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
        found |= senses(" ".join(reversed(same[:MOST_AHEAD])))
    return frozenset(found) - ACTS


def instead_of(notice: Notice, wrong: tuple[Quantity, ...]) -> list[Quantity]:
    """The numbers that a notice puts in the place of wrong ones: those beside them, else all others."""
    if not wrong:
        return []
    pieces = [figures(piece) for piece in pieces_of(notice.statement)]
    beside = [q for found in pieces if any(equal(q, w) for q in found for w in wrong) for q in found]
    old = [q for told in notice.told for q in figures(told)]
    wholes = {part.whole for part in fractions(notice.text)}
    rights = [r for r in notice.right if any(equal(r, q) for q in beside)]
    return rights or [
        r for r in notice.right if r.value not in wholes and not any(equal(r, q) for q in (*old, *beside))
    ]


def denied_words(notice: Notice) -> frozenset[str]:
    """The words of what a notice says is not so, but for those that only say who somebody is."""
    words = frozenset(word for phrase in notice.denied for word in telling_words(phrase))
    return frozenset(word for word in words if word in ACTS or not word.isupper())


def of_other_things(text: str, wrong: tuple[Quantity, ...]) -> bool:
    """Whether what a sum taken back was for is named behind it, there and here, and is not the same."""
    held = [(q, w) for q in figures(text) for w in wrong if equal(q, w)]
    words = senses(text)
    meant = [(thing_of(q, printed=True), thing_of(w, printed=False)) for q, w in held]
    return bool(meant) and all(here and there and not there & words for here, there in meant)


def beside(notice: Notice, held: list[Quantity]) -> frozenset[str]:
    """The words of the clauses of a notice that have a number."""
    clauses = re.split(r"[,;:.](?!\d)", f"{'. '.join(notice.told)}. {notice.statement}")
    return frozenset(
        word
        for clause in clauses
        if any(equal(q, h) for q in figures(clause) for h in held)
        for word in senses(clause)
    )


def says_what_it_was(
    notice: Notice, held: list[Quantity], words: frozenset[str], named: frozenset[str]
) -> bool:
    """Whether a sentence gives the number as what the notice says it really is: "78% là tỷ lệ đỗ"."""
    text = notice.text
    for match in WHAT_IT_IS.finditer(text):
        if not any(equal(q, h) for q in figures(match["number"]) for h in held):
            continue
        really = telling_words(match["what"]) - named
        really -= senses(f"{text[: match.start()]} . {text[match.end() :]}")
        if really & ACTS and not really & ACTS & words:
            continue
        if really and weight(really & words) >= MOSTLY_SO * weight(really):
            return True
    return False
