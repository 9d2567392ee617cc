"""What a correction notice took back, as a later report may repeat it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from classifiers.signals.claim_words import (
    Said,
    any_denied,
    beside,
    called_alike,
    claimed_texts,
    clause_at,
    clause_of,
    denied_words,
    far_from,
    instead_of,
    lacks,
    of_other_things,
    right_words,
    sayings,
    says_what_it_was,
    unit_of,
    words_of_names,
)
from classifiers.signals.corrected_report import corrected_report, pieces_of, rival_number, told_by
from classifiers.signals.correction_words import (
    ABOUT,
    ALL,
    COUNT,
    LACKED,
    LACKING,
    MISNAMED,
    NUMERIC,
    OFFICE,
    OPPOSITES,
    OWNED,
    PART,
    PERSON,
    RANK,
    RANKED,
    RENAMED,
    RIGHT,
    SAYS_WHAT,
    THOUGH,
    UNCONCERNED,
    WHOLE,
)
from classifiers.signals.elsewhere import of_something_else
from classifiers.signals.meanings import ACT_WEIGHT, ACTS, TELLING_ACTS, senses, weight
from classifiers.signals.notice_figures import equal, figures, fractions, same_kind
from classifiers.signals.notices import Notice, read_notice, telling_words
from classifiers.signals.number_pairs import MEASURES
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence, words_of
from classifiers.signals.records import VIETNAM, Correction, SignalContext
from classifiers.signals.senses import denies

TOLD, TOLD_AROUND = 0.6, 0.7
"""Share of a claim's words that a sentence has, or a sentence with its neighbour and the headline."""
LEAST_TOLD = 0.55
"""Of its words without names, in the sentence itself."""
ALL_TOLD = 0.9
"""Of a headline without a name of two words, so that all of it says who is meant."""
OTHERWISE = 0.5
FEW_WORDS, SMALL = 3, 10
"""Words around a number that must be the same; a small number may be anybody's and takes one more."""
MEASURED = {(unit,) for unit in MEASURES}
MANY_WORDS, GREAT = 5, 100
"""With so many and so great a number the report need not name whom it is about."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a notice took back.

    said     the old headline, what the notice denies, the corrected report's own sentence
    around   words of all that tells of it, without names
    names    names of the claim; one of them must occur where it is repeated
    instead  names that the notice takes back ("không phải Trường …"); one of these, where there are any
    wrong    numbers that were taken back
    false    words that only what was taken back has
    true     words that only what the notice says instead has
    named    words of the names and of what is so named
    denied   words of what the notice says is not so
    owners   names of those of whom it says the matter is
    about    all of these words: a sentence with hardly any of them is not read on
    day      of the notice
    """

    notice: Notice
    said: tuple[Said, ...]
    around: frozenset[str]
    names: frozenset[str]
    instead: frozenset[str]
    wrong: tuple[Quantity, ...]
    false: frozenset[str]
    true: frozenset[str]
    named: frozenset[str]
    denied: frozenset[str]
    owners: frozenset[str]
    about: frozenset[str]
    day: date

    @classmethod
    def of(cls, correction: Correction, context: SignalContext) -> Claim:
        """The claim of a notice; its report is used when it is among the related articles."""
        source = corrected_report(correction, read_notice(correction.text, correction.outlet), context)
        return _alone(correction) if source is None else cls.built(correction, context.reading_of(source))

    @classmethod
    def built(cls, correction: Correction, report: Reading | None) -> Claim:
        """The claim of a notice and of the report that it corrects, where that is known."""
        notice = read_notice(correction.text, correction.outlet)
        text = f"{' '.join(notice.told)} {notice.statement}"
        names = frozenset(name for name in notice.names if name in text)
        local = frozenset(name for name in names if not re.search(rf"tỉnh {re.escape(name)}", text))
        named = words_of_names(names, text)
        names = local or names or notice.names
        owned = " ; ".join(OWNED.findall(notice.statement))
        owners = frozenset(name for name in names if name in owned)
        names = names - owners or names
        owners -= names
        around, wrong = set(notice.words), notice.wrong
        texts = claimed_texts(notice, named)
        if report is not None:
            told = rival_number(report, notice)
            if told is not None:
                around |= senses(told[0].text)
                wrong = wrong or (told[1],)
            for sentence, quantity in report.quantities:
                if any(equal(quantity, w) for w in wrong):
                    around |= senses(sentence.text)
            if not notice.title or WHOLE.search(notice.statement):
                texts += told_by(report, notice, named)
        said = sayings(texts, named)
        taken = frozenset(name for name in names if any(name in phrase for phrase in notice.denied))
        renamed = taken if RENAMED.search(notice.statement) else frozenset()
        cleared = " ; ".join([*MISNAMED.findall(notice.statement), *UNCONCERNED.findall(notice.statement)])
        renamed |= {name for name in names if name in cleared}
        claimed = frozenset(word for one in said for word in one.words)
        right = right_words(notice) - named
        return cls(
            notice,
            said,
            frozenset(around) - named,
            names,
            renamed,
            wrong,
            claimed - right - named,
            right - claimed,
            named,
            denied_words(notice) - named,
            owners,
            named | claimed | right | around,
            correction.published.astimezone(VIETNAM).date(),
        )

    def known_to(self, target: Reading) -> bool:
        """Whether an article gives the right number of the matter: it knows of the correction."""
        rights = instead_of(self.notice, self.wrong)
        for sentence, quantity in target.quantities if rights else ():
            if not any(equal(quantity, right) and (quantity.unit or quantity.percent) for right in rights):
                continue
            if self._held_against(sentence.text[: quantity.start]):
                continue
            words = senses(sentence.text)
            alike = weight(words & self.around) + 2 * any(name in sentence.text for name in self.names)
            if alike >= FEW_WORDS + (quantity.value <= SMALL):
                return True
        return False

    def repeated_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        """How surely a sentence repeats the claim; 0 when it does not. ``before``: the sentence ahead."""
        words = senses(sentence.text)
        if weight(words & self.about) < ABOUT:
            return 0.0
        around = f"{before} {sentence.text} {target.title.text}"
        if self.instead and not any(name in around for name in self.instead):
            return 0.0
        told = f"{' '.join(self.notice.told)} {self.notice.statement}"
        if of_something_else(sentence, before, target, told, self.names, self.day):
            return 0.0
        named = not self.names or any(name in target.whole for name in self.names)
        if of_other_things(sentence.text, self.wrong) or self._of_the_right_one(sentence.text):
            return 0.0
        if self.denied and not self.notice.right and not self.denied & senses(f"{before} {sentence.text}"):
            return 0.0
        if any(name in sentence.text for name in self.instead) and words & self.notice.words & TELLING_ACTS:
            return 1.0
        if self.wrong:
            found = self._number_repeated_in(sentence, before, target)
            if found or self.notice.right:
                return found
        if not named and any(name in self.notice.title for name in self.names):
            return 0.0
        if named:
            other = 0.0 if self.wrong else self._otherwise_in(sentence)
            other = other or self._turned_in(sentence, before, target)
            if other:
                return other
        if self._says_what_is_right(words):
            return 0.0
        ranked = RANK.search(self.notice.statement) and RANK.search(self.notice.title)
        numeric = bool(self.wrong or NUMERIC.search(self.notice.statement))
        whole = bool(ranked or WHOLE.search(self.notice.statement)) or not numeric
        if self.notice.right and not whole:
            return 0.0
        withdrawn = {q.value for q in self.wrong} if self.notice.right or not whole else set()
        said = (one for one in self.said if not one.numbers & withdrawn)
        best = max((self._told_in(one, sentence, before, target) for one in said), default=0.0)
        near = not self.names or any(name in around for name in self.names)
        return best if near or best >= ALL_TOLD else 0.0

    def _number_repeated_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        stated = figures(sentence.text)
        held = [q for q in stated if any(equal(q, w) for w in self.wrong)]
        if not held or self._denied_number(sentence.text):
            return 0.0
        if self._has_right_number(held, stated, sentence.text):
            return 0.0
        if self._other_act(held, sentence.text) or self._lacking_here(held, sentence.text):
            return 0.0
        counted = frozenset(word for q in held for word in senses(unit_of(q)))
        counted |= {"tiền"} | called_alike(sentence.text, self.notice.text, self.names)
        words = senses(sentence.text) - called_alike(sentence.text, self.notice.text, self.names)
        unit = any(q.unit and q.unit[:1] == w.unit[:1] for q in held for w in self.wrong)
        alike = unit + weight((self.around & words) - counted)
        wide = unit + weight((self.around & (words | senses(before))) - counted)
        greatest = max(w.value for w in held)
        measured = any(w.percent or w.unit[:1] in MEASURED for w in held)
        few = FEW_WORDS + (greatest <= SMALL and not measured) + (not self.names)
        few -= any(name in sentence.text or name in before for name in self.names)
        around = f"{before} {sentence.text} {target.title.text}"
        near = not self.names or any(name in around for name in self.names)
        if not near and not (alike >= MANY_WORDS and greatest >= GREAT):
            return 0.0
        if alike < few and (alike < few - 1 or wide < few + 1):
            return 0.0
        if says_what_it_was(self.notice, held, words, self.named) or (
            not self.notice.right and self._says_what_is_right(words)
        ):
            return 0.0
        return 2.0 + 0.1 * weight(beside(self.notice, held) & words) + 0.01 * alike

    def _says_what_is_right(self, words: frozenset[str]) -> bool:
        """Whether a sentence has more of what the notice says is so than of what it took back."""
        right = weight(words & self.true)
        return right >= RIGHT and right > weight(words & self.false)

    def _of_the_same_office(self, said: Said, told: str) -> bool:
        """Whether lowered words tell of whoever holds the office that a claim is about, or name him."""
        offices = OFFICE.findall(said.text)
        if not offices or any(name in told for name in self.names if len(name.split()) >= PERSON):
            return True
        return any(office in told for office in offices)

    def _lacking_here(self, held: list[Quantity], text: str) -> bool:
        """Whether the clause with the number denies something, where nothing that was taken back does."""
        if any(LACKING.search(clause) for clause in (*self.notice.told, self.notice.statement)):
            return False
        return any(LACKING.search(clause_at(text, q.start)) for q in held)

    def _other_act(self, held: list[Quantity], text: str) -> bool:
        """Whether the number is of something else that was done: 30 houses swept away, 30 houses moved."""
        values = {q.value for q in held}
        acts = {act for said in self.said if said.numbers & values for act in said.telling & ACTS}
        done = senses(text) & ACTS
        return bool(acts and done) and not acts & done

    def _of_the_right_one(self, text: str) -> bool:
        """Whether a lowered sentence names only whom the notice says it is of."""
        return any(name in text for name in self.owners) and not any(name in text for name in self.names)

    def _has_right_number(self, held: list[Quantity], stated: Sequence[Quantity], text: str) -> bool:
        """Whether the sentence has the right number beside the wrong one, of the same unit."""
        return any(
            equal(q, r)
            for q in stated
            for r in self.notice.right
            if ((q.unit and r.unit) or q.percent) and any(same_kind(q, h) for h in held)
            if not self._held_against(text[: q.start])
        )

    def _held_against(self, before: str) -> bool:
        """Whether the right number stands behind "dù" against what the notice is about."""
        though = THOUGH.search(before)
        if though is None:
            return False
        return bool((senses(before[: though.start()]) & self.notice.words) - self.named - {"tiền"})

    def _denied_number(self, text: str) -> bool:
        """Whether the sentence itself says that the number is wrong."""
        found = SAYS_WHAT.search(text)
        return found is not None and any(equal(q, w) for q in figures(found.group()) for w in self.wrong)

    def _otherwise_in(self, sentence: Sentence) -> float:
        """The notice gives only the right number: the sentence has another one for the very same thing."""
        if not (NUMERIC.search(self.notice.statement) or any(figures(told) for told in self.notice.told)):
            return 0.0
        words, stated = senses(sentence.text), figures(sentence.text)
        for right in self.notice.right:
            if not right.unit and not right.percent:
                continue
            said = telling_words(clause_of(self.notice.statement, right))
            rivals = [
                q for q in stated if same_kind(q, right) and (q.unit or q.percent) and far_from(q, right)
            ]
            # All numbers that the notice gives are right, whichever of them the sentence has.
            if not said or not rivals or any(equal(q, r) for q in rivals for r in self.notice.right):
                continue
            same = any(right.unit and q.unit[:1] == right.unit[:1] for q in rivals)
            if weight(said & words) + same >= max(FEW_WORDS, OTHERWISE * weight(said)):
                return 0.9 + weight(said & words) / weight(said)
        return 0.0

    def _turned_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        """The sentence denies what the notice says is so, or tells of all what it says of a part."""
        around = f"{before} {sentence.text} {target.title.text}"
        if self.names and not any(name in around for name in self.names):
            return 0.0
        words = senses(sentence.text)
        for piece in pieces_of(self.notice.statement):
            here = [name for name in self.names if name in piece]
            if here and not any(name in around for name in here):
                continue
            shared = (telling_words(piece) - self.named) & words
            acts = frozenset(act for m in LACKED.finditer(piece) for act in senses(m["what"]) & TELLING_ACTS)
            named = any(name in sentence.text for name in here)
            if acts & words and named and not lacks(sentence.text, acts):
                return 0.8
            if weight(shared) >= FEW_WORDS and denies(sentence.text, piece):
                return 0.8
            if PART.search(piece) and ALL.search(sentence.text):
                stated = {q.value for q in figures(sentence.text)}
                same_number = any(q.value in stated for q in figures(piece))
                if weight(shared) + same_number >= FEW_WORDS:
                    return 0.8
            for part in fractions(piece):
                whole = re.search(
                    rf"\b(?:cả|tất cả|toàn bộ|100 ?%)(?: {part.whole})? {part.unit[0]}\b", sentence.text
                )
                if whole and part.part < part.whole and weight(shared) >= FEW_WORDS:
                    return 0.9
        return 0.0

    def _told_in(self, said: Said, sentence: Sentence, before: str, target: Reading) -> float:
        words = senses(sentence.text)
        telling = said.telling - called_alike(sentence.text, self.notice.text, self.names)
        told = telling & words
        stated = figures(sentence.text)
        wide = words | senses(before) | senses(target.title.text)
        same_number = any(q.value in said.numbers for q in stated)
        acts = said.telling & TELLING_ACTS
        if acts and not acts & (wide if same_number else words):
            return 0.0
        if weight(told) < LEAST_TOLD * weight(telling):
            return 0.0
        if "HALT" not in told and any_denied(sentence.text, told):
            return 0.0
        ranks = RANKED.findall(said.text)
        if ranks and not any(rank in sentence.text for rank in ranks):
            return 0.0
        if NUMERIC.search(self.notice.statement):
            counts = COUNT.findall(said.text)
            if counts and not any(count in sentence.text for count in counts):
                return 0.0
        if LACKING.search(said.text) and not lacks(sentence.text, said.telling):
            return 0.0
        here = any(name in sentence.text for name in self.names)
        if weight(told) <= ACT_WEIGHT and self.names and not here:
            return 0.0
        if not self.names and max(weight(telling), weight(words & self.around)) <= FEW_WORDS:
            return 0.0
        if not self._of_the_same_office(said, f"{before} {sentence.text}"):
            return 0.0
        spoken = set(words_of(sentence.text))
        if any(a in said.spoken and a not in spoken and b in spoken for a, b in OPPOSITES):
            return 0.0
        shared = weight(said.words & words) / weight(said.words)
        around = weight(said.words & wide) / weight(said.words)
        if shared >= TOLD or (
            around >= TOLD_AROUND and (same_number or weight(told) >= TOLD * weight(telling))
        ):
            return shared + 0.3 * sum(name in sentence.text for name in self.names) + 0.3 * same_number
        return 0.0


@lru_cache(maxsize=1024)
def _alone(correction: Correction) -> Claim:
    """The claim of a notice whose report is not at hand: the same for every article."""
    return Claim.built(correction, None)
