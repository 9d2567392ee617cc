"""The national gazetteer: every province, district and commune with its dates and successors."""

from provinces.gazetteer.loader import Gazetteer, GazetteerError, load_gazetteer
from provinces.gazetteer.units import REFORM, Level, Unit

__all__ = ["REFORM", "Gazetteer", "GazetteerError", "Level", "Unit", "load_gazetteer"]
