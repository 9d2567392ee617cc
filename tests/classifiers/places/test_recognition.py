"""Which stretches of a text are units, and which only look like it. Texts are our own."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from classifiers.places import PlaceTagger

D2017, D2025 = date(2017, 5, 1), date(2025, 9, 1)


def read(tagger: PlaceTagger, text: str, day: date = D2017) -> list[tuple[str, str]]:
    found = tagger.tag(text, day)
    assert all(text[m.start : m.end] == m.text for m in found)
    return [(m.text, m.unit.code) for m in found]


@pytest.mark.parametrize(
    "text",
    [
        "Ai cũng mong hòa bình, yên bình.",
        "Xe đỗ trên đường Điện Biên Phủ và phố Bắc Sơn.",
        "Chiến thắng Điện Biên Phủ là bài học lớn.",
        "Doanh thu của Bia Hà Nội tăng.",
        "Ông Trần Hòa Bình và chị Kỳ Anh đến muộn.",
        "Lăng Chủ tịch Hồ Chí Minh mở cửa trở lại.",
        "Thuyền chạy trên sông Lô rồi sông Đà.",
        "Giải Nobel Hòa Bình năm nay chưa có chủ.",
        "Nữ lễ tân lạc trong rừng.",
        "Thái Bình Dương dậy sóng.",
        "Ảnh: P.V",
    ],
)
def test_what_only_looks_like_a_unit_is_left_alone(tagger: PlaceTagger, text: str) -> None:
    assert read(tagger, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bắc NinhNguyễn Văn Ba bị bắt.", [("Bắc Ninh", "27")]),
        ("BẮC GIANG- Mưa lớn.", [("BẮC GIANG", "24")]),
        ("toàn tỉnhBắc Giang có 28 xã", [("tỉnhBắc Giang", "24")]),
        ("ở huyện Bình Xuyênđược khoanh vùng", [("huyện Bình Xuyên", "249")]),
        ("tạixã Bồ Lý, huyện Tam Đảo", [("xã Bồ Lý", "08920"), ("huyện Tam Đảo", "248")]),
        ("ở Q.Gò Vấp, TPHCM", [("Q.Gò Vấp", "764"), ("TPHCM", "79")]),
        ("lên TP Hòa Bình", [("TP Hòa Bình", "148")]),
        ("tỉnh ĐB có gió", [("tỉnh ĐB", "11")]),
        ("tỉnh Hoà Bình", [("tỉnh Hoà Bình", "17")]),
        ("tinh Ha Tinh: nguoi dan trong vung lu cua tinh", [("tinh Ha Tinh", "42")]),
    ],
)
def test_a_unit_is_read_however_it_is_written(
    tagger: PlaceTagger, text: str, expected: list[tuple[str, str]]
) -> None:
    assert read(tagger, text) == expected


def test_a_list_has_one_level_word(tagger: PlaceTagger) -> None:
    found = read(tagger, "tại các xã Kỳ Lợi, Kỳ Phương và Kỳ Liên, huyện Kỳ Anh", date(2014, 5, 1))
    assert [code for _, code in found] == ["18796", "18832", "18841", "447"]
    assert found[1][0] == "Kỳ Phương"


def test_offsets_count_in_the_text_as_given_when_it_is_decomposed(tagger: PlaceTagger) -> None:
    text = unicodedata.normalize("NFD", "Hôm qua, huyện Lục Ngạn (Bắc Giang) mưa đá.")
    found = tagger.tag(text, D2017)
    assert [unicodedata.normalize("NFC", text[m.start : m.end]) for m in found] == [
        "huyện Lục Ngạn",
        "Bắc Giang",
    ]


def test_a_level_word_at_the_end_of_a_line_is_not_part_of_the_next_line(tagger: PlaceTagger) -> None:
    assert read(tagger, "về tới xã\nHà Nội mưa") == [("Hà Nội", "01")]
