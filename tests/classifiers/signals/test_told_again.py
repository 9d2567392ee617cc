"""What is told again in other words is found, and what only resembles it is left alone.

The cases were written before the rules that they test; the first counts stand in docs/signals.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from classifiers.evaluation.signals import CaseScores, read_cases, score_cases
from classifiers.records import ArticleText
from classifiers.signals import SignalDetector
from classifiers.signals.agencies import in_full, written
from classifiers.signals.meanings import senses
from classifiers.signals.notice_figures import equal, figures, fractions
from classifiers.signals.notices import read_notice
from classifiers.signals.opposites import all_for_a_share, opposed
from classifiers.signals.records import SignalContext
from provinces.gazetteer import Gazetteer

CASES = Path(__file__).with_name("told_again_cases.jsonl")
FLOORS = {"S3": (4, 1), "S7": (7, 0), "S8": (75, 1), "S10": (8, 0)}
"""Right ones at least, wrong ones at most; they only get better."""


@pytest.fixture(scope="module")
def scores(gazetteer: Gazetteer) -> CaseScores:
    return score_cases(read_cases(CASES), SignalDetector(gazetteer, FLOORS))


@pytest.mark.parametrize("signal", FLOORS)
def test_own_cases_in_other_words_keep_their_floors(scores: CaseScores, signal: str) -> None:
    right, wrong = FLOORS[signal]
    tally = scores.tallies[signal]
    assert tally.right >= right, scores.errors
    assert tally.wrong <= wrong, scores.errors


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hai người thiệt mạng", "cướp đi sinh mạng của hai người"),
        ("pho tượng bị mất trộm", "pho tượng bị kẻ gian lấy đi"),
        ("lũ cuốn trôi ba căn nhà", "lũ xóa sổ ba ngôi nhà"),
        ("thầy giáo bị bắt giữ", "thầy giáo sa lưới"),
    ],
)
def test_words_of_one_meaning_are_one(one: str, other: str) -> None:
    assert senses(one) & senses(other) >= senses(one) - {"người", "pho", "lũ"}


@pytest.mark.parametrize("text", ["bắt đầu", "đánh giá", "đóng cửa hàng", "thu hoạch", "giảm nghèo"])
def test_a_longer_word_does_not_mean_what_a_part_of_it_does(text: str) -> None:
    assert not senses(text) & {"ARREST", "BEAT", "COLLECT", "FALL"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("năng suất 7,8 tấn", "năng suất 78 tạ", True),
        ("dài 2,5 km", "dài 2.500 m", True),
        ("rộng 3 ha", "rộng 30.000 m2", True),
        ("nặng 5 tấn", "nặng 5 tạ", False),
        ("45/62 xã", "45 xã", True),
        ("đội vốn gấp ba", "tăng 3 lần", True),
    ],
)
def test_numbers_are_the_same_in_other_units(one: str, other: str, same: bool) -> None:
    assert any(equal(a, b) for a in figures(one) for b in figures(other)) is same


def test_a_day_is_no_part_of_a_number() -> None:
    assert fractions("sáng 5/6 công an xã đến") == []
    assert [(p.part, p.whole) for p in fractions("có 6 trên 9 trường đạt chuẩn")] == [(6, 9)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cải chính: Báo ngày 5/6/2026 đưa tin ông Mạo bị bắt giữ. Tin này sai.", "ông mạo bị bắt giữ"),
        ("Thông tin học sinh bị bạn đánh đăng ngày 5/6 là không chính xác.", "học sinh bị bạn đánh"),
        ("Clip cô giáo tát học sinh mà báo đăng ngày 5/6 quay ở nơi khác.", "clip cô giáo tát học sinh"),
    ],
)
def test_a_notice_without_a_headline_is_read(text: str, told: str) -> None:
    assert any(told in one for one in read_notice(text).told)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Báo đọc nhầm: giá điện tăng 2,1% chứ không phải 12%.", {12.0}, {2.1}),
        ("Bệnh viện không thu 500.000 đồng tiền gửi xe; mức thu là 50.000 đồng.", {500_000.0}, {50_000.0}),
        ("Báo viết có 62 tàu là nhầm. Con số đúng là 22 tàu, gồm 6 tàu gỗ và 16 tàu thép.", {62.0}, {22.0}),
    ],
)
def test_numbers_against_each_other_are_told_apart(text: str, wrong: set[float], right: set[float]) -> None:
    notice = read_notice(text)
    assert {q.value for q in notice.wrong} == wrong
    assert {q.value for q in notice.right} == right


def test_opposites_are_found_either_way() -> None:
    assert opposed("xã bắt buộc góp", "xã tự nguyện góp") and opposed("sẽ sa thải", "sẽ tuyển")
    assert not opposed("xã vận động", "xã tự nguyện")
    assert all_for_a_share("tiêu thụ toàn bộ", "tiêu thụ 60%") and not all_for_a_share("tất cả", "100%")


def test_agencies_are_known_by_their_short_names() -> None:
    assert in_full("sở gd&đt tỉnh lam giang") == "sở giáo dục và đào tạo tỉnh lam giang"
    assert "sở gtvt" in written("sở giao thông vận tải")


NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        ("UBND huyện Hương Khê, tỉnh Hà Tĩnh vừa phê duyệt danh sách nhận gạo.", True, 1),
        ("Hiện nay, huyện Hương Khê, tỉnh Hà Tĩnh có 7 bến thuyền.", True, 1),
        ("UBND huyện Hương Khê, tỉnh Hà Tĩnh vừa phê duyệt danh sách nhận gạo.", False, 0),
        ("Năm 2019, UBND huyện Hương Khê, tỉnh Hà Tĩnh cho biết đang làm đường.", True, 0),
        ("Ngôi chùa nằm ở huyện Hương Khê, tỉnh Hà Tĩnh.", True, 0),
    ],
)
def test_an_ended_unit_told_of_as_of_today_is_found_where_the_outlet_gives_its_time(
    detector: SignalDetector, text: str, known: bool, found: int
) -> None:
    article = ArticleText("Gạo về bản trước Tết", "", text, date(2026, 1, 20))
    context = SignalContext(published=NOW, published_known=known)
    assert [one.signal for one in detector.detect(article, context)] == ["S4"] * found
