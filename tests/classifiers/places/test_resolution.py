"""Which of several units a name means: by neighbours, by the text, by the date."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.places import PlaceTagger


def code(tagger: PlaceTagger, text: str, day: date) -> str:
    return tagger.tag(text, day)[0].unit.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xã Tân Sơn, huyện Lục Ngạn", "07531"),
        ("thị trấn Tân Lạc, huyện Quỳ Châu, tỉnh Nghệ An", "16777"),
        ("huyện Châu Thành, tỉnh Tiền Giang", "821"),
        ("huyện Hòa Bình, tỉnh Bạc Liêu", "961"),
        ("Tân Lạc (Hòa Bình)", "155"),
    ],
)
def test_neighbours_decide(tagger: PlaceTagger, text: str, expected: str) -> None:
    assert code(tagger, text, date(2018, 1, 1)) == expected


def test_a_name_that_nothing_decides_is_left_out(tagger: PlaceTagger) -> None:
    assert tagger.tag("Chị ở xã Tân Lập đã nhiều năm.", date(2018, 1, 1)) == []


def test_a_neighbour_that_contradicts_rules_a_reading_out(tagger: PlaceTagger) -> None:
    found = tagger.tag("xã Đại Nghĩa, huyện Lục Ngạn", date(2018, 1, 1))
    assert [m.unit.code for m in found] == ["219"]


def test_the_date_decides_between_old_and_new_map(tagger: PlaceTagger) -> None:
    text = "phường Trần Phú, Hà Tĩnh"
    assert code(tagger, text, date(2025, 3, 1)) == "18094"
    assert code(tagger, text, date(2025, 9, 1)) == "18100"
    assert code(tagger, "phường Trần Phú cũ, Hà Tĩnh", date(2025, 9, 1)) == "18094"


def test_a_district_named_after_the_reform_says_so(tagger: PlaceTagger) -> None:
    (mention,) = tagger.tag("Chợ ở huyện Lục Ngạn vẫn đông.", date(2025, 9, 1))
    assert (mention.unit.code, mention.old, mention.province_now) == ("219", True, ("Bắc Ninh",))
    assert mention.province_codes == ("24",)
    assert "cấp huyện cũ" in mention.note


def test_a_split_commune_lists_its_successors(tagger: PlaceTagger) -> None:
    mention = tagger.tag("xã Kỳ Lợi (cũ), Hà Tĩnh", date(2026, 2, 1))[0]
    assert mention.codes[0] == "18796"
    assert set(mention.codes) == {"18796", "18754", "18823", "18832"}


def test_a_unit_may_be_named_before_it_exists(tagger: PlaceTagger) -> None:
    mention = tagger.tag("thị xã Chũ được thành lập", date(2024, 12, 26))[0]
    assert (mention.unit.code, mention.unit.valid_from) == ("224", date(2025, 1, 1))


def test_a_commune_merged_before_our_oldest_list_is_given_as_what_it_became(tagger: PlaceTagger) -> None:
    found = tagger.tag("xã Dân Hạ, huyện Kỳ Sơn, tỉnh Hòa Bình", date(2017, 5, 1))
    assert [m.text for m in found] == ["xã Dân Hạ", "huyện Kỳ Sơn", "tỉnh Hòa Bình"]
    assert all(m.province_now == ("Phú Thọ",) for m in found)
