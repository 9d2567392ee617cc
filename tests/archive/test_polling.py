"""The arithmetic of waiting: always within its bounds, never ending."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.polling import (
    RETRY_AFTER_CAP_S,
    PollPolicy,
    RevisitSchedule,
    adapted_interval,
    page_wait_after_failure,
    page_wait_when_refused,
    wait_after_failure,
    wait_after_success,
)

PROPERTY = settings(max_examples=150, deadline=None)  # a busy machine is no failure
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
seconds = st.floats(0.1, 1e6)
rngs = st.integers(0, 2**32).map(Random)


@st.composite
def policies(draw: st.DrawFn) -> PollPolicy:
    floor, ceiling = sorted((draw(seconds), draw(seconds)))
    return PollPolicy(floor, ceiling, draw(st.floats(0, 0.5)))


@PROPERTY
@given(policies(), seconds, st.integers(0, 5000), st.integers(0, 5000))
def test_an_interval_stays_between_floor_and_ceiling(
    policy: PollPolicy, interval: float, items: int, new: int
) -> None:
    assert policy.floor_s <= adapted_interval(policy, interval, items, new) <= policy.ceiling_s


@PROPERTY
@given(st.integers(1, 200), st.data())
def test_the_more_is_new_the_shorter_the_interval(items: int, data: st.DataObject) -> None:
    policy = PollPolicy(1, 1e6)
    less, more = sorted((data.draw(st.integers(0, items)), data.draw(st.integers(0, items))))
    assert adapted_interval(policy, 600, items, more) <= adapted_interval(policy, 600, items, less)


def test_all_known_lengthens_and_all_new_halves() -> None:
    policy = PollPolicy(60, 3600)
    assert adapted_interval(policy, 600, 30, 0) > 600
    assert adapted_interval(policy, 600, 30, 30) == 300
    assert adapted_interval(policy, 600, 1000, 15) == 300  # a long sitemap is judged like a feed


@PROPERTY
@given(policies(), seconds, st.none() | st.floats(-10, 1e9), rngs)
def test_a_wait_honours_ttl_as_lower_bound_and_the_ceiling(
    policy: PollPolicy, interval: float, ttl: float | None, rng: Random
) -> None:
    wait = wait_after_success(policy, policy.clamp(interval), ttl, rng)
    assert policy.floor_s <= wait <= policy.ceiling_s
    if ttl is not None:
        assert wait >= min(ttl, policy.ceiling_s)


@PROPERTY
@given(policies(), seconds, st.integers(1, 10**6), st.none() | st.floats(-10, 1e9), rngs)
def test_failures_back_off_within_bounds_and_never_stop(
    policy: PollPolicy, interval: float, failures: int, retry_after: float | None, rng: Random
) -> None:
    wait = wait_after_failure(policy, interval, failures, retry_after, rng)
    assert policy.floor_s <= wait <= max(policy.ceiling_s, RETRY_AFTER_CAP_S)
    if retry_after is None:
        assert wait <= policy.ceiling_s
    else:
        assert wait >= min(retry_after, RETRY_AFTER_CAP_S)


def test_waits_after_failures_double() -> None:
    policy = PollPolicy(10, 3600, jitter=0)
    waits = [wait_after_failure(policy, 10, count, None, Random(0)) for count in range(1, 6)]
    assert waits == [10, 20, 40, 80, 160]


def test_jitter_spreads_waits() -> None:
    policy = PollPolicy(10, 3600)
    waits = [wait_after_success(policy, 1000, None, Random(seed)) for seed in range(200)]
    assert 900 <= min(waits) < 930 and 1070 < max(waits) <= 1100


@PROPERTY
@given(st.integers(1, 10**6), st.none() | st.floats(0, 1e9), rngs)
def test_pages_are_retried_within_bounds(failures: int, retry_after: float | None, rng: Random) -> None:
    told = failures == 1 and retry_after is not None and retry_after > 0
    least = min(retry_after or 0.0, RETRY_AFTER_CAP_S) if told else 10
    assert least <= page_wait_after_failure(failures, retry_after, rng) <= RETRY_AFTER_CAP_S * 1.2
    assert 0.9 * 86400 <= page_wait_when_refused(failures, rng) <= 33 * 86400


@PROPERTY
@given(
    st.none() | st.floats(-1e7, 1e7),
    st.floats(0, 1e7),
    st.lists(st.integers(1, 10**7), max_size=8, unique=True).map(sorted).map(tuple),
)
def test_a_revisit_is_ahead_or_none(published: float | None, passed: float, steps: tuple[int, ...]) -> None:
    schedule = RevisitSchedule(steps)
    published_at = None if published is None else NOW + timedelta(seconds=published)
    now = NOW + timedelta(seconds=passed)
    due = schedule.next_due(published_at, NOW, now)
    assert due is None or now < due <= NOW + timedelta(seconds=steps[-1])
    if steps and passed == 0 and published is None:
        assert due == NOW + timedelta(seconds=steps[0])


def test_every_step_is_visited_once_in_turn() -> None:
    schedule = RevisitSchedule()
    published, now, visits = NOW - timedelta(minutes=3), NOW, []
    while (due := schedule.next_due(published, NOW, now)) is not None:
        visits.append((due - published).total_seconds())
        now = due
    assert visits == [600, 3600, 21600, 86400, 259200, 604800]


def test_an_article_old_when_first_seen_gets_the_whole_schedule_from_then() -> None:
    due = RevisitSchedule().next_due(NOW - timedelta(days=5), NOW, NOW)
    assert due == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("steps", [(600, 600), (3600, 600), (0, 5), (-1,)])
def test_a_schedule_that_does_not_grow_is_refused(steps: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="must be positive and grow"):
        RevisitSchedule(steps)


@pytest.mark.parametrize(("floor", "ceiling", "jitter"), [(0, 10, 0.1), (20, 10, 0.1), (1, 10, 1.0)])
def test_an_impossible_policy_is_refused(floor: float, ceiling: float, jitter: float) -> None:
    with pytest.raises(ValueError, match="poll policy"):
        PollPolicy(floor, ceiling, jitter)
