"""S4 says nothing of an ended unit in a text that is older than its end, whatever day it is dated."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.records import ArticleText
from classifiers.signals import SignalDetector
from classifiers.signals.records import SignalContext
from classifiers.signals.s4_dates import Stretch, dates_of

LATE = datetime(2026, 4, 20, 3, tzinfo=UTC)
AUTUMN = datetime(2025, 9, 16, 3, tzinfo=UTC)
END = date(2025, 6, 30)


def ended(
    detector: SignalDetector, text: str, published: datetime = LATE, *, known: bool = True
) -> list[str]:
    article = ArticleText("Nâng cấp đường liên xã", "", text, published.date())
    context = SignalContext(published=published, published_known=known)
    found = detector.detect(article, context)
    return [f"{one.signal} {one.rule} {one.span.text}" for one in found]


WORKS = "UBND huyện Hương Khê, tỉnh Hà Tĩnh khởi công tuyến đường dài 3 km."
FOUND = ["S4 ended UBND huyện Hương Khê, tỉnh Hà Tĩnh"]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"Sáng 17/4/2026, {WORKS}", LATE),
        (f"Sáng 17-4, {WORKS}", LATE),
        (f"Tháng 3/2026, {WORKS}", LATE),
        (f"{WORKS} Công trình thuộc danh mục của năm 2026.", LATE),
        (f"Sáng 15/9, {WORKS}", AUTUMN),
        (f"Sáng 15/9, {WORKS} Đề án được duyệt ngày 5/3/2024.", AUTUMN),
        (f"Năm 2025 đầu tư công tăng. Nay {WORKS}", AUTUMN),
    ],
)
def test_a_text_of_its_day_that_names_an_ended_unit_as_present_is_found(
    detector: SignalDetector, text: str, published: datetime
) -> None:
    assert ended(detector, text, published) == FOUND


@pytest.mark.parametrize(
    "text",
    [
        f"Sáng 12/3/2025, {WORKS}",
        f"Ngày 12 tháng 3 năm 2025, {WORKS}",
        f"Tháng 3/2025, {WORKS}",
        f"Quý I/2025, {WORKS}",
        f"6 tháng đầu năm 2025, {WORKS}",
        f"{WORKS} Lễ khởi công diễn ra ngày 12.3.2025.",
        f"{WORKS} Dự kiến hoàn thành trước năm 2026.",
        f"{WORKS} Tuyến đường nằm trong kế hoạch giai đoạn 2026-2030. Lễ khởi công tổ chức ngày 12/3/2025.",
        f"{WORKS} Từ 1/7/2025, cấp huyện kết thúc hoạt động.",
        f"Năm 2025, {WORKS}",
        f"Năm 2019, {WORKS}",
        f"Năm ngoái, {WORKS} Bài viết ngày 17/4/2026.",
        f"Hồi tháng 3, {WORKS} Bài viết ngày 17/4/2026.",
        WORKS,
    ],
)
def test_a_text_with_an_old_date_is_left_alone_though_its_page_is_dated_today(
    detector: SignalDetector, text: str
) -> None:
    assert ended(detector, text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Ngày 12/3, {WORKS} Sáng 15/9, đoàn giám sát kiểm tra tuyến đường.",
        f"Tháng 3, {WORKS} Sáng 15/9, đoàn giám sát kiểm tra tuyến đường.",
        f"Theo quyết định ngày 5/3/2025, {WORKS} Sáng 15/9, đoàn giám sát kiểm tra.",
        f"Tháng 3/2025, tỉnh duyệt dự án. {WORKS} Sáng 15/9/2025, đoàn giám sát kiểm tra.",
    ],
)
def test_what_a_text_of_today_tells_of_the_time_before_is_left_alone(
    detector: SignalDetector, text: str
) -> None:
    assert ended(detector, text, AUTUMN) == []


def test_an_article_published_before_the_end_is_left_alone(detector: SignalDetector) -> None:
    assert ended(detector, f"Sáng 28/6/2025, {WORKS}", datetime(2025, 6, 30, 3, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Sáng 12/3/2025, {WORKS}", []),
        (f"Sáng 17/4, {WORKS}", []),  # of which year is not known
        (f"Năm 2025, {WORKS}", []),
        (f"Sáng 17/4/2026, {WORKS}", FOUND),
        (f"{WORKS} Công trình thuộc danh mục của năm 2026.", FOUND),
    ],
)
def test_without_a_time_of_the_outlet_only_a_date_with_its_year_counts(
    detector: SignalDetector, text: str, expected: list[str]
) -> None:
    assert ended(detector, text, known=False) == expected


def test_a_wrong_parent_is_found_without_any_date(detector: SignalDetector) -> None:
    text = "Xã Hương Trạch, huyện Kỳ Anh, tỉnh Hà Tĩnh có tuyến đường mới."
    assert [one.partition(" ")[2].partition(" ")[0] for one in ended(detector, text, known=False)] == [
        "parent"
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("5/3/2025", date(2025, 3, 5), date(2025, 3, 5)),
        ("ngày 5 tháng 3 năm 2025", date(2025, 3, 5), date(2025, 3, 5)),
        ("tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("quý iv/2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("nửa đầu năm 2025", date(2025, 1, 1), date(2025, 6, 30)),
    ],
)
def test_dates_are_read_with_their_year(text: str, first: date, last: date) -> None:
    found = dates_of(f"họp {text}, bàn việc")
    assert found.stretches == (Stretch(first, last),)
    assert (found.days, found.months, found.years) == ((), (), ())


@pytest.mark.parametrize(
    "text",
    ["nghị định 10/2025/nđ-cp", "31/2/2025", "mã 123/4567", "tỷ số 3-45", "giai đoạn 2026-2030", "1.2025 m"],
)
def test_numbers_that_are_no_dates_are_not_read_as_dates(text: str) -> None:
    found = dates_of(text)
    assert (found.stretches, found.years) == ((), ())


PIECES = st.sampled_from(
    ["5/3", "/2025", "tháng 3", "năm 2026", "29/2", "quý i", "đến", "1/7/2025", ".", " ", "-"]
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=60),
    st.dates(date(2025, 7, 1), date(2040, 1, 1)),
)
def test_any_text_is_read_and_what_is_sure_without_a_known_time_is_sure_with_one(
    text: str, day: date
) -> None:
    found = dates_of(text.lower())
    assert found.written_after(END, day, known=True) or not found.written_after(END, day, known=False)
    assert isinstance(found.looks_back(END, day), bool)
