"""What was first met unseen stays found: old events, places, quotes, corrections, outlets, roster."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from classifiers.evaluation.signals import CaseScores, read_cases, score_cases
from classifiers.signals.detector import ALL_SIGNALS, SignalDetector
from classifiers.signals.notices import read_notice
from classifiers.signals.senses import turned
from provinces.gazetteer import load_gazetteer

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "unseen_floors.toml").read_text(encoding="utf-8"))


BATCHES = {"sE": "later", "sH": "kept-back", "sJ": "kept-back"}
"""How the ids of the batches begin that have floors of their own; the others are the earlier ones."""


def batch_of(case: dict[str, Any]) -> str:
    return BATCHES.get(case["id"].split("-")[0], "earlier")


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    return read_cases(HERE / "unseen_cases.jsonl")


@pytest.fixture(scope="module")
def scores(cases: list[dict[str, Any]]) -> dict[str, CaseScores]:
    detector = SignalDetector(load_gazetteer(), ALL_SIGNALS - {"S2"})
    return {
        batch: score_cases([case for case in cases if batch_of(case) == batch], detector) for batch in FLOORS
    }


@pytest.mark.parametrize(
    ("batch", "signal"), [(batch, signal) for batch in FLOORS for signal in FLOORS[batch]]
)
def test_cases_first_met_unseen_keep_their_floors(
    scores: dict[str, CaseScores], batch: str, signal: str
) -> None:
    tally, floor, errors = scores[batch].tallies[signal], FLOORS[batch][signal], scores[batch].errors
    assert tally.precision >= floor["precision"], errors
    assert tally.recall >= floor["recall"], errors
    assert tally.evidence >= floor["evidence"], errors


@pytest.mark.parametrize("batch", FLOORS)
def test_criticism_first_met_unseen_is_no_signal(scores: dict[str, CaseScores], batch: str) -> None:
    assert scores[batch].on_criticism == 0, scores[batch].errors


def test_criticism_first_met_unseen_is_no_signal_of_its_headline_either(
    cases: list[dict[str, Any]], detector: SignalDetector
) -> None:
    criticism = [case for case in cases if case["kind"] == "legitimate-criticism"]
    assert {batch_of(case) for case in criticism} == set(FLOORS)
    scores = score_cases(criticism, detector)
    assert scores.on_criticism == 0, scores.errors


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("xã sẽ đóng cửa bến đò trong tháng này", "xã sẽ không đóng cửa bến đò trong tháng này"),
        ("cầu hỏng do lũ, không phải do xe quá tải", "cầu hỏng do xe quá tải, không phải do lũ"),
        ("chúng tôi yêu cầu đóng cửa lò gạch này ngay", "chúng tôi yêu cầu kiểm tra lò gạch này ngay"),
        ("tất cả hộ ven suối phải chuyển nhà", "một số hộ ven suối phải chuyển nhà"),
        ("đoàn đã nhắc nhở và phạt 12 quán ăn", "đoàn đã nhắc nhở 12 quán ăn và chưa phạt quán nào"),
    ],
)
def test_an_utterance_with_another_sense_is_turned_either_way(ours: str, theirs: str) -> None:
    assert turned(ours, theirs) and turned(theirs, ours)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("xã không chỉ đóng cửa bến đò mà còn bán thuyền", "xã đóng cửa bến đò và bán thuyền"),
        ("cầu hỏng do lũ, không phải do xe quá tải", "không phải do xe quá tải, cầu hỏng do lũ"),
        ("giá nước không tăng trong năm nay", "trong năm nay giá nước không tăng"),
        ("hồ cạn nước", "trạm bơm không có điện"),
        ("", ""),
    ],
)
def test_the_same_sense_in_another_order_or_another_matter_is_not_turned(ours: str, theirs: str) -> None:
    assert not turned(ours, theirs) and not turned(theirs, ours)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Bài \"Xã Khe còn 412 hộ nghèo\" ngày 1/6/2026 gõ nhầm 142 thành 412.", {412}, {142}),
        ("Xin đính chính: số nhà bị nứt là 12, không phải 120.", {120}, {12}),
        ("Chúng tôi viết nhà máy bị phạt 950 triệu đồng. Số đúng là 95 triệu đồng.", {950e6}, {95e6}),
        ("Tin \"Mận thu 86 tỷ đồng\" tính nhầm. 86 tỷ đồng là tổng của ba xã, riêng xã Mận là 8 tỷ đồng.",
         {86e9}, {8e9}),
        ("Sửa 25 người thành 15 người.", {25}, {15}),
    ],
)  # fmt: skip
def test_a_notice_tells_the_number_it_takes_back_from_the_one_it_gives(
    text: str, wrong: set[float], right: set[float]
) -> None:
    notice = read_notice(text)
    assert {q.value for q in notice.wrong} == wrong
    assert {q.value for q in notice.right} == right


@pytest.mark.parametrize("text", ["", "Đính chính", '"', "12 không phải", "“" * 500, 'Bài "" là 1.'])
def test_any_text_is_taken_for_a_notice_without_an_error(text: str) -> None:
    notice = read_notice(text)
    assert notice.title == "" or len(notice.title) >= 8
