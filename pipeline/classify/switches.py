"""What administrators switched: signals that are off, and scores below a signal's threshold, are dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cases.signals import Setting
from classifiers.records import Finding


def kept(findings: Iterable[Finding], settings: Mapping[str, Setting]) -> list[Finding]:
    """Everything but signals that the settings do not keep, and companions (S5, S6) that are off."""
    everything = Setting()
    return [
        _without_companions(finding, settings)
        for finding in findings
        if finding.kind != "signal" or settings.get(finding.label, everything).keeps(finding.score)
    ]


def _without_companions(finding: Finding, settings: Mapping[str, Setting]) -> Finding:
    """A companion has no score of its own: only whether its signal is on counts."""
    attached = finding.evidence.get("attached")
    if not isinstance(attached, list) or not attached:
        return finding
    on = [note for note in attached if settings.get(str(note["signal"]), Setting()).enabled]
    return (
        finding
        if len(on) == len(attached)
        else replace(finding, evidence=finding.evidence | {"attached": on})
    )
