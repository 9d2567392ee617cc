"""The tables of what people decide."""

from cases.models.decisions import Decision
from cases.models.signals import SignalSetting

__all__ = ["Decision", "SignalSetting"]
