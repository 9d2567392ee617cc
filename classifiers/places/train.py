"""Fits the about weights: ``python -m classifiers.places.train SHARED_DATA``.

Needs SciPy, the 480 labelled articles (gold_dev.jsonl, press_dev.jsonl.gz) and the 100
passages (places_dev.jsonl). Writes about_weights.json. Only numbers leave the articles.
"""

from __future__ import annotations

import gzip
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
PENALTY = 0.05
THRESHOLD = 0.44
PASSAGE_WEIGHT = 2.0
"""The short passages are few beside the articles; each counts as much as this many."""

REPEATS = 5
"""Different splits whose mean F1 is reported: one split alone moves by about 0.005."""


@dataclass(slots=True)
class Example:
    """One text: a row of feature values per province seen, and the provinces it is about."""

    id: str
    kind: str  # "gold" or "passages"
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
    return found


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


def fit(found: list[Example]) -> tuple[float, Floats]:
    """Bias and weights on the raw feature scale: ridge logistic regression within the bounds of
    directions.py.
    """
    rows = np.array([row for e in found for row in e.rows])
    wanted = np.array([name in e.about for e in found for name in e.names], dtype=np.float64)
    counts = np.array([1.0 if e.kind == "gold" else PASSAGE_WEIGHT for e in found for _ in e.names])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = np.c_[(rows - mean) / spread, np.ones(len(rows))]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total = scaled @ weights
        inner = np.r_[weights[:-1], 0.0]
        value = PENALTY * (counts @ (np.logaddexp(0, total) - wanted * total)) + 0.5 * inner @ inner
        slope = scaled.T @ (counts * (1 / (1 + np.exp(-total)) - wanted))
        return float(value), PENALTY * slope + inner

    limits = [*map(bounds, FEATURES), (None, None)]
    start = np.zeros(scaled.shape[1])
    solved = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 200})
    weights = solved.x[:-1] / spread
    return float(solved.x[-1] - weights @ mean), weights


def cross_validate(found: list[Example], split: int = 0) -> dict[str, tuple[set[str], set[str]]]:
    """id → (expected, predicted), each predicted by weights that did not see the text.

    ``split`` 0 deals the texts to the folds in turn, every other number shuffles them first.
    """
    order = np.arange(len(found))
    if split:
        order = np.random.default_rng(split).permutation(len(found))
    out: dict[str, tuple[set[str], set[str]]] = {}
    for fold in range(FOLDS):
        bias, weights = fit([e for i, e in zip(order, found, strict=True) if i % FOLDS != fold])
        for i, e in zip(order, found, strict=True):
            if i % FOLDS == fold:
                out[e.id] = (e.about, predict(e, bias, weights))
    return out


def predict(example: Example, bias: float, weights: Floats) -> set[str]:
    """Names of the provinces a text is about."""
    if not example.rows:
        return set()
    scores = 1 / (1 + np.exp(-(bias + np.array(example.rows) @ weights)))
    return {name for name, score in zip(example.names, scores, strict=True) if score >= THRESHOLD}


def f1(pairs: list[tuple[set[str], set[str]]]) -> tuple[float, float, float]:
    """Micro precision, recall and F1 of (expected, predicted) sets."""
    hit = sum(len(e & p) for e, p in pairs)
    precision = hit / max(1, sum(len(p) for _, p in pairs))
    recall = hit / max(1, sum(len(e) for e, _ in pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def repeated(found: list[Example]) -> dict[str, float]:
    """Kind → mean cross-validated F1 over REPEATS splits."""
    splits = [cross_validate(found, split) for split in range(REPEATS)]
    return {
        kind: float(np.mean([f1([judged[e.id] for e in found if e.kind == kind])[2] for judged in splits]))
        for kind in ("gold", "passages")
    }


def main(shared_data: Path) -> None:
    """Cross-validates, fits on everything and writes the weights, in one step for whoever reads them."""
    landmarks = landmark_names(map(load_province, province_names()))
    found = examples(shared_data, UnitTagger(load_gazetteer(), landmarks))
    for kind, score in repeated(found).items():
        sys.stdout.write(f"{kind}: F1 {score:.4f} (cross-validated, mean of {REPEATS} splits)\n")
    bias, weights = fit(found)
    data = {
        "version": "2",
        "bias": round(bias, 5),
        "threshold": THRESHOLD,
        "weights": {name: round(float(w), 5) for name, w in zip(FEATURES, weights, strict=True)},
    }
    draft = WEIGHTS_FILE.with_suffix(".new")
    draft.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    draft.replace(WEIGHTS_FILE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
