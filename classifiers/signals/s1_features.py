"""What speaks for a figure of S1 being of the same thing as the register's; ``weights.json`` weighs it."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from classifiers.figures.areas import AreaError, area_of
from classifiers.figures.checker import FigureFinding
from classifiers.figures.concepts import Concept, load_concepts, plain, word_pattern
from classifiers.figures.numbers.hedges import PHRASES, Hedge
from classifiers.figures.register import Entry
from classifiers.figures.times import periods_in
from classifiers.signals.reading import Reading, Sentence

FEATURES = ("nearness", "exact", "period named", "place named", "words beside")
FAR = 120
"""Characters of the sentence from which on a word of the indicator counts as absent."""

_WHOLE = re.compile(r"(?<!\w)(?:toàn|cả|địa bàn|khắp) tỉnh(?!\w)|(?<!\w)(?:tỉnh nhà|tỉnh ta)(?!\w)")
_HEDGES = word_pattern(tuple(phrase for phrase, hedge in PHRASES.items() if hedge is not Hedge.NONE))


def features(
    target: Reading, figure: FigureFinding, places: Collection[str] | None = None
) -> tuple[float, ...]:
    """In the order of ``FEATURES``, each 0..1. ``places``: names of the province (None: by its code).

    nearness      the smaller of stated and official value by the larger
    exact         1 without a hedge ("khoảng", "hơn", ...) ahead of the figure
    period named  1 when the sentence names a time, 0 when the day of publication is assumed
    place named   1 when the sentence names the province or all of it, 0 when that is assumed
    words beside  how near the words of the indicator stand, 0 when they stand in other sentences
    """
    sentence, at = _place(target, figure)
    text = sentence.text
    names = _names(figure.entry) if places is None else places
    return (
        _nearness(figure),
        float(not _HEDGES.match(plain(figure.span.text))),
        float(bool(periods_in(text, 0, target.article.published))),
        float(bool(_WHOLE.search(text)) or any(plain(name) in text for name in names)),
        _words_beside(text, at, figure.entry),
    )


def _place(target: Reading, figure: FigureFinding) -> tuple[Sentence, int]:
    """The sentence that holds the figure, and where in it."""
    for sentence in (target.title, *target.sentences):
        if sentence.field is not figure.span.field:
            continue
        start, end = target.parts[sentence.field].given_span(sentence.start, sentence.end)
        if start <= figure.span.start < end:
            given = target.article.part(sentence.field)[start : figure.span.start]
            return sentence, min(len(plain(given)), len(sentence.text))
    raise ValueError(f"no sentence of the article holds {figure.span.text!r}; is it of another article?")


def _nearness(figure: FigureFinding) -> float:
    """Compares like with like: a percentage with a ratio's percentage, a count with its first term."""
    stated, entry = figure.stated_value, figure.entry
    if isinstance(stated, list):
        return max(_share(value, entry.number) for value in stated)
    if isinstance(stated, str):
        count, _, total = stated.partition("/")
        if entry.total is None or not float(total):
            return _share(float(count), entry.number)
        return _share(float(count) / float(total), entry.number / entry.total)
    if entry.total and "%" in figure.span.text:
        return _share(stated, 100 * entry.number / entry.total)
    return _share(stated, entry.number)


def _share(one: float, other: float) -> float:
    low, high = sorted((abs(one), abs(other)))
    return low / high if high else 1.0


def _words_beside(text: str, at: int, entry: Entry) -> float:
    wordings = (load_concepts().of_name(name) for name in (entry.indicator, *entry.aliases))
    return max((_nearby(text, at, wording) for wording in wordings if wording), default=0.0)


def _nearby(text: str, at: int, wording: tuple[Concept, ...]) -> float:
    """The weighted nearness of the concepts, each by its nearest word."""
    total = sum(concept.weight for concept in wording)
    near = sum(concept.weight * _nearest(text, at, concept) for concept in wording)
    return near / total


def _nearest(text: str, at: int, concept: Concept) -> float:
    gaps = [max(match.start() - at, at - match.end(), 0) for match in concept.words.finditer(text)]
    return max(0.0, 1.0 - min(gaps, default=FAR) / FAR)


@lru_cache(maxsize=256)
def _names(entry: Entry) -> tuple[str, ...]:
    """Names of the entry's province, as a sentence has them; none for a code nobody knows."""
    try:
        area = area_of(entry.province, [entry])
    except AreaError:
        return ()
    return (*area.names, *area.wholes)
