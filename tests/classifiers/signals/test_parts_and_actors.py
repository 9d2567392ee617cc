"""Numbers given to a part, units and sides that were swapped. Texts are our own."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.records import ArticleText
from classifiers.signals.headline.actors import other_actor, other_winner
from classifiers.signals.headline.parts import other_rate, other_unit, part_for_whole
from classifiers.signals.reading import Reading

BOATS = (
    "Sáng 6/2, xã biển Cửa Rạng ra quân đánh bắt đầu năm. Có 22 tàu của ngư dân tham gia, trong đó có 6 tàu "
    "vỏ gỗ, 16 tàu vỏ thép. Mỗi tàu có chín lao động."
)
FIRE = (
    "Đám cháy ở xã Tân Rạng được dập tắt lúc 4 giờ sáng. Hạt kiểm lâm đo được 120 ha rừng trồng bị cháy, "
    "phần lớn là keo ba năm tuổi."
)
MATCH = "Tối 5/2, Lam Thành để thua 0-3 ngay trên sân nhà trước Hà Khê. Khán giả về từ phút 80."
FINE = (
    "Chủ tịch xã Hòa Vạng vừa ký quyết định phạt 55 triệu đồng đối với ông Lò Văn Ún, chủ nhà hàng ven suối, "
    "vì đổ đất lấp dòng chảy."
)


def reading(title: str, text: str) -> Reading:
    return Reading(ArticleText(title, "", text, date(2026, 5, 20)))


@pytest.mark.parametrize("title", ["22 tàu vỏ thép ra khơi đầu năm", "Cửa Rạng: 22 con tàu vỏ thép ra khơi"])
def test_a_number_of_all_that_the_text_gives_to_some_is_found(title: str) -> None:
    found = part_for_whole(reading(title, BOATS))
    assert found is not None
    assert "16 tàu vỏ thép" in found.sentence.text


@pytest.mark.parametrize("title", ["22 tàu ra khơi đầu năm", "16 tàu vỏ thép ra khơi đầu năm"])
def test_a_number_that_the_text_gives_to_the_same_is_none(title: str) -> None:
    assert part_for_whole(reading(title, BOATS)) is None


def test_the_same_number_in_another_unit_is_found() -> None:
    assert other_unit(reading("120 km2 rừng keo ra tro", FIRE)) is not None
    assert other_unit(reading("120 ha rừng keo ra tro", FIRE)) is None


def test_a_number_per_unit_that_the_text_gives_otherwise_is_found() -> None:
    text = (
        "Vườn cam 4 ha cho 800 triệu đồng. Bình quân mỗi héc ta đem về 200 triệu đồng, trừ công còn một nửa."
    )
    assert other_rate(reading("Trồng cam thu 800 triệu đồng một ha", text)) is not None
    assert other_rate(reading("Trồng cam thu 200 triệu đồng một ha", text)) is None


def test_winner_and_loser_swapped_are_found() -> None:
    assert other_winner(reading("Hà Khê thảm bại 0-3 trước Lam Thành", MATCH)) is not None
    assert other_winner(reading("Hà Khê đánh bại Lam Thành 3-0", MATCH)) is None
    assert other_winner(reading("Lam Thành thua đậm trước Hà Khê", MATCH)) is None


def test_who_fines_is_not_who_is_fined() -> None:
    assert other_actor(reading("Chủ tịch xã Hòa Vạng bị phạt vì lấp suối", FINE)) is not None
    assert other_actor(reading("Chủ nhà hàng ven suối bị phạt vì lấp suối", FINE)) is None
