"""One tagger for all tests of places: building it takes a fraction of a second."""

from __future__ import annotations

import pytest

from classifiers.places import PlaceTagger
from provinces.gazetteer import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def tagger(gazetteer: Gazetteer) -> PlaceTagger:
    return PlaceTagger(gazetteer)
