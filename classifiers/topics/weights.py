"""The fitted weights of the topic model and their file: a compressed npz without pickled objects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from classifiers.topics.features import Features, Floats

FILE_NAME = "weights.npz"
_FORMAT = 1


class WeightsError(ValueError):
    """A weights file that cannot be used; says which and what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model with one column per topic and a last one for "bears any topic at all".

    vocabulary  n-grams, in number order
    idf         (n-grams,)
    gram        (n-grams, columns) 8-bit weights, to be multiplied by ``scale``
    scale       (columns,)
    dense       (phrase features, columns)
    bias        (columns,)
    thresholds  (topics,) the score from which a topic is given
    topics      topic ids in column order
    groups      ids of the phrase groups the dense features were made with
    about       where the weights come from: corpus digest, counts, date
    """

    vocabulary: list[str]
    idf: Floats
    gram: npt.NDArray[np.int8]
    scale: Floats
    dense: Floats
    bias: Floats
    thresholds: Floats
    topics: tuple[str, ...]
    groups: tuple[str, ...]
    about: dict[str, str]

    def logits(self, features: Features) -> Floats:
        """Raw scores, shape (columns,)."""
        rows = self.gram[features.grams].astype(np.float32)
        return np.asarray(
            (features.values @ rows) * self.scale + features.dense @ self.dense + self.bias, dtype=np.float32
        )


def combine(logits: Floats) -> Floats:
    """Scores 0..1 per topic from logits of shape (..., topics + 1): the topic's own, held down by "any"."""
    probability = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
    return np.asarray(probability[..., :-1] * np.sqrt(probability[..., -1:]), dtype=np.float32)


def quantise(gram: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """8-bit weights and their scale per column."""
    scale = np.maximum(np.abs(gram).max(axis=0), 1e-9) / 127 if len(gram) else np.ones(gram.shape[1])
    return np.round(gram / scale).astype(np.int8), scale.astype(np.float32)


def save(weights: Weights, path: Path) -> None:
    """Write the weights; the file appears whole or not at all."""
    meta = {
        "format": _FORMAT,
        "topics": weights.topics,
        "groups": weights.groups,
        "about": weights.about,
    }
    part = path.with_name(path.name + ".part.npz")
    np.savez_compressed(
        part,
        vocabulary=np.frombuffer("\n".join(weights.vocabulary).encode(), dtype=np.uint8),
        meta=np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), dtype=np.uint8),
        idf=weights.idf.astype(np.float32),
        gram=weights.gram,
        scale=weights.scale,
        dense=weights.dense.astype(np.float32),
        bias=weights.bias.astype(np.float32),
        thresholds=weights.thresholds.astype(np.float32),
    )
    part.replace(path)


def load(path: Path) -> Weights:
    """Read a weights file. Raises WeightsError when it is missing, damaged or of another format."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            meta = json.loads(stored["meta"].tobytes())
            vocabulary = stored["vocabulary"].tobytes().decode()
            weights = Weights(
                vocabulary.split("\n") if vocabulary else [],
                idf=stored["idf"],
                gram=stored["gram"],
                scale=stored["scale"],
                dense=stored["dense"],
                bias=stored["bias"],
                thresholds=stored["thresholds"],
                topics=tuple(meta["topics"]),
                groups=tuple(meta["groups"]),
                about=dict(meta["about"]),
            )
    except FileNotFoundError as error:
        raise WeightsError(f"{path}: the topic weights are missing; run the training command") from error
    except Exception as error:  # a damaged archive fails in many ways inside numpy and zipfile
        raise WeightsError(
            f"{path}: not a usable weights file ({error}); restore it or train again"
        ) from error
    columns = len(weights.topics) + 1
    if meta.get("format") != _FORMAT or weights.gram.shape != (len(weights.vocabulary), columns):
        raise WeightsError(f"{path}: weights of another format; train again with this version")
    return weights
