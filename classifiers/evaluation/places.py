"""How well places are read and provinces judged: scores, a table by province, errors by id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifiers.places.article import PlaceTagger
from classifiers.places.predict import default_tagger, predict_line
from classifiers.places.train import REPEATS, Example, Repeated, examples, f1, repeated

PASSAGES = "places_dev.jsonl"
GOLD = "gold_dev.jsonl"


@dataclass(frozen=True)
class PassageScores:
    """Scores on passages whose units are labelled.

    span_code    F1 of (start, span, code); several codes may be right, optional mentions never count
    province_now share of matched spans with the right province of today
    about        (precision, recall, F1) of about_provinces_now with the shipped weights
    errors       (passage id, what went wrong)
    """

    span_code: float
    province_now: float
    about: tuple[float, float, float]
    errors: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Report:
    """What places are measured by.

    halves          span and code F1 on odd and even passages
    gold            precision, recall, F1 of articles by nested cross-validation, first split;
                    passages_about: of passages
    repeated        nested cross-validated F1 of every split, by kind ("gold", "passages")
    by_province     name → (articles about it, found, wrongly said)
    """

    passages: PassageScores
    halves: tuple[float, float]
    gold: tuple[float, float, float]
    passages_about: tuple[float, float, float]
    repeated: Repeated
    by_province: dict[str, tuple[int, int, int]]
    gold_errors: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    digests: dict[str, str]

    def text(self) -> str:
        """The report for a terminal or a file."""
        p = self.passages
        lines = [
            f"places: span+code F1 {p.span_code:.4f}  province_now {p.province_now:.4f}  "
            f"about now F1 {p.about[2]:.4f} (shipped weights)",
            f"odd passages {self.halves[0]:.4f}, even passages {self.halves[1]:.4f}",
            f"about by nested cross-validation, {REPEATS} times (weights, penalty and threshold from the "
            "other folds alone):",
            *(
                f"  {kind}: F1 {self.repeated.mean(kind):.4f} ± {self.repeated.spread(kind):.4f} "
                f"({' '.join(f'{score:.4f}' for score in self.repeated.scores[kind])})"
                for kind in self.repeated.scores
            ),
            "first split: articles P {:.4f} R {:.4f} F1 {:.4f}".format(*self.gold),
            "             passages P {:.4f} R {:.4f} F1 {:.4f}".format(*self.passages_about),
            "",
            f"{'province':24} articles  found  wrongly said",
        ]
        ordered = sorted(self.by_province.items(), key=lambda item: (-item[1][0], item[0]))
        lines += [f"{name:24} {n:8d} {hit:6d} {wrong:13d}" for name, (n, hit, wrong) in ordered]
        lines += ["", "errors in passages"] + [f"{key}: {what}" for key, what in p.errors]
        lines += ["", "errors in articles (article: missed / wrongly said)"]
        lines += [f"{key}: {', '.join(m) or '-'} / {', '.join(w) or '-'}" for key, m, w in self.gold_errors]
        return "\n".join(lines)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_passages(path: Path) -> list[dict[str, Any]]:
    """The labelled passages of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score_passages(cases: Iterable[dict[str, Any]], tagger: PlaceTagger) -> PassageScores:
    """Scores labelled passages by places_conventions.md."""
    right = wrong = missed = placed = matched = 0
    judged: list[tuple[set[str], set[str]]] = []
    errors: list[tuple[str, str]] = []
    for case in cases:
        said: dict[str, Any] = predict_line(case, tagger)
        optional = {(e["start"], e["span"]) for e in case.get("optional", ())}
        expected = {(e["start"], e["span"]): e for e in case["expected"]}
        found: set[tuple[int, str]] = set()
        for place in said["places"]:
            key = (place["start"], place["span"])
            if key in optional:
                continue
            entry = expected.get(key)
            good = entry is not None and place["code"] in entry.get("codes", [entry["code"]])
            right, wrong = right + good, wrong + (not good)
            if entry is not None:
                found.add(key)
                matched += 1
                placed += place["province_now"] == entry["province_now"]
                missed += not good
            if not good:
                errors.append((case["id"], f"said {place['span']} {place['code']}"))
        for key in expected.keys() - found:
            missed += 1
            errors.append((case["id"], f"missed {key[1]} {expected[key]['code']}"))
        about = (set(case["about_provinces_now"]), set(said["about_provinces_now"]))
        judged.append(about)
        if about[0] != about[1]:
            errors.append((case["id"], f"about {sorted(about[1])} instead of {sorted(about[0])}"))
    total = 2 * right + wrong + missed
    return PassageScores(
        2 * right / total if total else 1.0, placed / max(1, matched), f1(judged), tuple(errors)
    )


def evaluate_places(shared_data: Path) -> Report:
    """Scores the passages, and the about decision by cross-validation. About half a minute.

    Raises OSError when a corpus file is missing.
    """
    tagger = default_tagger()
    cases = read_passages(shared_data / PASSAGES)
    found = examples(shared_data, tagger.tagger)
    measured = repeated(found)
    judged = measured.first
    gold = [e for e in found if e.kind == "gold"]
    return Report(
        passages=score_passages(cases, tagger),
        halves=(
            score_passages(cases[0::2], tagger).span_code,
            score_passages(cases[1::2], tagger).span_code,
        ),
        gold=f1([judged[e.id] for e in gold]),
        passages_about=f1([judged[e.id] for e in found if e.kind == "passages"]),
        repeated=measured,
        by_province=_by_province(gold, judged),
        gold_errors=tuple(
            (e.id, tuple(sorted(want - said)), tuple(sorted(said - want)))
            for e in gold
            for want, said in (judged[e.id],)
            if want != said
        ),
        digests={name: digest(shared_data / name) for name in (PASSAGES, GOLD)},
    )


def _by_province(
    gold: list[Example], judged: dict[str, tuple[set[str], set[str]]]
) -> dict[str, tuple[int, int, int]]:
    table: dict[str, tuple[int, int, int]] = {}
    for example in gold:
        want, said = judged[example.id]
        for name in want | said:
            n, hit, wrong = table.get(name, (0, 0, 0))
            table[name] = (n + (name in want), hit + (name in want & said), wrong + (name in said - want))
    return table
