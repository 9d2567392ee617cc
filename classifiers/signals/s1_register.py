"""S1: a figure that differs from the register of official figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from classifiers.figures.checker import FigureFinding
from classifiers.figures.verdicts import Verdict
from classifiers.signals.calibration import logistic, score
from classifiers.signals.reading import Reading
from classifiers.signals.records import Evidence, EvidenceKind, SignalContext, SignalFinding
from classifiers.signals.s1_features import features

INNOCENT = (
    "Số trong bài có thể thuộc kỳ hoặc phạm vi khác (trước sáp nhập, một ngành, một địa bàn).",
    "Cách tính hoặc cách làm tròn có thể khác.",
    "Sổ số liệu của văn phòng có thể đã cũ.",
)


def figure_score(target: Reading, figure: FigureFinding, places: Collection[str] | None = None) -> float:
    """Probability that the figure, found in the article read, is of the same thing as the register's.

    ``places``: names of the register's province (None: by its code). Raises ValueError for a figure that
    does not stand in the article.
    """
    if figure.verdict is Verdict.SUPERSEDED:
        return score("S1.superseded")
    return logistic("S1.figure", features(target, figure, places))


@dataclass(frozen=True)
class RegisterMismatch:
    """Detector of S1. The figure checker has bound and compared; only what differs comes here."""

    signal: str = "S1"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """One finding for every figure that differs from the register."""
        return [
            SignalFinding(
                self.signal,
                "figure",
                figure.span,
                Evidence(
                    EvidenceKind.REGISTER,
                    f"{figure.indicator}: {figure.register_value} {figure.entry.unit}".strip(),
                    (),
                    figure.entry.quote or "Sổ số liệu",
                    figure.entry.as_of,
                ),
                figure_score(target, figure),
                INNOCENT,
            )
            for figure in context.figures
            if figure.verdict is Verdict.DIFFERS
        ]
