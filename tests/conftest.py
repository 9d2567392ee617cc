"""What every test shares: only loopback is reached; corpora and servers are found, or tests are skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.network import loopback_only

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# How long an example takes says more about the machine than about the code; and a suite says the same of
# the same code each time. `pytest --hypothesis-profile search` looks for examples never tried before.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", untimed, derandomize=True)
settings.register_profile("search", untimed)
settings.load_profile("steady")


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


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """``TEST_ELASTICSEARCH_URL``; without it the test is skipped, or fails if servers are required."""
    url = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    if not url:
        reason = "no Elasticsearch: run `make test`, or set TEST_ELASTICSEARCH_URL (see tests/servers)"
        if os.environ.get("REQUIRE_SERVERS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reads ../shared is marked, so that ``-m "not corpus"`` leaves all of it out."""
    for item in items:
        if {"shared_data", "shared_tools"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.corpus)
