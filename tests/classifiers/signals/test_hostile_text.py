"""Texts as no editor writes them: they take a moment, not minutes, and lose no names."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.records import ArticleText, Field
from classifiers.signals.notices import read_notice
from classifiers.signals.predict import predict_line
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


def _article(number: int, title: str, body: str) -> dict[str, object]:
    return {"id": number, "title": title, "body": body, "published": "2026-05-01T08:00:00+07:00"}


@pytest.mark.timeout(60)
def test_sums_told_over_and_over_are_compared_in_a_moment() -> None:
    body = "12 tỷ đồng 500 triệu đồng. " * 100
    told = "Lũ cuốn 12 người, 30 người bị thương"
    articles = [_article(0, told, body), _article(1, told, body.replace("12", "14"))]
    assert predict_line({"id": 1, "target": 0, "articles": articles})["id"] == 1


@pytest.mark.timeout(60)
def test_a_notice_without_a_full_stop_is_compared_in_a_moment() -> None:
    told = "người dân tỉnh Quảng Bình có 12 hộ nghèo "
    notice = {
        "text": 'Đính chính bài "12 người chết": ' + told * 150,
        "published": "2026-04-30",
        "outlet": "a",
    }
    line = {
        "id": 1,
        "target": 0,
        "articles": [_article(0, "12 người chết", told * 1_500)],
        "context": {"corrections": [notice]},
    }
    assert predict_line(line)["id"] == 1


@pytest.mark.parametrize("day", ["9999-12-30", "0001-01-01"])
def test_a_broken_clock_stops_nothing(day: str) -> None:
    article = _article(
        0, "Từ tháng tới, sang năm và ngày mai xã thu phí mới", "Xã thu phí từ ngày 1/2. " * 20
    )
    line = {"id": 1, "target": 0, "articles": [article | {"published": f"{day}T00:00:00+00:00"}]}
    assert predict_line(line)["findings"] == []
