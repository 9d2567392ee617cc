"""A sentence of an article with what stands around it, as it is held against a correction notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from classifiers.signals.meanings import senses
from classifiers.signals.notice_figures import figures
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence


@dataclass(frozen=True)
class Passage:
    """``before``: the lowered sentence ahead, "" ahead of the first."""

    sentence: Sentence
    before: str
    target: Reading

    @property
    def text(self) -> str:
        """The sentence, lowered."""
        return self.sentence.text

    @cached_property
    def with_before(self) -> str:
        """The sentence behind the one ahead of it."""
        return f"{self.before} {self.text}"

    @cached_property
    def around(self) -> str:
        """Both with the headline."""
        return f"{self.with_before} {self.target.title.text}"

    @cached_property
    def words(self) -> frozenset[str]:
        """The sentence's content words."""
        return senses(self.text)

    @cached_property
    def wide(self) -> frozenset[str]:
        """Those of the sentence, of the one ahead and of the headline."""
        return self.words | senses(self.before) | senses(self.target.title.text)

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """The sentence's numbers, bare ones, too."""
        return figures(self.text)


def any_in(names: Iterable[str], text: str) -> bool:
    """Whether a lowered text has any of the names."""
    return any(name in text for name in names)
