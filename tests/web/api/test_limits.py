"""A token has so many requests a minute; every process counts the same; 429 says how long to wait."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from tests.web.api.caller import Caller, told
from web.api.limits import Kind, spend

NOW = datetime(2026, 11, 25, 8, 0, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _few(settings: pytest.FixtureRequest) -> None:
    settings.DIEMBAO_API_LIMITS = {"read": 3, "write": 2, "export": 1}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute that does not end in the middle of a test."""
    at = timezone.now().replace(second=12)
    monkeypatch.setattr("web.api.access.timezone.now", lambda: at)


@pytest.mark.django_db
def test_the_fourth_read_of_a_minute_is_refused_with_how_long_to_wait(clock: None) -> None:
    caller = Caller()
    left = [caller.call("get", "/me")["X-RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    response = caller.call("get", "/me")
    assert told(response, 429)["code"] == "too-many-requests"
    assert response["Retry-After"] == response["X-RateLimit-Reset"] == "48"
    assert response["X-RateLimit-Limit"] == "3"


@pytest.mark.django_db
def test_reads_writes_and_exports_are_counted_apart(clock: None) -> None:
    caller = Caller()
    for _ in range(4):
        caller.call("get", "/me")
    assert [caller.call("post", "/cases", {}).status_code for _ in range(3)] == [422, 422, 429]
    exports = [caller.call("get", "/exports/register/jsonl").status_code for _ in range(2)]
    assert exports == [200, 429]


@pytest.mark.django_db
def test_refused_calls_count_and_tokens_count_apart(clock: None) -> None:
    weak, other = Caller("viewer"), Caller("viewer")
    assert [weak.call("post", "/cases", {}).status_code for _ in range(3)] == [403, 403, 429]
    assert other.call("post", "/cases", {}).status_code == 403


@pytest.mark.django_db
def test_a_new_minute_begins_anew() -> None:
    token = Caller().token
    assert [spend(token, Kind.READ, NOW).fits for _ in range(4)] == [True, True, True, False]
    later = spend(token, Kind.READ, NOW + timedelta(seconds=48))
    assert later.fits and later.remaining == 2 and later.reset_s == 60


@pytest.mark.django_db(transaction=True)
def test_callers_at_once_never_get_more_than_there_is(settings: pytest.FixtureRequest) -> None:
    settings.DIEMBAO_API_LIMITS = {"read": 10, "write": 1, "export": 1}
    token = Caller().token

    def ask(_number: int) -> bool:
        try:
            return spend(token, Kind.READ, NOW).fits
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(40))) == 10
