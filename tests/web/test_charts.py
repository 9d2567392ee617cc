"""The geometry of the charts."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from web.charts import MOST_BARS, by_day, timeline

FIRST = date(2026, 11, 1)


def days(*counts: int) -> list[tuple[date, int]]:
    return [(FIRST + timedelta(days=place), count) for place, count in enumerate(counts)]


def test_the_highest_bar_fills_the_box_and_zero_has_no_height() -> None:
    chart = by_day(days(0, 5, 10))
    assert [(bar.y, bar.height) for bar in chart.bars] == [("100", "0"), ("50", "50"), ("0", "100")]
    assert (chart.top, chart.total) == (10, 15)


def test_a_usual_number_above_all_bars_still_fits() -> None:
    chart = by_day(days(2, 4), usual=8.0)
    assert chart.usual_y == "0"
    assert chart.bars[1].height == "50"


def test_today_is_told_apart() -> None:
    assert [bar.now for bar in by_day(days(1, 1), today=FIRST + timedelta(days=1)).bars] == [False, True]


def test_numbers_in_attributes_never_have_a_decimal_comma() -> None:
    assert by_day(days(1, 3)).bars[0].height == "33.33"


def test_no_days_make_an_empty_chart() -> None:
    assert timeline([]).bars == ()


@given(st.dictionaries(st.integers(0, 4000), st.integers(1, 50), min_size=1, max_size=30))
def test_a_timeline_keeps_every_article_in_few_bars_without_gaps(found: dict[int, int]) -> None:
    rising = [(FIRST + timedelta(days=offset), count) for offset, count in sorted(found.items())]
    chart = timeline(rising)
    assert chart.total == sum(found.values())
    assert len(chart.bars) <= MOST_BARS
    assert chart.bars[0].day == rising[0][0] and chart.bars[-1].last == rising[-1][0]
    for one, two in zip(chart.bars, chart.bars[1:], strict=False):
        assert two.day == one.last + timedelta(days=1)
