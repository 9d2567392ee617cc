"""Builds the steps after collection. Importable and picklable, for the worker process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.classify.classifiers import load_classifiers
from pipeline.classify.step import ClassifyStep
from pipeline.index.step import IndexStep
from pipeline.maintain.step import MaintainStep
from pipeline.step import Step
from pipeline.stories.step import StoryStep
from search.config import SearchConfig
from search.service import open_engine


def build_steps(province: Path, search: SearchConfig) -> Sequence[Step]:
    """The steps in the order in which an article passes them."""
    return [
        ClassifyStep(load_classifiers(province)),
        StoryStep(),
        IndexStep(open_engine(search)),
        MaintainStep(),
    ]
