"""Two reports that count the same thing are compared in whatever words; other things are kept apart."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from classifiers.evaluation.signals import read_cases, score_cases
from classifiers.records import ArticleText
from classifiers.signals.detector import SignalDetector
from classifiers.signals.reading import Reading
from classifiers.signals.stated import Stated
from classifiers.signals.thing_pairs import adds_up
from classifiers.signals.things import Thing, may_be_same, things_of
from provinces.gazetteer import load_gazetteer

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["things"]


def things(text: str, title: str = "") -> tuple[Thing, ...]:
    reading = Reading(ArticleText(title, "", text, date(2026, 5, 1)))
    title_numbers = [Stated(reading.title, quantity) for quantity in reading.title_quantities]
    return things_of((*title_numbers, *(Stated(s, quantity) for s, quantity in reading.quantities)))


def thing(text: str) -> Thing:
    (only,) = things(text)
    return only


def test_numbers_of_the_same_thing_keep_their_floors() -> None:
    scores = score_cases(
        read_cases(HERE / "thing_cases.jsonl"), SignalDetector(load_gazetteer(), frozenset({"S9"}))
    )
    tally = scores.tallies["S9"]
    assert tally.precision >= FLOORS["precision"], scores.errors
    assert tally.recall >= FLOORS["recall"], scores.errors
    assert tally.evidence >= FLOORS["evidence"], scores.errors


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Tai nạn làm 4 hành khách tử vong.", "Vụ lật xe khiến 7 người thiệt mạng."),
        ("Xã sơ tán 30 hộ dân khỏi chân đồi.", "Đã có 12 gia đình phải dời nhà."),
        ("Dự án có tổng mức đầu tư 40 tỷ đồng.", "Công trình được xây với kinh phí 14 tỷ đồng."),
        ("Tuyến đường dài 12 km.", "Con đường có chiều dài 1.200 m."),
        ("Đàn lợn có 90 con heo chết.", "Người dân chôn 30 con lợn bị chết."),
        ("Kiểm lâm thu giữ 2 tấn gỗ.", "Trên xe phát hiện 400 kg gỗ."),
    ],
)
def test_other_words_for_the_same_thing_may_be_the_same(ours: str, theirs: str) -> None:
    one, other = thing(ours), thing(theirs)
    assert may_be_same(one, other) and may_be_same(other, one)
    assert not one.agrees(other)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Tai nạn làm 4 hành khách tử vong.", "Tai nạn làm 7 hành khách bị thương."),
        ("Trên thuyền có 11 người.", "Vụ lật thuyền làm 5 người chết."),
        ("Doanh nghiệp bị phạt 40 triệu đồng.", "Doanh nghiệp nợ 90 triệu đồng tiền thuê đất."),
        ("Vết nứt dài 120 m.", "Vết nứt rộng 4 m."),
        ("Giá đất 40 triệu đồng/m2.", "Người trúng nộp 40 triệu đồng."),
        ("Bão làm tốc mái 60 nhà.", "Bão làm sập 3 nhà."),
        ("Công an bắt 3 người.", "Công an thu 3 kg pháo."),
    ],
)
def test_other_things_are_never_the_same(ours: str, theirs: str) -> None:
    one, other = thing(ours), thing(theirs)
    assert not may_be_same(one, other) and not may_be_same(other, one)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Tuyến đường dài 1,2 km.", "Tuyến đường dài 1.200 m."),
        ("Xe chở 4 tạ pháo.", "Xe chở 400 kg pháo."),
        ("Dự án thu hồi 2,5 ha đất.", "Dự án thu hồi 25.000 m2 đất."),
        ("Hơn 30 người có mặt trên xe.", "Có 38 người trên xe."),
        ("Hồ rộng gần 90 ha.", "Hồ rộng 88 ha."),
    ],
)
def test_the_same_number_in_another_measure_or_rounded_agrees(ours: str, theirs: str) -> None:
    one, other = thing(ours), thing(theirs)
    assert one.agrees(other) and other.agrees(one)


def test_a_headline_and_its_text_are_one_number() -> None:
    found = things("Trên xe có 18 hành khách khi gặp nạn.", title="18 hành khách bị thương")
    assert len(found) == 1 and len(found[0].stated) == 2


def test_what_is_ahead_of_a_list_is_ahead_of_each_of_it() -> None:
    households, people = things("Xã sơ tán khẩn cấp 39 hộ, 137 người.")
    assert "evacuated" in households.acts & people.acts


def test_two_parts_make_the_whole() -> None:
    whole = thing("Cả tỉnh bàn giao 48 trụ sở dôi dư.")
    parts = things("Có 30 trụ sở làm trạm y tế và 18 trụ sở làm trường học.")
    assert adds_up(whole, parts)
    assert not adds_up(parts[0], (whole,))


@pytest.mark.parametrize(
    "text", ["", "12", "12 12 12", "5 người " * 60, "3 %", "1.2.3.4 tấn", "(" * 200 + "9 ha"]
)
def test_any_text_is_counted_without_an_error(text: str) -> None:
    for each in things(text):
        assert each.quantity.low <= each.quantity.value <= each.quantity.high
