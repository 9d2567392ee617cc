"""What every test shares: the network is blocked but for loopback, and the corpora are found or skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.network import loopback_only

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True, scope="session")
def _network() -> Iterator[None]:
    """Sockets reach 127.0.0.0/8 and nothing else."""
    with loopback_only():
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The evaluation corpora beside the checkout."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("evaluation corpora not found: ../shared/data is missing beside the checkout")
    return folder


@pytest.fixture(scope="session")
def shared_tools() -> Path:
    """The tools beside the checkout (press_replay.py)."""
    folder = SHARED / "tools"
    if not folder.is_dir():
        pytest.skip("press_replay.py not found: ../shared/tools is missing beside the checkout")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reads ../shared is marked, so that ``-m "not corpus"`` leaves all of it out."""
    for item in items:
        if {"shared_data", "shared_tools"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.corpus)
