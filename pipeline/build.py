"""Builds the steps after collection, and those of delivery. Importable, for the worker processes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alerts.channels import open_channels
from alerts.config import AlertConfig
from alerts.deliver import Deliverer
from alerts.duty.casework import CaseNews, DeadlineDuty
from alerts.duty.collection import CollectionDuty
from alerts.duty.digests import DigestStep
from alerts.duty.escalation import EscalationDuty
from alerts.duty.silence import SilenceDuty
from briefings.building import Office
from classifiers.signals.detector import SignalDetector
from pipeline.alert.step import AlertStep
from pipeline.briefing.step import BriefingStep
from pipeline.cases.step import CaseStep
from pipeline.classify.classifiers import load_classifiers
from pipeline.classify.figures import RegisterFigures
from pipeline.classify.step import ClassifyStep
from pipeline.index.check import IndexCheck
from pipeline.index.step import IndexStep
from pipeline.maintain.step import MaintainStep
from pipeline.signals.context import ContextSource
from pipeline.signals.step import SignalStep
from pipeline.step import Step
from pipeline.stories.related import RelatedCoverage
from pipeline.stories.step import StoryStep
from provinces.loader import gazetteer_of, load_province
from search.config import SearchConfig
from search.service import open_engine


def build_steps(
    province: Path, search: SearchConfig, models: Path | None = None, base: str = ""
) -> Sequence[Step]:
    """The steps in the order in which an article passes them.

    ``models``: what the office trained; ``base``: the public address of the pages, for links in briefings.
    """
    engine, profile, gazetteer = open_engine(search), load_province(province), gazetteer_of(province)
    detector = SignalDetector(gazetteer)
    index, check = IndexStep(engine), IndexCheck(engine)
    return [
        ClassifyStep(load_classifiers(province, models), figures=RegisterFigures(profile)),
        StoryStep(),
        SignalStep(detector, ContextSource(profile, RelatedCoverage(engine))),
        check,
        index,
        AlertStep(engine, engine_is_away=lambda: index.away is True or check.short),
        CaseStep(),
        BriefingStep(Office(profile, gazetteer, base)),
        MaintainStep(),
    ]


def build_delivery(config: AlertConfig, search: SearchConfig) -> Sequence[Step]:
    """What brings alerts to people: a process of its own, because services may be slow to answer."""
    listening: list[Step] = []
    if config.slack_app_token:
        from alerts.channels.slack.socket import SlackSocket

        listening.append(SlackSocket(config, open_engine(search)))
    return [
        *listening,
        SilenceDuty(),
        CollectionDuty(),
        DeadlineDuty(),
        CaseNews(),
        EscalationDuty(),
        DigestStep(config.digests),
        Deliverer(open_channels(config), attempts=config.attempts),
    ]
