"""All classifiers of a province behind one door."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from classifiers.places.article import PlaceTagger
from classifiers.places.findings import DETECTOR as PLACES
from classifiers.places.findings import findings as place_findings
from classifiers.places.landmarks import landmark_names
from classifiers.records import ArticleText, Finding
from classifiers.topics.tagger import DETECTOR as TOPICS
from classifiers.topics.tagger import TopicTagger
from classifiers.topics.weights import FILE_NAME
from provinces.loader import gazetteer_of, load_province, province_names


class ProvinceClassifiers:
    """Places and topics. Built once per process; loading takes about a second."""

    detectors: Collection[str] = (PLACES, TOPICS)

    def __init__(self, places: PlaceTagger, topics: TopicTagger):
        self._places = places
        self._topics = topics

    def findings(self, article: ArticleText) -> list[Finding]:
        """What all of them say of one article."""
        return [*place_findings(self._places.classify(article)), *self._topics.findings(article)]


def load_classifiers(province: Path, models: Path | None = None) -> ProvinceClassifiers:
    """The classifiers for a profile folder.

    ``models``: folder of what the office trained itself (``topics/weights.npz``), used if it is there.
    A profile may carry ``units.toml`` (units that the national gazetteer lacks) and ``topics.toml``
    (the office's own edition of the topics).
    """
    gazetteer = gazetteer_of(province)
    # Landmarks of every bundled profile: an article may be about a neighbour.
    names: list[str | Path] = [*province_names(), province]
    profiles = {profile.id: profile for profile in map(load_province, names)}
    places = PlaceTagger(gazetteer, landmark_names(profiles.values()))
    edition = province / "topics.toml"
    trained = models / "topics" if models and (models / "topics" / FILE_NAME).is_file() else None
    topics = TopicTagger.load(folder=trained, override=edition if edition.is_file() else None)
    return ProvinceClassifiers(places, topics)
