"""Fit the scores of findings on what was judged, and compare them with ``weights.json``.

``python -m classifiers.signals.fit [--save]``: without ``--save`` nothing is written, and the exit code is 1
when the file says something else than the judged findings.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from classifiers.signals.calibration import WEIGHTS_FILE
from classifiers.signals.fit.judged import (
    Judged,
    judged_figures,
    judged_findings,
    judged_pairs,
    judged_things,
)
from classifiers.signals.fit.models import Logistic, beta_share, fit_s1, fit_s9, fit_things
from classifiers.signals.fit.reliability import judged_scores, table
from classifiers.signals.number_pairs import FEATURES as PAIR_FEATURES
from classifiers.signals.s1_features import FEATURES as FIGURE_FEATURES
from classifiers.signals.thing_pairs import FEATURES as THING_FEATURES

VERSION = "1.1"
UNJUDGED = {
    "S2.slot-cause": 0.5,
    "S2.slot-negated": 0.5,
    "S2.slot-opposite": 0.5,
    "S2.slot-role": 0.5,
    "S5.unattributed": 0.5,
    "S6.wording": 0.5,
}
"""No finding of theirs was judged: one half says that nothing is known. S5 and S6 never stand alone."""


def fitted() -> dict[str, Any]:
    """The content of ``weights.json``, from the judged findings alone."""
    of_rule: dict[str, list[Judged]] = defaultdict(list)
    for row in judged_findings():
        of_rule[row.rule].append(row)
    return {
        "version": VERSION,
        "rules": {rule: _rule(rows) for rule, rows in of_rule.items()},
        "fixed": UNJUDGED,
        "models": {
            "S1.figure": _model(fit_s1(judged_figures()), FIGURE_FEATURES),
            "S9.number": _model(fit_s9(judged_pairs()), PAIR_FEATURES),
            "S9.thing": _model(fit_things(judged_things()), THING_FEATURES),
        },
    }


def _rule(rows: list[Judged]) -> dict[str, float | int]:
    fresh = [row for row in rows if not row.seen]
    seen = [row for row in rows if row.seen]
    right, seen_right = sum(row.right for row in fresh), sum(row.right for row in seen)
    return {
        "score": round(beta_share(rows), 4),
        "right": right,
        "wrong": len(fresh) - right,
        "seen_right": seen_right,
        "seen_wrong": len(seen) - seen_right,
    }


def _model(model: Logistic, features: tuple[str, ...]) -> dict[str, Any]:
    return {"features": list(features), "intercept": model.intercept, "weights": list(model.weights)}


def main(arguments: list[str]) -> int:
    """Print how reliable the scores are; write them with ``--save``. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m classifiers.signals.fit", description=__doc__)
    parser.add_argument("--save", action="store_true", help="write weights.json")
    args = parser.parse_args(arguments)
    weights = fitted()
    sys.stdout.write("\n".join(table(judged_scores())) + "\n\n")
    text = json.dumps(weights, indent=1, ensure_ascii=False) + "\n"
    if json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")) == weights:
        sys.stdout.write(f"{WEIGHTS_FILE.name} is what the judged findings give.\n")
        return 0
    if args.save:
        _write(WEIGHTS_FILE, text)
        sys.stdout.write(f"Wrote {WEIGHTS_FILE.name}.\n")
        return 0
    sys.stdout.write(f"{WEIGHTS_FILE.name} differs from what the judged findings give; --save writes it.\n")
    return 1


def _write(path: Path, text: str) -> None:
    """Complete or not at all."""
    beside = path.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
