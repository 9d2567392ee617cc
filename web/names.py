"""Names of topics and places by their codes, for facets and chips."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from classifiers.topics.lexicon import load_lexicon
from provinces.gazetteer import Gazetteer
from provinces.loader import gazetteer_of


@cache
def gazetteer() -> Gazetteer:
    """The units that the province knows."""
    return gazetteer_of(settings.DIEMBAO_PROVINCE)


@cache
def place_name(code: str) -> str:
    """The unit's name today, or the last one it had; the code itself when nobody knows it."""
    rows = gazetteer().rows(code)
    if not rows:
        return code
    return max(rows, key=lambda unit: unit.valid_from or date.min).full_name


@cache
def vietnamese_topics() -> dict[str, str]:
    """As ``topic_names``, as they are written in queries."""
    return {topic.id: topic.name for topic in load_lexicon().topics}


def topic_names() -> dict[str, str]:
    """Every topic's name by its id, in the order of the list, in the language of the page."""
    return {code: _(name) for code, name in vietnamese_topics().items()}


def topic_name(code: str) -> str:
    """The topic's name; the code itself when there is no such topic."""
    name = vietnamese_topics().get(code)
    return _(name) if name else code
