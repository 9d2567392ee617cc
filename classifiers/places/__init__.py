"""Places: which administrative units a text names, and which provinces it is about."""

from classifiers.places.records import PlaceMention, PlaceResult, ProvinceVerdict
from classifiers.places.article import PlaceTagger

__all__ = ["PlaceMention", "PlaceResult", "PlaceTagger", "ProvinceVerdict"]
