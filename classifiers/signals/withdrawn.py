"""What a correction notice took back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from classifiers.signals.claim_words import (
    Said,
    called_alike,
    claimed_texts,
    denied_words,
    right_words,
    sayings,
    words_of_names,
)
from classifiers.signals.corrected_report import corrected_report, rival_number, told_by
from classifiers.signals.correction_words import MISNAMED, OWNED, RENAMED, UNCONCERNED, WHOLE
from classifiers.signals.meanings import senses, weight
from classifiers.signals.notice_figures import equal
from classifiers.signals.notices import Notice, read_notice
from classifiers.signals.passage import any_in
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading
from classifiers.signals.records import VIETNAM, Correction, SignalContext

RIGHT = 2
"""From so many words of what is right on a sentence may tell that."""


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
        every = frozenset(name for name in notice.names if name in notice.matter)
        named = words_of_names(every, notice.matter)
        names, owners = _without_owners(notice, _local(notice, every) or every or notice.names)
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
        claimed = frozenset(word for one in said for word in one.words)
        right = right_words(notice) - named
        return cls(
            notice,
            said,
            frozenset(around) - named,
            names,
            _taken_back(notice, names),
            wrong,
            claimed - right - named,
            right - claimed,
            named,
            denied_words(notice) - named,
            owners,
            named | claimed | right | around,
            correction.published.astimezone(VIETNAM).date(),
        )

    def named_in(self, text: str) -> bool:
        """Whether a lowered text has a name of the claim, or the claim has none."""
        return not self.names or any_in(self.names, text)

    def called_alike(self, text: str) -> frozenset[str]:
        """The words ahead of a name in a lowered text that the notice has ahead of it, too."""
        return called_alike(text, self.notice.text, self.names)

    def says_what_is_right(self, words: frozenset[str]) -> bool:
        """Whether a sentence has more of what the notice says is so than of what it took back."""
        right = weight(words & self.true)
        return right >= RIGHT and right > weight(words & self.false)


def _local(notice: Notice, names: Iterable[str]) -> frozenset[str]:
    """The names that are no province's."""
    return frozenset(name for name in names if not re.search(rf"tỉnh {re.escape(name)}", notice.matter))


def _without_owners(notice: Notice, names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the claim, and those of whom the notice says the matter is; all where that leaves none."""
    owned = " ; ".join(OWNED.findall(notice.statement))
    owners = frozenset(name for name in names if name in owned)
    names = names - owners or names
    return names, owners - names


def _taken_back(notice: Notice, names: frozenset[str]) -> frozenset[str]:
    """The names that the notice says were the wrong ones."""
    cleared = " ; ".join([*MISNAMED.findall(notice.statement), *UNCONCERNED.findall(notice.statement)])
    renamed = " ; ".join(notice.denied) if RENAMED.search(notice.statement) else ""
    return frozenset(name for name in names if name in cleared or name in renamed)


@lru_cache(maxsize=1024)
def _alone(correction: Correction) -> Claim:
    """The claim of a notice whose report is not at hand: the same for every article."""
    return Claim.built(correction, None)
