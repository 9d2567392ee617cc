"""All signals behind one door."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from classifiers.records import ArticleText
from classifiers.signals.companions import SensationalWording, UnattributedAccusation
from classifiers.signals.reading import Reading
from classifiers.signals.records import Detector, SignalContext, SignalFinding
from classifiers.signals.s1_register import RegisterMismatch
from classifiers.signals.s2_headline import UnsupportedHeadline
from classifiers.signals.s3_old_event import OldEvent
from classifiers.signals.s4_place import WrongPlace
from classifiers.signals.s7_quote import QuoteMismatch
from classifiers.signals.s8_corrected import AlreadyCorrected
from classifiers.signals.s9_outlets import OutletsDisagree
from classifiers.signals.s10_roster import WrongRoster
from provinces.gazetteer import Gazetteer

ALL_SIGNALS = frozenset({"S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10"})
EMPTY = SignalContext()

_YIELDS = {"S9": ("S7", "S8", "S3"), "S3": ("S8",)}
"""A number that one of these explains is not reported a second time as two outlets that disagree, and a claim
that was taken back not as an old event.
"""


class SignalDetector:
    """Compares an article with what can be checked. Build once (about 0.2 s), use from any number of calls.

    ``enabled``: the signals that are switched on. Raises ValueError naming one that does not exist.
    """

    def __init__(self, gazetteer: Gazetteer, enabled: Collection[str] = ALL_SIGNALS) -> None:
        unknown = set(enabled) - ALL_SIGNALS
        if unknown:
            raise ValueError(f"unknown signal {min(unknown)}; choose from {', '.join(sorted(ALL_SIGNALS))}")
        self.enabled = frozenset(enabled)
        detectors: list[Detector] = [
            RegisterMismatch(),
            UnsupportedHeadline(),
            OldEvent(),
            QuoteMismatch(),
            AlreadyCorrected(),
            OutletsDisagree(),
            WrongRoster(),
        ]
        if "S4" in self.enabled:
            detectors.append(WrongPlace.build(gazetteer))
        self._detectors = [d for d in detectors if d.signal in self.enabled]
        self._companions = [
            c for c in (UnattributedAccusation(), SensationalWording()) if c.signal in self.enabled
        ]

    def detect(self, article: ArticleText, context: SignalContext = EMPTY) -> list[SignalFinding]:
        """The findings of one article, S5 and S6 attached to the first of them; mostly none."""
        target = Reading(article)
        found = [finding for detector in self._detectors for finding in detector.detect(target, context)]
        signals = {finding.signal for finding in found}
        found = [f for f in found if not any(stronger in signals for stronger in _YIELDS.get(f.signal, ()))]
        if not found:
            return []
        attached = tuple(note for companion in self._companions for note in companion.attached(target))
        return [replace(found[0], attached=attached), *found[1:]] if attached else found
