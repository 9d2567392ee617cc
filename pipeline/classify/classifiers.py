"""All classifiers of a province behind one door."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from classifiers.places.article import PlaceTagger
from classifiers.places.findings import DETECTOR as PLACES
from classifiers.places.findings import findings as place_findings
from classifiers.records import ArticleText, Finding
from classifiers.topics.tagger import DETECTOR as TOPICS
from classifiers.topics.tagger import TopicTagger
from provinces.gazetteer import load_gazetteer
from provinces.loader import load_province, province_names


class ProvinceClassifiers:
    """Places and topics. Built once per process; loading takes about a second."""

    detectors: Collection[str] = (PLACES, TOPICS)

    def __init__(self, places: PlaceTagger, topics: TopicTagger):
        self._places = places
        self._topics = topics

    def findings(self, article: ArticleText) -> list[Finding]:
        """What all of them say of one article."""
        return [*place_findings(self._places.classify(article)), *self._topics.findings(article)]


def _landmarks(folder: Path) -> Iterable[tuple[str, str]]:
    """Names that imply a province, of every bundled profile: an article may be about a neighbour."""
    for profile in [load_province(folder), *map(load_province, province_names())]:
        for landmark in profile.landmarks:
            for name in (landmark.name, *landmark.aliases):
                yield name, profile.code


def load_classifiers(province: Path, topics: Path | None = None) -> ProvinceClassifiers:
    """The classifiers for a profile folder; ``topics``: an office's own edition of the topics file."""
    units = province / "units.toml"  # made-up or newer units that the national gazetteer lacks
    gazetteer = load_gazetteer([units] if units.is_file() else [])
    places = PlaceTagger(gazetteer, list(dict.fromkeys(_landmarks(province))))
    return ProvinceClassifiers(places, TopicTagger.load(override=topics))
