"""A state that the text excludes is found; told, expected or of earlier days it is not. Texts are our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from classifiers.records import ArticleText
from classifiers.signals.calibration import score
from classifiers.signals.headline.exclusions.exclusion import excluded
from classifiers.signals.headline.exclusions.pairs import PAIRS, read_pairs
from classifiers.signals.reading import Reading

DAM = (
    "Đêm 12/8, nước sông Lô lên trên báo động 3. Tại đoạn qua xã An Khê, chính quyền cho đắp bao tải đất, "
    "thân đê vẫn nguyên vẹn, chỉ rò nước ở hai vị trí. 340 hộ được di dời để phòng xa. Sáng 14/8 nước rút."
)
WARD = (
    "Giám đốc Bệnh viện Sông Đà cho biết khoa nhi vẫn nhận bệnh nhân như thường lệ. Bệnh viện chỉ chuyển sáu "
    "ca nặng lên tuyến trên do hết một loại kháng sinh. Mỗi ngày khoa khám khoảng 120 trẻ."
)
PARTY = (
    "Ủy ban Kiểm tra kết luận Chủ tịch UBND xã Pù Bin buông lỏng quản lý đất rừng. Kỳ họp quyết định "
    "kỷ luật bằng hình thức khiển trách. Xã phải thu hồi diện tích đã giao sai trước 30/6."
)


def found(title: str, text: str) -> str | None:
    candidate = excluded(Reading(ArticleText(title, "", text, date(2026, 8, 15))))
    return candidate.sentence.text if candidate else None


@pytest.mark.parametrize(
    ("title", "text", "against"),
    [
        ("Đê sông Lô vỡ, hàng trăm hộ chạy lụt", DAM, "nguyên vẹn"),
        ("Bệnh viện Sông Đà đóng cửa khoa nhi vì thiếu thuốc", WARD, "vẫn nhận bệnh nhân"),
        ("Chủ tịch xã Pù Bin bị khai trừ Đảng", PARTY, "khiển trách"),
    ],
)
def test_what_the_text_excludes_is_found(title: str, text: str, against: str) -> None:
    assert against in (found(title, text) or "")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Đê sông Lô vỡ, hàng trăm hộ chạy lụt", DAM + " Ở xã bên, đê bị vỡ một đoạn 10 m."),
        ("Đê sông Lô có nguy cơ vỡ, hàng trăm hộ chạy lụt", DAM),
        ("Đê sông Lô không vỡ, hàng trăm hộ vẫn chạy lụt", DAM),
        ("Khoa nhi Bệnh viện Sông Đà thiếu thuốc, phụ huynh lo lắng", WARD),
        ("Bệnh viện Sông Đà đóng cửa khoa nhi vì thiếu thuốc", "Trước đó khoa vẫn nhận bệnh nhân. " * 5),
        ("Chủ tịch xã Pù Bin bị khiển trách", PARTY),
    ],
)
def test_what_the_text_bears_out_or_the_title_only_fears_is_not(title: str, text: str) -> None:
    assert found(title, text) is None


def test_in_a_long_text_the_sentence_must_be_on_the_same_matter() -> None:
    far = "Huyện có 14 trường, 120 cơ sở kinh doanh, đường sá đi lại thuận tiện quanh năm. " * 20
    other = "Ở xã bên, cây cầu treo sau bão vẫn nguyên vẹn, người dân mừng."
    assert found("Đê sông Lô vỡ, hàng trăm hộ chạy lụt", far + other) is None


def test_every_line_has_a_rule_with_a_score() -> None:
    assert len(PAIRS) > 90
    assert all(0 < score(f"S2.{pair.rule}") < 1 for pair in PAIRS)


@pytest.mark.parametrize("line", ["outcome ; chết ; xác", "outcome ; ( ; xác ; sống"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "pairs.txt"
    file.write_text(f"# words\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_pairs(file)
