"""What every test shares: the network is blocked but for loopback, and the corpora are found or skipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def _loopback_only() -> None:
    """Sockets reach 127.0.0.0/8 and nothing else."""
    socket_allow_hosts(["127.0.0.0/8", "localhost"], allow_unix_socket=True)


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
