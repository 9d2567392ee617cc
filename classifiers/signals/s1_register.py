"""S1: a figure that differs from the register of official figures."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.figures.verdicts import Verdict
from classifiers.signals.calibration import score
from classifiers.signals.reading import Reading
from classifiers.signals.records import Evidence, EvidenceKind, SignalContext, SignalFinding

INNOCENT = (
    "Số trong bài có thể thuộc kỳ hoặc phạm vi khác (trước sáp nhập, một ngành, một địa bàn).",
    "Cách tính hoặc cách làm tròn có thể khác.",
    "Sổ số liệu của văn phòng có thể đã cũ.",
)


@dataclass(frozen=True)
class RegisterMismatch:
    """Detector of S1. The figure checker has bound and compared; only what differs comes here."""

    signal: str = "S1"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """One finding for every figure that differs from the register."""
        del target
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
                score("S1.figure"),
                INNOCENT,
            )
            for figure in context.figures
            if figure.verdict is Verdict.DIFFERS
        ]
