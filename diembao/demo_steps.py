"""The steps of the demo province: those of every province, and the one that makes a few cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from demo.cases import DemoCases
from pipeline.build import build_steps
from pipeline.step import Step
from search.config import SearchConfig


def build_demo_steps(
    province: Path, search: SearchConfig, models: Path | None = None, base: str = ""
) -> Sequence[Step]:
    """See ``pipeline.build.build_steps``."""
    return [*build_steps(province, search, models, base), DemoCases(Path(settings.DIEMBAO_ATTACHMENTS))]
