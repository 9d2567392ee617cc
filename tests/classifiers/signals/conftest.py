"""One detector for all tests of signals: building it takes a fraction of a second."""

from __future__ import annotations

import pytest

from classifiers.signals import SignalDetector
from provinces.gazetteer import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def detector(gazetteer: Gazetteer) -> SignalDetector:
    return SignalDetector(gazetteer)
