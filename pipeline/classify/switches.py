"""What administrators switched: signals that are off, and scores below a signal's threshold, are dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cases.signals import Setting
from classifiers.records import Finding


def kept(findings: Iterable[Finding], settings: Mapping[str, Setting]) -> list[Finding]:
    """Everything but signals that the settings do not keep."""
    return [
        finding
        for finding in findings
        if finding.kind != "signal"
        or finding.label not in settings
        or settings[finding.label].keeps(finding.score)
    ]
