"""Weeks, numbers, choosing of sentences, refusals: the parts alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from briefings import links
from briefings.charts import alternative, svg
from briefings.checking import check, read
from briefings.compose.ahead import dates
from briefings.compose.numbers import change, compared, number, value
from briefings.content import ArticleSource, Chart, CountSource, Sentence
from briefings.errors import BadSource, BadWeek
from briefings.summarize import BRIEF, brief, candidates, choose, distinctive
from briefings.versions import opened
from briefings.weeks import CutOff, last_week, parse_week
from tests.briefings import world


@pytest.mark.parametrize("text", ["2026-W47", " 2026-W01 ", "2020-W53"])
def test_weeks_are_read_as_they_are_said(text: str) -> None:
    assert str(parse_week(text)) == text.strip()


@pytest.mark.parametrize(
    "text", ["", "2026-W00", "2026-W54", "2025-W53", "26-W01", "2026-w01", "２０２６-W47"]
)
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(BadWeek):
        parse_week(text)


def test_a_week_ends_at_its_cut_off_and_begins_at_the_one_before() -> None:
    week = parse_week("2026-W47")
    assert week.ends(CutOff()) == datetime(2026, 11, 19, 10, tzinfo=UTC)
    assert week.starts(CutOff()) == week.before().ends(CutOff())
    assert week.ends(CutOff(0, time(8))) == datetime(2026, 11, 16, 1, tzinfo=UTC)


@given(st.integers(0, 5000), st.integers(0, 86_399), st.integers(0, 6))
@settings(max_examples=60)
def test_the_last_week_is_over_and_the_next_is_not(days: int, seconds: int, weekday: int) -> None:
    cut = CutOff(weekday)
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=days, seconds=seconds)
    week = last_week(now, cut)
    assert week.ends(cut) <= now < week.after().ends(cut)


def test_numbers_are_written_as_in_viet_nam() -> None:
    assert [number(x) for x in (1234, 3.5, 0)] == ["1.234", "3,5", "0"]
    assert [value(x) for x in ("~1000", ">80", "184/210", "4.87", "12 ha")] == [
        *("khoảng 1.000", "trên 80", "184/210", "4,87", "12 ha"),
    ]
    assert (change(3, 5), change(5, 3), change(3, 3)) == ("-2", "+2", "0")
    assert compared(3, 5) == "giảm 2 so với tuần trước" and compared(3, 3) == "bằng tuần trước"


def test_dates_in_sentences_are_those_nearest() -> None:
    near = date(2026, 12, 30)
    assert list(dates("Họp ngày 2/1, tổng kết ngày 31 tháng 12 năm 2026, tỷ lệ 31/104 xã.", near)) == [
        *(date(2027, 1, 2), date(2026, 12, 31)),
    ]
    assert list(dates("Số 45/13, 30/2, 3,5/10 điểm", near)) == []


def test_chosen_sentences_stand_in_their_text_and_do_not_repeat_each_other() -> None:
    text = (
        "Nước sông Rộc lên nhanh trong đêm qua ở ba xã.\n" * 3
        + "Xã Tân Rộc đã đưa 36 hộ dân ra khỏi vùng trũng."
    )
    rows = candidates(1, 2, {"lead": "", "text": text})
    assert len(rows) == 2  # said twice, taken once
    for row in choose(rows, 5):
        assert text[row.start : row.end] == row.text
    same = candidates(3, 4, {"lead": "", "text": text})
    assert distinctive(rows, same) is None  # nothing of its own


@given(st.text(max_size=400))
@settings(max_examples=60)
def test_any_text_can_be_read_for_sentences(text: str) -> None:
    rows = candidates(1, 1, {"lead": text, "text": text})
    assert all(text[row.start : row.end] == row.text for row in choose(rows, 3))


def test_a_sentence_without_a_source_cannot_be_made() -> None:
    with pytest.raises(ValidationError):
        Sentence(id="s1", text="Không nguồn", sources=())
    with pytest.raises(ValidationError):
        Sentence(id="s1", text="  ", sources=(CountSource(measure="all"),))


@pytest.mark.django_db
def test_what_does_not_stand_on_its_source_is_not_kept() -> None:
    world.make_week()
    kept = opened(world.built())
    from briefings.inputs import Inputs
    from briefings.select import texts_of

    texts = texts_of(Inputs.model_validate(kept.version.inputs.data))
    block = kept.content.sections[2].blocks[0]
    title = block.title
    assert title is not None and isinstance(title.sources[0], ArticleSource)
    outside = title.sources[0].model_copy(update={"end": 10_000})
    for wrong in (
        {"text": "Không phải lời báo"},
        {"sources": (outside,)},
        {"sources": (CountSource(measure="all"),)},
        {"by": "x"},
    ):
        changed = block.model_copy(update={"title": title.model_copy(update=wrong)})
        section = kept.content.sections[2].model_copy(update={"blocks": (changed,)})
        sections = (*kept.content.sections[:2], section, *kept.content.sections[3:])
        with pytest.raises(BadSource):
            check(kept.content.model_copy(update={"sections": sections}), (), texts)
    data = kept.content.model_dump(mode="json")
    data["sections"][2]["blocks"][0]["title"]["sources"] = []
    with pytest.raises(BadSource, match="sections/2/blocks/0/title/sources"):
        read(data)


def test_charts_escape_their_labels_and_say_their_numbers() -> None:
    chart = Chart(
        title="A<b>", labels=('x<y>&"z"',), now=(3,), before=(1,), sources=(CountSource(measure="all"),)
    )
    drawn = svg(chart)
    assert "x&lt;y&gt;&amp;" in drawn and "<y>" not in drawn and "<b>" not in drawn
    assert alternative(chart) == 'A<b>. x<y>&"z": 3 (tuần trước 1).'


def test_days_stand_as_columns_of_true_height_with_their_numbers_and_labels() -> None:
    days = tuple(f"{day}/11" for day in range(12, 20))
    chart = Chart(
        title="Số bài theo ngày đăng",
        labels=days,
        now=(4, 2, 0, 0, 0, 0, 0, 1),
        before=(),
        sources=(CountSource(measure="all"),),
    )
    drawn = svg(chart)
    heights = [float(height) for height in re.findall(r'width="26" height="([\d.]+)"', drawn)]
    assert heights == [70.0, 35.0, 0.0, 0.0, 0.0, 0.0, 0.0, 17.5]
    assert [label for label in days if f">{label}</text>" in drawn] == list(days)
    assert drawn.count('font-size="10"') == 8 and "Tuần trước" not in drawn
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
    assert all(0 <= float(x) <= width - 26 for x in re.findall(r'<rect x="([\d.]+)"', drawn))
    assert all(0 <= float(y) <= height for y in re.findall(r' y="([\d.]+)"', drawn))


def test_sentences_that_are_read_at_a_glance_come_first_and_long_ones_only_where_there_are_no_others() -> (
    None
):
    short = "Mưa lớn làm sập một đoạn đê ở xã Tân Rộc trong đêm."
    long = "Theo báo cáo, " + "mực nước sông Rộc vẫn tiếp tục lên nhanh và " * 6 + "chưa có dấu hiệu rút."
    rows = candidates(1, 1, {"lead": "", "text": f"{long} {short}"})
    assert len(long) > BRIEF and [row.text for row in rows] == [long, short]
    assert [row.text for row in brief(rows)] == [short]
    assert [row.text for row in brief(rows[:1])] == [long]


def test_links_in_documents_are_the_pages_addresses() -> None:
    assert links.article_page("https://x", 7) == "https://x" + reverse("web:article", args=[7])
    assert links.register_page("https://x", 7) == "https://x" + reverse("web:register-entry", args=[7])
    assert links.case_page("https://x", 7) == "https://x" + reverse("web:case", args=[7])
    assert links.measure_page("https://x", "2026-W47") == "https://x" + reverse(
        "web:briefing-week", args=["2026-W47"]
    )
    assert links.article_page("", 7) == ""
