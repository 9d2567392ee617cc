"""How well topics are given: cross-validated table, confusion and the errors by article id."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifiers.topics import fit as fitting
from classifiers.topics import weights as weights_file
from classifiers.topics.corpus import Gold, article_of, digest, read_gold, read_lines
from classifiers.topics.lexicon import load_lexicon
from classifiers.topics.tagger import TopicTagger
from classifiers.topics.train import decisions, features_of
from classifiers.topics.validation import Bools, Scores, f1, mean, score

GOLD = "gold_dev.jsonl"
CORPUS = "press_dev.jsonl.gz"


@dataclass(frozen=True)
class Report:
    """An evaluation of the topics.

    scores     means over the repetitions of the cross-validation; thresholds are chosen inside each
               training part by an inner one
    spread     standard deviation over the repetitions: (micro, macro, none)
    digests    SHA-256 of the gold and the corpus file
    table      per topic: (id, articles, precision, recall, F1), first repetition
    confusion  (missed topic, topic said instead or ""): count, first repetition
    errors     (article id, missed ids, wrongly said ids), first repetition
    """

    scores: Scores
    spread: tuple[float, float, float]
    digests: dict[str, str]
    table: tuple[tuple[str, int, float, float, float], ...]
    confusion: dict[tuple[str, str], int]
    errors: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]

    def text(self) -> str:
        """The report for a terminal or a file."""
        lines = [
            f"topics: micro-F1 {self.scores.micro:.4f}  macro-F1 {self.scores.macro:.4f}  "
            f"none kept {self.scores.none:.4f} (nested cross-validation; ± {self.spread[0]:.4f}, "
            f"{self.spread[1]:.4f}, {self.spread[2]:.4f})",
            "",
            f"{'topic':32} articles precision recall     F1",
        ]
        lines += [
            f"{name:32} {count:8d} {precision:9.3f} {recall:6.3f} {value:6.3f}"
            for name, count, precision, recall, value in self.table
        ]
        lines += ["", "missed topic → said instead (count)"]
        ordered = sorted(self.confusion.items(), key=lambda item: (-item[1], item[0]))
        lines += [f"{missed} → {said or '(nothing)'} {count}" for (missed, said), count in ordered]
        lines += ["", "errors (article: missed / wrongly said)"]
        lines += [f"{ident}: {', '.join(m) or '-'} / {', '.join(w) or '-'}" for ident, m, w in self.errors]
        return "\n".join(lines)


def evaluate_topics(shared_data: Path, repetitions: int = 3) -> Report:
    """Cross-validate the topic model on the gold set in ``shared_data``. About a minute.

    Raises CorpusError when a corpus file is missing or damaged.
    """
    lexicon = load_lexicon()
    articles = {str(line["id"]): article_of(line) for line in read_lines(shared_data / CORPUS)}
    gold = read_gold(shared_data / GOLD, articles, [topic.id for topic in lexicon.topics])
    shipped = weights_file.load(Path(weights_file.__file__).with_name(weights_file.FILE_NAME))
    space = fitting.space_of(lexicon, list(articles.values()), (shipped.vocabulary, shipped.idf))
    repeated = decisions(features_of(lexicon, space, gold.articles), gold.labels, repetitions=repetitions)
    names = [topic.id for topic in lexicon.topics]
    first = repeated[0]
    each = [score(said, gold.labels) for said in repeated]
    micro, macro, none = (
        float(np.std(v)) for v in zip(*((s.micro, s.macro, s.none) for s in each), strict=True)
    )
    return Report(
        scores=mean(each),
        spread=(micro, macro, none),
        digests={name: digest(shared_data / name) for name in (GOLD, CORPUS)},
        table=_table(names, score(first, gold.labels)),
        confusion=_confusion(names, first, gold.labels),
        errors=_errors(names, first, gold),
    )


def shipped_agreement(shared_data: Path) -> Scores:
    """Scores of the shipped weights on the articles they were fitted on: a check that they are whole."""
    tagger = TopicTagger.load()
    articles = {str(line["id"]): article_of(line) for line in read_lines(shared_data / CORPUS)}
    gold = read_gold(shared_data / GOLD, articles, tagger.weights.topics)
    said = np.zeros(gold.labels.shape, dtype=np.bool_)
    for row, article in enumerate(gold.articles):
        for verdict in tagger.classify(article):
            said[row, tagger.weights.topics.index(verdict.id)] = True
    return score(said, gold.labels)


def _table(names: list[str], result: Scores) -> tuple[tuple[str, int, float, float, float], ...]:
    return tuple(
        (
            name,
            right + missed,
            right / (right + wrong) if right + wrong else 0.0,
            right / (right + missed) if right + missed else 0.0,
            f1(right, wrong, missed),
        )
        for name, (right, wrong, missed) in zip(names, result.topics, strict=True)
    )


def _confusion(names: list[str], said: Bools, true: Bools) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for says, is_true in zip(said, true, strict=True):
        instead = [names[t] for t in np.flatnonzero(says & ~is_true)] or [""]
        for topic in np.flatnonzero(is_true & ~says):
            for other in instead:
                pair = (names[topic], other)
                counts[pair] = counts.get(pair, 0) + 1
    return counts


def _errors(
    names: list[str], said: Bools, gold: Gold
) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    found = []
    for ident, says, true in zip(gold.ids, said, gold.labels, strict=True):
        if (says != true).any():
            missed = tuple(names[t] for t in np.flatnonzero(true & ~says))
            wrong = tuple(names[t] for t in np.flatnonzero(says & ~true))
            found.append((ident, missed, wrong))
    return tuple(found)
