"""Fits the topic weights: n-gram TF-IDF seen through latent topics of a large unlabelled corpus, and phrases.

With a few hundred labelled articles, weights for tens of thousands of n-grams cannot be fitted. The
unlabelled articles give a low-dimensional space (truncated SVD of TF-IDF) in which they can; as all of
it is linear, the result folds back into plain n-gram weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from classifiers.records import ArticleText
from classifiers.topics.features import ZONES, Extractor, Floats
from classifiers.topics.lexicon import Lexicon
from classifiers.topics.tokens import syllables
from classifiers.topics.validation import COMMON, Bools, Scores, out_of_fold, score
from classifiers.topics.weights import combine

MIN_ARTICLES = 20  # an n-gram in fewer articles of the corpus is left out
MAX_SHARE = 0.3  # and one in a larger share of them too
LATENT = 300
LATENT_SCALE = 3.0
STRENGTH = 8.0  # inverse regularisation of the logistic regressions
_DEFAULT_THRESHOLD = 0.3
_CANDIDATES = tuple(round(0.15 + 0.025 * step, 3) for step in range(16))
_INNER_PARTS = 4
_OWN_BLOCKS = 4  # phrase features of a topic itself: title, body, total, share
_WANTED_NONE = 0.91
_WORDS = re.compile(r"[^\s|]+(?: [^\s|]+)*")


@dataclass(frozen=True)
class Matrices:
    """Features of many articles: phrase features (n, dense) and n-gram TF-IDF (n, n-grams), sparse."""

    dense: Floats
    grams: sparse.csr_matrix

    def rows(self, numbers: Sequence[int] | npt.NDArray[np.int64]) -> Matrices:
        """The same for some of the articles."""
        return Matrices(self.dense[numbers], self.grams[numbers])


@dataclass(frozen=True)
class Space:
    """What the unlabelled corpus gives: vocabulary, idf and latent directions (n-grams, LATENT)."""

    vocabulary: list[str]
    idf: Floats
    directions: Floats


@dataclass(frozen=True)
class Fitted:
    """Coefficients (columns of ``design``, topics + 1), bias (topics + 1,), thresholds (topics,)."""

    coefficients: Floats
    bias: Floats
    thresholds: Floats


def vocabulary_of(articles: Sequence[ArticleText]) -> tuple[list[str], Floats]:
    """N-grams of one to three syllables inside a clause, and their inverse document frequency."""
    seen: Counter[str] = Counter()
    for article in articles:
        grams: set[str] = set()
        for zone in ZONES:
            for clause in _WORDS.findall(syllables(article.part(zone)).joined):
                words = clause.split(" ")
                for size in (1, 2, 3):
                    grams.update(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
        seen.update(grams)
    most = MAX_SHARE * len(articles)
    vocabulary = sorted(gram for gram, count in seen.items() if MIN_ARTICLES <= count <= most)
    counts = np.array([seen[gram] for gram in vocabulary], dtype=np.float32)
    return vocabulary, (np.log((1 + len(articles)) / (1 + counts)) + 1).astype(np.float32)


def matrices(extractor: Extractor, articles: Sequence[ArticleText]) -> Matrices:
    """Features of ``articles`` in order."""
    dense = np.zeros((len(articles), extractor.dense_size), dtype=np.float32)
    indptr, indices, data = [0], [], []
    for number, article in enumerate(articles):
        features = extractor.features(article)
        dense[number] = features.dense
        indices.append(features.grams)
        data.append(features.values)
        indptr.append(indptr[-1] + len(features.grams))
    shape = (len(articles), extractor.grams)
    grams = sparse.csr_matrix((np.concatenate(data), np.concatenate(indices), indptr), shape=shape)
    return Matrices(dense, grams)


def space_of(
    lexicon: Lexicon, corpus: Sequence[ArticleText], known: tuple[list[str], Floats] | None = None
) -> Space:
    """Learn vocabulary and latent directions from unlabelled articles. Deterministic.

    known  vocabulary and idf learned from the same corpus before, to save that work
    """
    from sklearn.decomposition import TruncatedSVD

    vocabulary, idf = known or vocabulary_of(corpus)
    grams = matrices(Extractor(lexicon, vocabulary, idf), corpus).grams
    size = min(LATENT, min(grams.shape) - 1)
    svd = TruncatedSVD(size, n_iter=3, random_state=0).fit(grams)
    return Space(vocabulary, idf, svd.components_.T.astype(np.float32))


def design(space: Space, known: Matrices) -> Floats:
    """The matrix that is fitted: phrase features, then latent coordinates."""
    latent = np.asarray(known.grams @ space.directions) * LATENT_SCALE
    return np.hstack([known.dense, latent]).astype(np.float32)


def fit(x: Floats, labels: Bools, importance: Floats | None = None, *, tune: bool = True) -> Fitted:
    """Fit one logistic regression per topic and one for "any topic".

    x           (articles, features); labels (articles, topics); importance (articles,) weights
    tune        choose thresholds by an inner cross-validation on the same articles
    """
    columns = np.hstack([labels, labels.any(axis=1, keepdims=True)])
    coefficients = np.zeros((x.shape[1], columns.shape[1]), dtype=np.float32)
    bias = np.zeros(columns.shape[1], dtype=np.float32)
    for column in range(columns.shape[1]):
        coefficients[:, column], bias[column] = _logistic(x, columns[:, column], importance)
    _lean_on_phrases(x, labels, coefficients, bias)
    thresholds = np.full(labels.shape[1], _DEFAULT_THRESHOLD, dtype=np.float32)
    if tune:
        thresholds = _thresholds(x, labels, importance)
    return Fitted(coefficients, bias, thresholds)


def _lean_on_phrases(x: Floats, labels: Bools, coefficients: Floats, bias: Floats) -> None:
    """Draw rare topics towards what phrases mean for all topics together.

    A topic's own phrase features (title, body, total, share) are compared across topics in one pooled
    regression; the fewer labelled articles a topic has, the more its column follows the pooled one.
    """
    topics = labels.shape[1]
    own = [[topics * block + topic for block in range(_OWN_BLOCKS)] for topic in range(topics)]
    pooled, base = _logistic(np.vstack([x[:, columns] for columns in own]), labels.T.reshape(-1), None)
    for topic, columns in enumerate(own):
        count = int(labels[:, topic].sum())
        if count < COMMON:
            share = count / COMMON
            coefficients[:, topic] *= share
            coefficients[columns, topic] += (1 - share) * pooled
            bias[topic] = share * bias[topic] + (1 - share) * base


def scores(fitted: Fitted, x: Floats) -> Floats:
    """Score 0..1, shape (articles, topics)."""
    return combine(np.asarray(x @ fitted.coefficients + fitted.bias, dtype=np.float32))


def _thresholds(x: Floats, labels: Bools, importance: Floats | None) -> Floats:
    """One threshold for all topics: a few hundred labels do not carry one for each."""

    def fit_and_score(train: Bools, held: Bools) -> Floats:
        fitted = fit(x[train], labels[train], None if importance is None else importance[train], tune=False)
        return scores(fitted, x[held])

    outer = np.zeros(labels.shape, dtype=np.float32)
    for held, values in out_of_fold(labels, 0, _INNER_PARTS, fit_and_score):
        outer[held] = values
    best = max(_CANDIDATES, key=lambda threshold: _worth(score(outer > threshold, labels)))
    return np.full(labels.shape[1], best, dtype=np.float32)


def _worth(result: Scores) -> float:
    """What a threshold is chosen by: F1, and quiet on articles without topic up to the wanted level."""
    return result.micro + 0.3 * result.macro + 0.5 * min(result.none, _WANTED_NONE)


def _logistic(x: Floats, y: Bools, importance: Floats | None) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression

    if y.all() or not y.any():
        return np.zeros(x.shape[1], dtype=np.float32), 6.0 if y.all() else -6.0
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=500)
    model.fit(x, y, sample_weight=importance)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])
