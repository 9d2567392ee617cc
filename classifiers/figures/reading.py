"""An article as the checkers of all provinces read it, which come one after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from classifiers.figures.places import parts_named, units_named
from classifiers.figures.units import LocalUnit
from classifiers.places.text import Prepared, prepare
from classifiers.records import ArticleText, Field

MAX_CHARACTERS = 60_000  # of one field; what follows in a longer text is not looked at


@dataclass(frozen=True, slots=True)
class Read:
    """Prepared texts. ``worded``: which concepts the article words, filled as they are asked."""

    title: Prepared
    lead: Prepared
    body: Prepared
    whole: str
    parts: frozenset[str]
    published: date
    worded: dict[str, bool]

    def part(self, field: Field) -> Prepared:
        """The text of one field."""
        return {Field.TITLE: self.title, Field.LEAD: self.lead, Field.TEXT: self.body}[field]

    def units(self) -> frozenset[LocalUnit]:
        """Districts and communes that the article names with their level."""
        return frozenset().union(*(units_named(part.cased) for part in (self.title, self.lead, self.body)))


@lru_cache(maxsize=2)
def read(article: ArticleText) -> Read:
    """The article, read once."""
    fields = (article.title, article.lead, article.text)
    title, lead, body = (prepare(text[:MAX_CHARACTERS]) for text in fields)
    parts = parts_named(title.cased) | parts_named(body.cased)
    whole = f"{title.lowered} | {lead.lowered} | {body.lowered}"
    return Read(title, lead, body, whole, parts, article.published, {})
