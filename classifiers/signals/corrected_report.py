"""The report that a notice corrects, and which of its sentences and numbers are meant."""

from __future__ import annotations

import re
from datetime import timedelta

from classifiers.signals.meanings import senses, weight
from classifiers.signals.notice_figures import equal, figures, same_kind
from classifiers.signals.notices import Notice, telling_words
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence, words_of
from classifiers.signals.records import Correction, RelatedArticle, SignalContext
from classifiers.signals.wording import content_words

ISSUES = timedelta(days=60)
"""How long after a report its outlet may still correct it."""
SAME_TITLE = 0.8
NAMED_DAY = 0.3
SAME_REPORT = 0.55
ALIKE = 3
"""Words that a sentence has in common with the notice, or a number with another."""


def told_by(source: Reading, notice: Notice, named: frozenset[str]) -> list[str]:
    """The corrected report's headline and the sentences of it that are most like what the notice says."""
    telling = notice.words - named
    alike = {s: weight(notice.words & senses(s.text)) for s in source.sentences}
    ranked = sorted(source.sentences, key=lambda s: -alike[s])
    texts = [s.text for s in ranked[:2] if alike[s] >= ALIKE and telling & senses(s.text)]
    return [source.title.text, *texts]


def corrected_report(correction: Correction, notice: Notice, context: SignalContext) -> RelatedArticle | None:
    """The report that the notice corrects, when it is among the related articles."""
    title = set(content_words(words_of(notice.title)))
    best: tuple[float, RelatedArticle] | None = None
    for related in context.related:
        age = correction.published - related.published
        if related.outlet != correction.outlet or not timedelta(0) <= age <= ISSUES:
            continue
        reading = context.reading_of(related)
        own = set(content_words(words_of(reading.title.text)))
        if title and own and len(title & own) >= SAME_TITLE * min(len(title), len(own)):
            return related
        value = len(notice.words & senses(reading.whole)) / max(1, len(notice.words))
        value += NAMED_DAY * _names_day(correction.text, related)
        if value >= SAME_REPORT and (best is None or value > best[0]):
            best = (value, related)
    return best[1] if best is not None else None


def _names_day(text: str, related: RelatedArticle) -> bool:
    day = related.article.published
    return bool(re.search(rf"(?<!\d)0?{day.day}[/.-]0?{day.month}(?!\d)", text))


def rival_number(source: Reading, notice: Notice) -> tuple[Sentence, Quantity] | None:
    """The number of the corrected report that one of the notice's takes the place of."""
    best: tuple[int, Sentence, Quantity] | None = None
    for right in notice.right:
        said = telling_words(sentence_of(notice.statement, right))
        for sentence, quantity in source.quantities:
            if not same_kind(quantity, right) or equal(quantity, right):
                continue
            alike = len(said & senses(sentence.text)) + 2 * (quantity.unit[:2] == right.unit[:2])
            if alike >= ALIKE and (best is None or alike > best[0]):
                best = (alike, sentence, quantity)
    return None if best is None else best[1:]


def sentence_of(statement: str, quantity: Quantity) -> str:
    """The notice's sentence that has the number."""
    for piece in pieces_of(statement):
        if any(q.value == quantity.value for q in figures(piece)):
            return piece
    return ""


def pieces_of(statement: str) -> list[str]:
    """The sentences of a notice, without empty ones."""
    return [piece for piece in re.split(r"[.;](?!\d)", statement) if piece.strip()]
