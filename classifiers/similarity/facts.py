"""Everything of one article that a comparison looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from classifiers.similarity.marks import Hashes, Marks, days, marks
from classifiers.similarity.signature import Signature, shingles, sketch_of
from classifiers.similarity.words import composed, syllables, word_hash


@dataclass(frozen=True, slots=True, eq=False)
class ArticleFacts:
    """``shingles``: all of lead and text. ``title``: hashes of its words. ``places``: unit codes as the
    caller knows them. ``time``: aware, published or else first seen. ``days``: that the headline names.
    """

    shingles: Hashes
    title: frozenset[int]
    marks: Marks
    time: datetime
    places: frozenset[str] = field(default_factory=frozenset)
    days: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @property
    def signature(self) -> Signature:
        """The small form for the index."""
        return Signature(sketch_of(self.shingles), self.marks.all())


def facts_of(title: str, lead: str, text: str, time: datetime, places: Iterable[str] = ()) -> ArticleFacts:
    """From the texts of an article in any normal form. Raises ``ValueError`` for a time without zone."""
    if time.tzinfo is None:
        raise ValueError(f"the time {time} of {title[:60]!r} has no zone; give an aware time")
    title, lead, text = composed(title), composed(lead), composed(text)
    return ArticleFacts(
        shingles=shingles(f"{lead}\n{text}"),
        title=frozenset(map(word_hash, syllables(title))),
        marks=marks(title, lead, text),
        time=time,
        places=frozenset(places),
        days=days(title),
    )
