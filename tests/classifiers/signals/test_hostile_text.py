"""Texts as no editor writes them: they take a moment, not minutes, and lose no names."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.records import ArticleText, Field
from classifiers.signals.notices import read_notice
from classifiers.signals.quotes import Speaker, spoken_in
from classifiers.signals.reading import Reading, Sentence

DAY = date(2026, 4, 20)


@pytest.mark.timeout(60)
def test_a_list_of_delegates_without_a_full_stop_is_read() -> None:
    names = "Ông Nguyễn Văn An Bà Lê Thị Bé " * 1_500
    assert spoken_in(Reading(ArticleText("Đại biểu", "", names, DAY))) == ()


def test_minutes_give_what_is_said() -> None:
    text = "Ông Nguyễn Văn An, chủ tịch xã: Chúng tôi sẽ sửa cầu trong tháng này."
    [(sentence, start, _)] = spoken_in(Reading(ArticleText("Họp", "", text, DAY)))
    assert sentence.text[start:].startswith("chúng tôi sẽ sửa cầu")


@pytest.mark.parametrize("name", ["Thuỷ Hoà Phát", "Thủy Hòa Phát"])
def test_a_notice_names_in_either_tone_style(name: str) -> None:
    notice = read_notice(f'Đính chính bài "Nhà máy {name} xả thải" ngày 1/6/2026: số đúng là 12 tấn.')
    assert "thủy hòa phát" in {found.removeprefix("nhà máy ") for found in notice.names}


def test_a_speaker_is_known_in_either_tone_style() -> None:
    cased = 'Ông Lê Văn Thuỷ nói: "Chúng tôi không thu khoản nào của dân trong năm nay".'
    quote = Sentence(Field.TEXT, 0, len(cased), cased.lower(), cased)
    speaker = Speaker.near(quote, cased.index('"') + 1, cased.rindex('"'))
    assert not speaker.absent_from("theo ông lê văn thủy, xã không thu khoản nào")
