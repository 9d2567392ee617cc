"""The Elasticsearch server that tests share."""

from __future__ import annotations

import os

import pytest


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
