"""What two articles are to each other, told by what aggregators and newsrooms really do to a text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.similarity.compare import Kind, compare
from classifiers.similarity.facts import ArticleFacts, facts_of
from classifiers.similarity.index import SimilarityIndex
from tests.classifiers.similarity.writing import text

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TITLE = "Đê sông Lam sạt lở, di dời hai mươi hộ dân"


def facts(body: str, title: str = TITLE, time: datetime = NOW) -> ArticleFacts:
    return facts_of(title, "", body, time)


def shortened(body: str, share: float) -> str:
    parts = body.split("\n")
    return "\n".join(parts[: max(1, round(len(parts) * share))])


@pytest.mark.parametrize("share", [1.0, 0.8, 0.6, 0.45])
@pytest.mark.parametrize("title", [TITLE, "Nóng: " + TITLE, TITLE + " - tin mới", "Bờ sông nứt trong đêm"])
def test_a_shortened_retitled_credited_copy_is_a_reprint(share: float, title: str) -> None:
    body = text(1)
    copy = shortened(body, share) + "\nTheo Báo Đồi Chè"
    assert compare(facts(body), facts(copy, title)).kind == Kind.REPRINT


def test_a_number_changed_silently_leaves_a_reprint() -> None:
    body = text(1)
    assert compare(facts(body), facts(body.replace(" lượt", "0 lượt", 2))).kind == Kind.REPRINT


def test_half_a_text_worked_into_another_is_only_suggested() -> None:
    mixed = shortened(text(1), 0.5) + "\n" + shortened(text(2), 0.32)
    assert compare(facts(text(1)), facts(mixed, "Mưa lớn ở nhiều nơi")).kind == Kind.SUGGESTED


def test_different_texts_on_one_topic_are_nothing_without_common_marks() -> None:
    assert compare(facts(text(1), "Mưa lớn"), facts(text(2), "Giá lúa tăng")).kind == Kind.NONE


def test_two_notices_that_share_a_stock_sentence_are_no_reprints() -> None:
    stock = "Vụ việc đang được cơ quan chức năng tiếp tục điều tra."
    assert (
        compare(facts(f"Cháy chợ. {stock}", "Cháy chợ"), facts(f"Mất trộm. {stock}", "Mất trộm")).kind
        == Kind.NONE
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), st.floats(0.1, 1))
def test_it_does_not_matter_which_is_named_first(a: int, b: int, share: float) -> None:
    one, other = facts(text(a, 12)), facts(shortened(text(b, 12), share), "Tựa khác")
    assert compare(one, other) == compare(other, one)


@pytest.mark.parametrize("body", ["", "a", "1", "。", "một " * 3])
def test_texts_of_nothing_compare_without_error(body: str) -> None:
    link = compare(facts(body, ""), facts("", ""))
    assert link.kind == Kind.NONE and 0 <= link.score <= 1


def test_a_time_without_zone_is_refused_with_its_article() -> None:
    with pytest.raises(ValueError, match="no zone"):
        facts_of("Tựa", "", "", datetime(2026, 1, 1))  # noqa: DTZ001


def event(body: str, title: str, lead: str, time: datetime = NOW) -> ArticleFacts:
    return facts_of(title, lead, body, time)


def test_the_next_days_report_of_an_event_is_a_follow_up_within_the_window_only() -> None:
    index = SimilarityIndex()
    for number in range(60):
        index.add(number, facts(text(number + 10), f"Tin số {number}").signature, NOW)
    lead = "Vụ cháy kho bông Thạch Khê ở xã Đông Thượng làm 12 công nhân bị thương."
    first = event(text(1), "Cháy kho bông Thạch Khê, 12 công nhân bị thương", lead)
    lead = "Chủ kho bông Thạch Khê ở xã Đông Thượng, nơi 12 công nhân bị thương vì cháy, bị khởi tố."
    for days, kind in ((2, Kind.FOLLOW_UP), (60, Kind.NONE)):
        later = event(text(2), "Khởi tố chủ kho bông Thạch Khê sau vụ cháy", lead, NOW + timedelta(days=days))
        assert compare(first, later, index.rarity).kind == kind


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("ngày 24/5", "ngày 27/5", Kind.NONE),  # parts of a series
        ("ngày 24/5/2017", "ngày 24/5", Kind.FOLLOW_UP),
        ("ngày 24/5", "hôm nay", Kind.FOLLOW_UP),
        ("tỷ số 2-1", "tỷ số 1-1", Kind.FOLLOW_UP),  # no days
    ],
)
def test_headlines_that_name_different_days_are_a_series(one: str, other: str, kind: Kind) -> None:
    index = SimilarityIndex()
    for number in range(60):
        index.add(number, facts(text(number + 10), f"Tin số {number}").signature, NOW)
    lead = "Vụ cháy kho bông Thạch Khê ở xã Đông Thượng làm 12 công nhân bị thương."
    first = event(text(1), f"Cháy kho bông Thạch Khê, 12 công nhân bị thương {one}", lead)
    later = event(text(2), f"Cháy kho bông Thạch Khê, 12 công nhân bị thương {other}", lead)
    assert compare(first, later, index.rarity).kind == kind
