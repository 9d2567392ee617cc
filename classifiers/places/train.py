"""Fits the about weights: ``python -m classifiers.places.train SHARED_DATA``.

Needs SciPy, the 480 labelled articles (gold_dev.jsonl, press_dev.jsonl.gz), the 100 passages
(places_dev.jsonl), and about_labels.json here: provinces of further articles of the press corpus, read
for this project. Writes about_weights.json. Only numbers leave the articles.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from classifiers.places.about import WEIGHTS_FILE, decides
from classifiers.places.article import see
from classifiers.places.directions import bounds
from classifiers.places.features import FEATURES
from classifiers.places.landmarks import landmark_names
from classifiers.places.tagger import UnitTagger
from classifiers.records import ArticleText
from provinces.gazetteer import load_gazetteer
from provinces.loader import load_province, province_names

GOLD_DAY = date(2017, 5, 1)
"""The labelled articles are of January to July 2017; the map did not change in those months."""

Floats = npt.NDArray[np.float64]
FOLDS = 10
PENALTIES = (0.03, 0.08)
"""Inverse strengths of the penalty; the better one is taken inside each training part."""

INNER_FOLDS = 4
IMPORTANCE = {"gold": 1.0, "passages": 2.0, "extra": 0.6}
"""How much a text counts: the passages are few, the further articles are the hard ones by choice."""

REPEATS = 5
"""Different splits whose mean F1 is reported: one split alone moves by about 0.005."""

LABELS_FILE = Path(__file__).parent / "about_labels.json"


@dataclass(slots=True)
class Example:
    """One text: a row of feature values per province seen, and the provinces it is about."""

    id: str
    kind: str  # "gold", "passages" or "extra": never measured, only learned from
    names: list[str]
    rows: list[list[float]]
    about: set[str]


def examples(shared_data: Path, tagger: UnitTagger) -> list[Example]:
    """Both labelled sets, tagged and measured."""
    press: dict[str, dict[str, str]] = {}
    with gzip.open(shared_data / "press_dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            press[article["id"]] = article
    found = []
    for label in _lines(shared_data / "gold_dev.jsonl"):
        raw = press[label["id"]]
        article = ArticleText(raw["title"], raw["lead"], raw["body"], GOLD_DAY)
        about = {name.removeprefix("Thành phố ") for name in label["about"]}
        found.append(_example(tagger, article, label["id"], "gold", about, now=False))
    for case in _lines(shared_data / "places_dev.jsonl"):
        article = ArticleText("", "", case["text"], date.fromisoformat(case["published"]))
        about = set(case["about_provinces_now"])
        found.append(_example(tagger, article, case["id"], "passages", about, now=True))
    for key, names_about in further_labels(press).items():
        raw = press[key]
        article = ArticleText(raw["title"], raw["lead"], raw["body"], GOLD_DAY)
        found.append(_example(tagger, article, key, "extra", set(names_about), now=False))
    return found


def further_labels(press: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    """Article id → provinces it is about. Raises ValueError when the corpus holds another text."""
    labels: dict[str, dict[str, Any]] = json.loads(LABELS_FILE.read_text(encoding="utf-8"))
    for key, label in labels.items():
        if key not in press or digest_of(press[key]) != label["sha256"]:
            raise ValueError(f"{LABELS_FILE.name}: {key} is another text in this corpus; take the line out.")
    return {key: label["about"] for key, label in labels.items()}


def digest_of(article: dict[str, str]) -> str:
    """First 16 hexadecimal digits of the SHA-256 of an article's text."""
    text = "\n".join(article[part] for part in ("title", "lead", "body"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _example(
    tagger: UnitTagger, article: ArticleText, key: str, kind: str, about: set[str], now: bool
) -> Example:
    names, rows = [], []
    for view in see(tagger, article).views:
        unit = tagger.gazetteer.unit(view.code, article.published) or tagger.gazetteer.rows(view.code)[-1]
        if not decides(view.values):
            continue
        names.append(tagger.gazetteer.province_now(unit)[0] if now else unit.name)
        rows.append([view.values[name] for name in FEATURES])
    return Example(key, kind, names, rows, about)


def fit(found: list[Example], penalty: float) -> tuple[float, Floats]:
    """Bias and weights on the raw feature scale: ridge logistic regression within the bounds of
    directions.py.
    """
    rows = np.array([row for e in found for row in e.rows])
    wanted = np.array([name in e.about for e in found for name in e.names], dtype=np.float64)
    counts = np.array([IMPORTANCE[e.kind] for e in found for _ in e.names])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = np.c_[(rows - mean) / spread, np.ones(len(rows))]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total = scaled @ weights
        inner = np.r_[weights[:-1], 0.0]
        value = penalty * (counts @ (np.logaddexp(0, total) - wanted * total)) + 0.5 * inner @ inner
        slope = scaled.T @ (counts * (1 / (1 + np.exp(-total)) - wanted))
        return float(value), penalty * slope + inner

    limits = [*map(bounds, FEATURES), (None, None)]
    start = np.zeros(scaled.shape[1])
    solved = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 200})
    weights = solved.x[:-1] / spread
    return float(solved.x[-1] - weights @ mean), weights


def folds(found: list[Example], seed: int, parts: int) -> npt.NDArray[np.int64]:
    """A fold number per text, each kind and number of provinces dealt evenly; -1: only learned from."""
    chance = np.random.default_rng(seed)
    fold = np.full(len(found), -1, dtype=np.int64)
    strata: dict[tuple[str, int], list[int]] = {}
    for index, e in enumerate(found):
        if e.kind != "extra":
            strata.setdefault((e.kind, min(2, len(e.about))), []).append(index)
    turn = 0
    for stratum in sorted(strata):
        for index in chance.permutation(strata[stratum]):
            fold[index] = turn % parts
            turn += 1
    return fold


def choose(found: list[Example], seed: int = 0) -> tuple[float, float]:
    """Penalty and threshold from an inner cross-validation of these texts alone.

    The penalty with the smaller log-loss on articles; as threshold half the F1 then reached, which is
    best where probabilities are calibrated (Lipton et al. 2014) and wavers less than a searched one.
    """
    fold = folds(found, seed, INNER_FOLDS)
    best = (np.inf, PENALTIES[0], 0.5)
    for penalty in PENALTIES:
        scored: list[tuple[Example, Floats]] = []
        for part in range(INNER_FOLDS):
            bias, weights = fit([e for e, f in zip(found, fold, strict=True) if f != part], penalty)
            held = [e for e, f in zip(found, fold, strict=True) if f == part and e.kind == "gold"]
            scored.extend((e, probabilities(e, bias, weights)) for e in held)
        wanted = np.array([name in e.about for e, _ in scored for name in e.names])
        said = np.clip(np.concatenate([p for _, p in scored]), 1e-6, 1 - 1e-6)
        loss = -float(np.mean(np.where(wanted, np.log(said), np.log(1 - said))))
        if loss < best[0]:
            reached = f1([(e.about, _above(e, p, 0.46)) for e, p in scored])[2]
            best = (loss, penalty, reached / 2)
    return best[1], best[2]


def cross_validate(found: list[Example], split: int = 0) -> dict[str, tuple[set[str], set[str]]]:
    """id → (expected, predicted): weights, penalty and threshold never saw the text (nested)."""
    fold = folds(found, split, FOLDS)
    out: dict[str, tuple[set[str], set[str]]] = {}
    for part in range(FOLDS):
        training = [e for e, f in zip(found, fold, strict=True) if f != part]
        penalty, threshold = choose(training, split + 1)
        bias, weights = fit(training, penalty)
        for e, f in zip(found, fold, strict=True):
            if f == part:
                out[e.id] = (e.about, _above(e, probabilities(e, bias, weights), threshold))
    return out


def probabilities(example: Example, bias: float, weights: Floats) -> Floats:
    """Probability per province seen, in the order of ``names``."""
    if not example.rows:
        return np.zeros(0)
    return np.asarray(1 / (1 + np.exp(-(bias + np.array(example.rows) @ weights))))


def _above(example: Example, scores: Floats, threshold: float) -> set[str]:
    return {name for name, score in zip(example.names, scores, strict=True) if score >= threshold}


def f1(pairs: list[tuple[set[str], set[str]]]) -> tuple[float, float, float]:
    """Micro precision, recall and F1 of (expected, predicted) sets."""
    hit = sum(len(e & p) for e, p in pairs)
    precision = hit / max(1, sum(len(p) for _, p in pairs))
    recall = hit / max(1, sum(len(e) for e, _ in pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


@dataclass(frozen=True, slots=True)
class Repeated:
    """F1 of each split, by kind ("gold", "passages"); ``first``: the first split's verdicts by id."""

    scores: dict[str, list[float]]
    first: dict[str, tuple[set[str], set[str]]]

    def mean(self, kind: str) -> float:
        """Mean over the splits."""
        return float(np.mean(self.scores[kind]))

    def spread(self, kind: str) -> float:
        """Standard deviation over the splits."""
        return float(np.std(self.scores[kind], ddof=1))


def repeated(found: list[Example]) -> Repeated:
    """Nested cross-validation over REPEATS splits."""
    splits = [cross_validate(found, split) for split in range(REPEATS)]
    scores = {
        kind: [f1([judged[e.id] for e in found if e.kind == kind])[2] for judged in splits]
        for kind in ("gold", "passages")
    }
    return Repeated(scores, splits[0])


def main(shared_data: Path) -> None:
    """Cross-validates, fits on everything and writes the weights, in one step for whoever reads them."""
    landmarks = landmark_names(map(load_province, province_names()))
    found = examples(shared_data, UnitTagger(load_gazetteer(), landmarks))
    measured = repeated(found)
    for kind in measured.scores:
        sys.stdout.write(
            f"{kind}: F1 {measured.mean(kind):.4f} ± {measured.spread(kind):.4f} "
            f"(nested cross-validation, {REPEATS} splits)\n"
        )
    penalty, threshold = choose(found)
    bias, weights = fit(found, penalty)
    data = {
        "version": "3",
        "bias": round(bias, 5),
        "threshold": round(threshold, 4),
        "weights": {name: round(float(w), 5) for name, w in zip(FEATURES, weights, strict=True)},
    }
    draft = WEIGHTS_FILE.with_suffix(".new")
    draft.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    draft.replace(WEIGHTS_FILE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
