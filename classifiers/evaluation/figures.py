"""How well figures are bound and judged: accuracy, precision and recall of "differs", errors by case."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from classifiers.figures.predict import predict_line
from classifiers.figures.register import Register, load_register

CASES = "claims_dev.jsonl"
REGISTER = "register_all.csv"
_COMPARED = ("agrees", "differs")


@dataclass(frozen=True)
class Report:
    """An evaluation of figures.

    expected           listed figures
    bound              listed figures that something was found at
    right              of those, with the right verdict and indicator
    differs_precision  of "differs" given, the share that is listed as "differs"
    differs_recall     of "differs" listed, the share that was given
    wrongly_compared   share of comparisons made where nothing or an abstention is listed
    errors             (case id, what went wrong)
    """

    expected: int
    bound: int
    right: int
    differs_precision: float
    differs_recall: float
    wrongly_compared: float
    errors: tuple[tuple[str, str], ...]

    @property
    def accuracy(self) -> float:
        """Verdict accuracy over all listed figures; one that is not found counts as wrong."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def accuracy_bound(self) -> float:
        """Verdict accuracy over the figures that were bound."""
        return self.right / self.bound if self.bound else 0.0

    def text(self) -> str:
        """The report for a terminal or a file."""
        lines = [
            f"figures: accuracy {self.accuracy:.4f} (bound {self.accuracy_bound:.4f}, "
            f"{self.bound}/{self.expected})  differs precision {self.differs_precision:.4f} "
            f"recall {self.differs_recall:.4f}  wrongly compared {self.wrongly_compared:.4f}"
        ]
        return "\n".join(lines + [f"{ident}: {what}" for ident, what in self.errors])


def evaluate_figures(shared_data: Path) -> Report:
    """Evaluate on the claims in ``shared_data``. Raises OSError, RegisterError."""
    return evaluate(read_cases(shared_data / CASES), load_register(shared_data / REGISTER))


def read_cases(path: Path) -> list[dict[str, object]]:
    """Cases ``{id, province, published, title, text, expected: [{span, indicator, verdict}]}``."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def evaluate(cases: Sequence[Mapping[str, object]], register: Register) -> Report:
    """Run the checker over cases and count."""
    tally = dict.fromkeys(("expected", "bound", "right", "compared", "stray", "said", "true", "listed"), 0)
    errors: list[tuple[str, str]] = []
    for case in cases:
        title = str(case["title"])
        whole = f"{title}\n{case['text']}"
        found = _placed(predict_line(case, register)["findings"], len(title) + 1)
        listed = case["expected"]
        assert isinstance(listed, list)
        used: set[int] = set()
        for claim in listed:
            _count(claim, whole, found, used, tally, errors, str(case["id"]))
        for number, (_, _, finding) in enumerate(found):
            compared = finding["verdict"] in _COMPARED
            tally["compared"] += compared
            tally["said"] += finding["verdict"] == "differs"
            if number not in used and compared:
                tally["stray"] += 1
                errors.append(
                    (str(case["id"]), f"compared without need: {finding['span']} ({finding['indicator']})")
                )
    return Report(
        tally["expected"],
        tally["bound"],
        tally["right"],
        tally["true"] / tally["said"] if tally["said"] else 1.0,
        tally["true"] / tally["listed"] if tally["listed"] else 1.0,
        tally["stray"] / tally["compared"] if tally["compared"] else 0.0,
        tuple(errors),
    )


def _placed(findings: object, offset: int) -> list[tuple[int, int, dict[str, object]]]:
    """Findings with their places in title + newline + text; ``offset``: where the text begins there."""
    assert isinstance(findings, list)
    return [
        (finding["start"] + shift, finding["end"] + shift, finding)
        for finding in findings
        for shift in [offset if finding["field"] == "text" else 0]
    ]


def _count(
    claim: Mapping[str, object],
    whole: str,
    found: list[tuple[int, int, dict[str, object]]],
    used: set[int],
    tally: dict[str, int],
    errors: list[tuple[str, str]],
    ident: str,
) -> None:
    start = whole.index(str(claim["span"]))
    end = start + len(str(claim["span"]))
    indicator = unicodedata.normalize("NFC", str(claim["indicator"]))
    tally["expected"] += 1
    tally["listed"] += claim["verdict"] == "differs"
    hits = [n for n, (a, b, _) in enumerate(found) if a < end and start < b and n not in used]
    hits.sort(key=lambda n: found[n][2]["indicator"] != indicator)
    if not hits:
        errors.append((ident, f"not found: {claim['span']} ({indicator}, {claim['verdict']})"))
        return
    used.add(hits[0])
    finding = found[hits[0]][2]
    tally["bound"] += 1
    verdict_right = finding["verdict"] == claim["verdict"]
    tally["true"] += verdict_right and claim["verdict"] == "differs"
    if verdict_right and finding["indicator"] == indicator:
        tally["right"] += 1
        return
    if finding["verdict"] in _COMPARED and claim["verdict"] not in _COMPARED:
        tally["stray"] += 1
    errors.append((ident, f"{claim['span']}: {claim['verdict']} expected, {finding['verdict']} given"))
