"""Places: which administrative units a text names, and which provinces it is about."""

from classifiers.places.article import PlaceTagger
from classifiers.places.findings import findings
from classifiers.places.landmarks import landmark_names
from classifiers.places.records import PlaceMention, PlaceResult, ProvinceVerdict

__all__ = ["PlaceMention", "PlaceResult", "PlaceTagger", "ProvinceVerdict", "findings", "landmark_names"]
