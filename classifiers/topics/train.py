"""The training command: learns from labelled articles and officers' corrections, and reports the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifiers.records import ArticleText
from classifiers.topics import fit as fitting
from classifiers.topics import weights as weights_file
from classifiers.topics.corpus import Gold, article_of, digest, read_gold, read_lines
from classifiers.topics.features import Extractor, Floats
from classifiers.topics.fit import Fitted, Space
from classifiers.topics.lexicon import Lexicon, load_lexicon
from classifiers.topics.validation import Bools, Scores, mean, out_of_fold, score
from classifiers.topics.weights import FILE_NAME, Weights

REPETITIONS = 3
PARTS = 5
CORRECTION_IMPORTANCE = 3.0  # an officer's correction counts as this many labelled articles
NOISE = 0.001  # a fall of F1 below what repeated cross-validation can tell apart


class CorrectionError(ValueError):
    """A correction that cannot be learned from. The message names which and what is wrong."""


@dataclass(frozen=True)
class TrainReport:
    """What a training run brought. Scores are of repeated cross-validation on the gold set.

    before     without corrections
    after      with them
    saved      whether the weights were written
    message    one line for the person at the terminal, Vietnamese
    """

    before: Scores
    after: Scores
    corrections: int
    saved: bool
    message: str


@dataclass(frozen=True)
class _Known:
    """Corrected articles as training rows."""

    x: Floats
    labels: Bools


def train(
    gold: Path,
    corpus: Path,
    corrections: Iterable[Mapping[str, object]],
    out: Path,
    *,
    override: Path | None = None,
    allow_worse: bool = False,
) -> TrainReport:
    """Fit on ``gold`` (labels) and ``corpus`` (texts, also unlabelled) and write ``out``/weights.npz.

    A correction is ``{title, lead, body|text, added: [topic id], removed: [topic id]}``; topics it does
    not name are taken as the model fitted on gold alone gives them. Refuses to write weights whose F1
    fell, unless ``allow_worse``. Raises CorpusError, CorrectionError, LexiconError.
    """
    lexicon = load_lexicon(override)
    topics = [topic.id for topic in lexicon.topics]
    corrected = [_checked(number, given, topics) for number, given in enumerate(corrections, 1)]
    articles = {str(line["id"]): article_of(line) for line in read_lines(corpus)}
    labelled = read_gold(gold, articles, topics)
    space = fitting.space_of(lexicon, list(articles.values()))
    x = features_of(lexicon, space, labelled.articles)
    alone = fitting.fit(x, labelled.labels)
    known = _known(lexicon, space, corrected, alone, labelled)
    before = cross_validate(x, labelled.labels)
    after = cross_validate(x, labelled.labels, known) if len(known.x) else before
    worse = after.micro < before.micro - NOISE or after.macro < before.macro - NOISE
    saved = allow_worse or not worse
    if saved:
        fitted = _fit_with(x, labelled.labels, known) if len(known.x) else alone
        about = {
            "gold": f"{digest(gold)} ({len(labelled.ids)} articles)",
            "corpus": f"{digest(corpus)} ({len(articles)} articles)",
            "corrections": str(len(corrected)),
            "version": f"1.{len(corrected)}",
        }
        weights_file.save(fold_back(lexicon, space, fitted, about), out / FILE_NAME)
    return TrainReport(before, after, len(corrected), saved, _message(before, after, saved, worse))


def features_of(lexicon: Lexicon, space: Space, articles: Sequence[ArticleText]) -> Floats:
    """The rows that are fitted for ``articles``."""
    extractor = Extractor(lexicon, space.vocabulary, space.idf)
    return fitting.design(space, fitting.matrices(extractor, articles))


def cross_validate(x: Floats, labels: Bools, known: _Known | None = None) -> Scores:
    """Repeated cross-validation; thresholds are chosen inside each training part."""
    return mean([score(said, labels) for said in decisions(x, labels, known)])


def decisions(
    x: Floats, labels: Bools, known: _Known | None = None, repetitions: int | None = None
) -> list[Bools]:
    """Out-of-fold decisions (articles, topics), one matrix per repetition."""
    repeated = []
    for seed in range(repetitions or REPETITIONS):

        def fit_and_decide(train_part: Bools, held: Bools) -> Floats:
            fitted = _fit_with(x[train_part], labels[train_part], known)
            return np.asarray(fitting.scores(fitted, x[held]) > fitted.thresholds, dtype=np.float32)

        said = np.zeros(labels.shape, dtype=np.bool_)
        for held, values in out_of_fold(labels, seed + 1, PARTS, fit_and_decide):
            said[held] = values > 0
        repeated.append(said)
    return repeated


def fold_back(lexicon: Lexicon, space: Space, fitted: Fitted, about: dict[str, str]) -> Weights:
    """Turn weights of latent directions into weights of n-grams."""
    latent = fitted.coefficients[-space.directions.shape[1] :]
    dense = fitted.coefficients[: -space.directions.shape[1]]
    gram, scale = weights_file.quantise((space.directions @ latent * fitting.LATENT_SCALE).astype(np.float32))
    return Weights(
        vocabulary=space.vocabulary,
        idf=space.idf,
        gram=gram,
        scale=scale,
        dense=dense,
        bias=fitted.bias,
        thresholds=fitted.thresholds,
        topics=tuple(topic.id for topic in lexicon.topics),
        groups=lexicon.groups,
        about=about,
    )


def _fit_with(x: Floats, labels: Bools, known: _Known | None) -> Fitted:
    if known is None or not len(known.x):
        return fitting.fit(x, labels)
    importance = np.concatenate([np.ones(len(x)), np.full(len(known.x), CORRECTION_IMPORTANCE)])
    return fitting.fit(
        np.vstack([x, known.x]), np.vstack([labels, known.labels]), importance.astype(np.float32)
    )


def _known(
    lexicon: Lexicon,
    space: Space,
    corrected: list[tuple[ArticleText, list[int], list[int]]],
    alone: Fitted,
    labelled: Gold,
) -> _Known:
    """Corrections as rows. One about an article of the gold set is left out: its label is known already."""
    own = {(article.title, article.text) for article in labelled.articles}
    fresh = [entry for entry in corrected if (entry[0].title, entry[0].text) not in own]
    if not fresh:
        return _Known(np.zeros((0, 0), dtype=np.float32), np.zeros((0, 0), dtype=np.bool_))
    x = features_of(lexicon, space, [article for article, _, _ in fresh])
    labels = fitting.scores(alone, x) > alone.thresholds
    for row, (_, added, removed) in enumerate(fresh):
        labels[row, added] = True
        labels[row, removed] = False
    return _Known(x, labels)


def _checked(
    number: int, given: Mapping[str, object], topics: list[str]
) -> tuple[ArticleText, list[int], list[int]]:
    article = article_of(given)
    if not (article.title + article.lead + article.text).strip():
        raise CorrectionError(f"correction {number}: the article has no text")
    columns: dict[str, list[int]] = {}
    for name in ("added", "removed"):
        listed = given.get(name, [])
        if not isinstance(listed, list | tuple):
            raise CorrectionError(f"correction {number}: {name} must be a list of topic ids")
        unknown = [ident for ident in listed if ident not in topics]
        if unknown:
            raise CorrectionError(f"correction {number}: {name}: unknown topic {unknown[0]!r}")
        columns[name] = [topics.index(ident) for ident in listed]
    both = set(columns["added"]) & set(columns["removed"])
    if both:
        raise CorrectionError(f"correction {number}: {topics[both.pop()]} is both added and removed")
    return article, columns["added"], columns["removed"]


def _message(before: Scores, after: Scores, saved: bool, worse: bool) -> str:
    change = (
        f"micro-F1 {before.micro:.3f} → {after.micro:.3f}, macro-F1 {before.macro:.3f} → {after.macro:.3f}, "
        f"bài không chủ đề giữ nguyên {before.none:.3f} → {after.none:.3f}"
    )
    if not saved:
        return f"Không lưu: kết quả kém đi ({change}). Xem lại các sửa đổi, hoặc cho phép kết quả kém đi."
    return f"Đã lưu{' dù kết quả kém đi' if worse else ''}: {change}."
