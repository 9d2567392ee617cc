"""Whether a sentence of a later report repeats what a notice took back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from classifiers.signals.claim_words import Said, any_denied, lacks, of_other_things
from classifiers.signals.corrected_report import pieces_of
from classifiers.signals.correction_words import (
    ALL,
    COUNT,
    LACKED,
    LACKING,
    OFFICE,
    OPPOSITES,
    PART,
    PERSON,
    RANK,
    RANKED,
    WHOLE,
)
from classifiers.signals.elsewhere import of_something_else
from classifiers.signals.meanings import ACT_WEIGHT, TELLING_ACTS, senses, weight
from classifiers.signals.notice_figures import figures, fractions
from classifiers.signals.notices import telling_words
from classifiers.signals.passage import Passage, any_in
from classifiers.signals.reading import words_of
from classifiers.signals.repeated_number import FEW_WORDS, given_otherwise, number_repeated
from classifiers.signals.senses import denies
from classifiers.signals.withdrawn import Claim

ABOUT = 2
"""Words of a claim that a sentence must have to be read at all."""
TOLD, TOLD_AROUND = 0.6, 0.7
"""Share of a claim's words that a sentence has, or a sentence with its neighbour and the headline."""
LEAST_TOLD = 0.55
"""Of its words without names, in the sentence itself."""
ALL_TOLD = 0.9
"""Of a headline without a name of two words, so that all of it says who is meant."""


def repeats(passage: Passage, claim: Claim) -> float:
    """How surely a sentence repeats a claim; 0 when it does not."""
    if any(check(claim, passage) for check in _OF_SOMETHING_ELSE):
        return 0.0
    notice = claim.notice
    if any_in(claim.instead, passage.text) and passage.words & notice.words & TELLING_ACTS:
        return 1.0
    if claim.wrong:
        found = number_repeated(claim, passage)
        if found or notice.right:
            return found
    if claim.named_in(passage.target.whole):
        other = given_otherwise(claim, passage) or _turned(claim, passage)
        if other:
            return other
    elif any_in(claim.names, notice.title):
        return 0.0
    return 0.0 if claim.says_what_is_right(passage.words) else _told_again(claim, passage)


def _hardly_about_it(claim: Claim, passage: Passage) -> bool:
    return weight(passage.words & claim.about) < ABOUT


def _without_the_wrong_name(claim: Claim, passage: Passage) -> bool:
    return bool(claim.instead) and not any_in(claim.instead, passage.around)


def _supposed_or_elsewhere(claim: Claim, passage: Passage) -> bool:
    return of_something_else(passage, claim.notice.matter, claim.names, claim.day)


def _money_for_another_thing(claim: Claim, passage: Passage) -> bool:
    return of_other_things(passage.text, claim.wrong)


def _of_the_right_one(claim: Claim, passage: Passage) -> bool:
    """Whether a sentence names only whom the notice says it is of."""
    return any_in(claim.owners, passage.text) and not any_in(claim.names, passage.text)


def _without_what_is_denied(claim: Claim, passage: Passage) -> bool:
    return bool(claim.denied and not claim.notice.right and not claim.denied & senses(passage.with_before))


_OF_SOMETHING_ELSE = (
    _hardly_about_it,
    _without_the_wrong_name,
    _supposed_or_elsewhere,
    _money_for_another_thing,
    _of_the_right_one,
    _without_what_is_denied,
)
"""Why a sentence is not about the claim; the cheapest first."""


def _turned(claim: Claim, passage: Passage) -> float:
    """The sentence denies what the notice says is so, or tells of all what it says of a part."""
    if not claim.named_in(passage.around):
        return 0.0
    for piece in pieces_of(claim.notice.statement):
        here = [name for name in claim.names if name in piece]
        if here and not any_in(here, passage.around):
            continue
        shared = weight((telling_words(piece) - claim.named) & passage.words)
        acts = frozenset(act for m in LACKED.finditer(piece) for act in senses(m["what"]) & TELLING_ACTS)
        if acts & passage.words and any_in(here, passage.text) and not lacks(passage.text, acts):
            return 0.8
        if shared >= FEW_WORDS and denies(passage.text, piece):
            return 0.8
        if PART.search(piece) and ALL.search(passage.text):
            stated = {q.value for q in passage.figures}
            if shared + any(q.value in stated for q in figures(piece)) >= FEW_WORDS:
                return 0.8
        if shared >= FEW_WORDS and _all_for_a_part(piece, passage.text):
            return 0.9
    return 0.0


def _all_for_a_part(piece: str, text: str) -> bool:
    """Whether a sentence tells of all things of which the notice says how many they were."""
    return any(
        part.part < part.whole
        and re.search(rf"\b(?:cả|tất cả|toàn bộ|100 ?%)(?: {part.whole})? {part.unit[0]}\b", text)
        for part in fractions(piece)
    )


def _told_again(claim: Claim, passage: Passage) -> float:
    """How surely a sentence tells any wording of the claim that was taken back as a whole."""
    notice = claim.notice
    ranked = RANK.search(notice.statement) and RANK.search(notice.title)
    whole = bool(ranked or WHOLE.search(notice.statement)) or not (claim.wrong or notice.numeric)
    if notice.right and not whole:
        return 0.0
    withdrawn = {q.value for q in claim.wrong} if notice.right or not whole else set()
    said = (one for one in claim.said if not one.numbers & withdrawn)
    best = max((_Retelling(claim, one, passage).value() for one in said), default=0.0)
    return best if claim.named_in(passage.around) or best >= ALL_TOLD else 0.0


@dataclass(frozen=True)
class _Retelling:
    """One wording of a claim beside a sentence that may tell it again."""

    claim: Claim
    said: Said
    passage: Passage

    @cached_property
    def telling(self) -> frozenset[str]:
        """The wording's words without names and what is so named."""
        return self.said.telling - self.claim.called_alike(self.passage.text)

    @cached_property
    def told(self) -> frozenset[str]:
        """Those of them that the sentence has."""
        return self.telling & self.passage.words

    @cached_property
    def same_number(self) -> bool:
        """Whether the sentence has a number of the wording."""
        return any(q.value in self.said.numbers for q in self.passage.figures)

    def value(self) -> float:
        """How surely the sentence tells it; 0 when it does not."""
        if any(check(self) for check in _NOT_TOLD):
            return 0.0
        said, passage = self.said, self.passage
        shared = weight(said.words & passage.words) / weight(said.words)
        around = weight(said.words & passage.wide) / weight(said.words)
        much = self.same_number or weight(self.told) >= TOLD * weight(self.telling)
        if shared >= TOLD or (around >= TOLD_AROUND and much):
            names = sum(name in passage.text for name in self.claim.names)
            return shared + 0.3 * names + 0.3 * self.same_number
        return 0.0


def _without_its_act(it: _Retelling) -> bool:
    acts = it.said.telling & TELLING_ACTS
    return bool(acts) and not acts & (it.passage.wide if it.same_number else it.passage.words)


def _hardly_told(it: _Retelling) -> bool:
    return weight(it.told) < LEAST_TOLD * weight(it.telling)


def _told_as_denied(it: _Retelling) -> bool:
    return "HALT" not in it.told and any_denied(it.passage.text, it.told)


def _of_another_rank(it: _Retelling) -> bool:
    ranks = RANKED.findall(it.said.text)
    return bool(ranks) and not any_in(ranks, it.passage.text)


def _of_another_count(it: _Retelling) -> bool:
    """Whether the notice is of a number and the sentence has none of those that the wording has."""
    counts = COUNT.findall(it.said.text) if it.claim.notice.numeric else []
    return bool(counts) and not any_in(counts, it.passage.text)


def _nothing_lacking(it: _Retelling) -> bool:
    return bool(LACKING.search(it.said.text)) and not lacks(it.passage.text, it.said.telling)


def _too_little_to_tell(it: _Retelling) -> bool:
    """Whether so few words may be told of anybody."""
    claim, words = it.claim, it.passage.words
    if claim.names:
        return weight(it.told) <= ACT_WEIGHT and not any_in(claim.names, it.passage.text)
    return max(weight(it.telling), weight(words & claim.around)) <= FEW_WORDS


def _of_another_office(it: _Retelling) -> bool:
    """Whether the words tell neither of whoever holds the office that the claim is about, nor name him."""
    told = it.passage.with_before
    offices = OFFICE.findall(it.said.text)
    if not offices or any_in((name for name in it.claim.names if len(name.split()) >= PERSON), told):
        return False
    return not any_in(offices, told)


def _the_opposite(it: _Retelling) -> bool:
    spoken = set(words_of(it.passage.text))
    return any(a in it.said.spoken and a not in spoken and b in spoken for a, b in OPPOSITES)


_NOT_TOLD = (
    _without_its_act,
    _hardly_told,
    _told_as_denied,
    _of_another_rank,
    _of_another_count,
    _nothing_lacking,
    _too_little_to_tell,
    _of_another_office,
    _the_opposite,
)
"""Why a sentence does not tell a wording again; the cheapest first."""
