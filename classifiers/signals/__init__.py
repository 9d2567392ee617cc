"""Signals: where an article differs from what can be checked. Every finding reads "cần đối chiếu"."""

from classifiers.signals.detector import ALL_SIGNALS, SignalDetector
from classifiers.signals.findings import findings
from classifiers.signals.records import (
    Correction,
    Evidence,
    RelatedArticle,
    RosterEntry,
    SignalContext,
    SignalFinding,
)

__all__ = [
    "ALL_SIGNALS",
    "Correction",
    "Evidence",
    "RelatedArticle",
    "RosterEntry",
    "SignalContext",
    "SignalDetector",
    "SignalFinding",
    "findings",
]
