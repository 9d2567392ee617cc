"""The settings of signals that are in force, for the pipeline and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from archive.models import Finding
from cases.models import SignalSetting

SIGNALS = tuple(f"S{number}" for number in range(1, 11))


@dataclass(frozen=True, slots=True)
class Setting:
    """Whether a signal's findings are kept at all, and from what score on."""

    enabled: bool = True
    threshold: float = 0.0

    def keeps(self, score: float) -> bool:
        """Whether a finding of this score is kept."""
        return self.enabled and score >= self.threshold


def shown_between(signal: str, low: float, high: float, since: datetime) -> int:
    """Findings of the signal that were found since then and score low <= score < high."""
    found = Finding.objects.filter(kind="signal", label=signal, created_at__gte=since)
    return found.filter(score__gte=low, score__lt=high).count()


class SettingRefused(ValueError):
    """The setting was not kept; the message says why and what to do (Vietnamese)."""


def in_force() -> Mapping[str, Setting]:
    """The newest setting of every signal."""
    settings = dict.fromkeys(SIGNALS, Setting())
    for row in SignalSetting.objects.order_by("at", "pk"):
        settings[row.signal] = Setting(row.enabled, row.threshold)
    return settings


def change(
    signal: str, *, enabled: bool, threshold: float, by: User | None, now: datetime, reason: str
) -> SignalSetting:
    """Write a new setting. Raises ``SettingRefused``."""
    if signal not in SIGNALS:
        raise SettingRefused(_("Không có dấu hiệu “%(signal)s”.") % {"signal": signal[:20]})
    if not 0.0 <= threshold <= 1.0:
        raise SettingRefused(_("Ngưỡng phải từ 0 đến 1."))
    if not reason.strip():
        raise SettingRefused(_("Hãy ghi lý do."))
    if in_force()[signal] == Setting(enabled, threshold):
        raise SettingRefused(_("Không có gì khác so với thiết lập đang dùng."))
    return SignalSetting.objects.create(
        signal=signal, enabled=enabled, threshold=threshold, by=by, at=now, reason=reason.strip()
    )
