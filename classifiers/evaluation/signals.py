"""How well signals are found: precision and recall per signal, and how often real articles get any."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from classifiers.records import ArticleText
from classifiers.signals.detector import SignalDetector
from classifiers.signals.fit.reliability import group, judged_scores, table
from classifiers.signals.predict import predict_line
from classifiers.signals.reading import words_of
from provinces.gazetteer import load_gazetteer

CASES = "signals_dev.jsonl"
GOLD = "gold_dev.jsonl"
CORPUS = "press_dev.jsonl.gz"
CORPUS_DAY = date(2017, 6, 1)
"""The corpus carries no times; its articles are of the first half of 2017."""
EVIDENCE_SHARE = 0.5
"""Share of the shorter text's words that both must have to be taken for the same evidence."""


@dataclass
class Tally:
    """Counts of one signal: findings that match an expected one, that match none, expected ones missed.

    ``evidence``: how many of the right ones point to the expected other side, too.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    evidence: int = 0

    @property
    def precision(self) -> float:
        """Share of the findings that are right; 1.0 without findings."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected that was found; 1.0 where nothing was expected."""
        expected = self.right + self.missed
        return self.right / expected if expected else 1.0


@dataclass
class CaseScores:
    """``tallies`` by signal, ``on_criticism``: findings on legitimate criticism, ``errors``: (case, what),
    ``scored``: the score of every finding and whether it was right.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    on_criticism: int = 0
    errors: list[tuple[str, str]] = field(default_factory=list)
    scored: list[tuple[float, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """``corpus_share``: share of real articles with any finding, ``gate``: findings on gold criticism."""

    scores: CaseScores
    corpus_share: float
    corpus_rules: dict[str, int]
    gate: int
    digests: dict[str, str]

    def text(self) -> str:
        """The report for a terminal or a file."""
        lines = ["signal  precision  recall  right wrong missed  evidence right"]
        for name, t in sorted(self.scores.tallies.items(), key=lambda item: int(item[0][1:])):
            lines.append(
                f"{name:6} {t.precision:9.3f} {t.recall:8.3f} {t.right:6d} {t.wrong:5d} {t.missed:6d} "
                f"{t.evidence:9d}"
            )
        lines += [
            f"findings on legitimate criticism: {self.scores.on_criticism}; on criticism of the gold set: "
            f"{self.gate}",
            f"real articles with any finding: {100 * self.corpus_share:.2f} %  {self.corpus_rules}",
        ]
        lines += [
            "",
            "reliability of scores over judged findings outside the texts the rules were written with, and",
            "judged pairs of S9; each scored without itself, its case or its event",
            *table(judged_scores()),
        ]
        if self.scores.scored:
            cases = group("cases", self.scores.scored)
            lines += [
                f"findings on the cases above: {cases.findings}, mean score {cases.score:.3f}, right "
                f"{cases.right:.3f}, Brier {cases.brier:.4f} (their rules were written with them)",
            ]
        lines += ["", *(f"{key}: {what}" for key, what in self.scores.errors)]
        return "\n".join(lines)


def read_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score_cases(cases: Iterable[dict[str, Any]], detector: SignalDetector) -> CaseScores:
    """A finding is right when an expected one has its signal and a span that overlaps.

    Each expected finding is matched once; whatever else is found is wrong.
    """
    scores = CaseScores()
    for case in cases:
        article = case["articles"][case["target"]]
        found: list[dict[str, Any]] = predict_line(case, detector)["findings"]  # type: ignore[assignment]  # a JSON object: values are object
        waiting = list(case["expected"])
        for finding in found:
            tally = scores.tallies.setdefault(finding["signal"], Tally())
            match = next((e for e in waiting if _same_place(e, finding, article)), None)
            scores.scored.append((finding["score"], match is not None))
            if match is None:
                tally.wrong += 1
                scores.errors.append((case["id"], f"wrong {finding['signal']}: {finding['span'][:80]}"))
                continue
            waiting.remove(match)
            tally.right += 1
            tally.evidence += _same_evidence(match["evidence"], finding)
        for expected in waiting:
            scores.tallies.setdefault(expected["signal"], Tally()).missed += 1
            scores.errors.append((case["id"], f"missed {expected['signal']}: {expected['span'][:80]}"))
        if case["kind"] == "legitimate-criticism":
            scores.on_criticism += len(found)
    return scores


def _same_place(expected: dict[str, str], finding: dict[str, Any], article: dict[str, str]) -> bool:
    if expected["signal"] != finding["signal"]:
        return False
    text = article["body" if finding["field"] == "text" else finding["field"]]
    start = text.find(expected["span"])
    if start < 0:
        return False
    end = start + len(expected["span"])
    return bool(finding["start"] < end and start < finding["end"])


def _same_evidence(expected: str, finding: dict[str, Any]) -> bool:
    if expected in {finding["evidence"], *finding["other"]["ids"]} or expected in finding["other"]["text"]:
        return True
    one, other = set(words_of(expected.lower())), set(words_of(finding["other"]["text"].lower()))
    return len(one & other) >= EVIDENCE_SHARE * max(1, min(len(one), len(other)))


def read_corpus(shared_data: Path) -> Iterable[tuple[str, ArticleText]]:
    """Id and text of every real article."""
    with gzip.open(shared_data / CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], ArticleText(row["title"], row["lead"] or "", row["body"] or "", CORPUS_DAY)


def criticism_ids(shared_data: Path) -> frozenset[str]:
    """Ids of the articles that the gold set labels as criticism."""
    return frozenset(row["id"] for row in read_cases(shared_data / GOLD) if row["stance"] == "criticism")


def findings_on_criticism(shared_data: Path, detector: SignalDetector) -> list[tuple[str, str]]:
    """(article, signal) of every finding on criticism of the gold set. There must be none."""
    wanted = criticism_ids(shared_data)
    return [
        (key, finding.signal)
        for key, article in read_corpus(shared_data)
        if key in wanted
        for finding in detector.detect(article)
    ]


def evaluate_signals(shared_data: Path) -> Report:
    """Scores the cases and counts findings on the whole corpus. About 20 seconds.

    Raises OSError when a corpus file is missing.
    """
    detector = SignalDetector(load_gazetteer())
    scores = score_cases(read_cases(shared_data / CASES), detector)
    wanted = criticism_ids(shared_data)
    rules: dict[str, int] = {}
    articles = hit = gate = 0
    for key, article in read_corpus(shared_data):
        found = detector.detect(article)
        articles, hit = articles + 1, hit + bool(found)
        gate += len(found) if key in wanted else 0
        for finding in found:
            name = f"{finding.signal}.{finding.rule}"
            rules[name] = rules.get(name, 0) + 1
    return Report(scores, hit / max(1, articles), rules, gate, digests(shared_data, (CASES, GOLD, CORPUS)))


def digests(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """SHA-256 of files, in hexadecimal."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
