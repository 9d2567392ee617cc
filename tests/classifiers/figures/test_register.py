"""Reading a register, with every fault named by line and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from classifiers.figures.register import COLUMNS, Register, RegisterError, load_register, read_register

ROOT = Path(__file__).resolve().parents[3]
HEADER = ",".join(COLUMNS)
GOOD = "hu-cau,LG,trạm BTS,3912,trạm,12/2025,Báo cáo,2025-12-31,2026-12-30,toàn tỉnh,cột sóng|trạm phát sóng"


def problems(*rows: str, header: str = HEADER) -> list[tuple[int, str]]:
    with pytest.raises(RegisterError) as caught:
        read_register("\n".join([header, *rows]))
    return [(line, column) for line, column, _ in caught.value.problems]


def test_a_row_is_read() -> None:
    (entry,) = read_register(f"\ufeff{HEADER}\n{GOOD}\n".lstrip("\ufeff"))
    assert (entry.indicator, entry.number, entry.valid_to) == ("trạm BTS", 3912, date(2026, 12, 30))
    assert entry.aliases == ("cột sóng", "trạm phát sóng")
    assert entry.in_force(date(2026, 1, 1)) and not entry.in_force(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [("~1000", 950, 1050), (">80", 80, 88), ("184/210", 184, 184), ("3.12", 3.12, 3.12)],
)
def test_values_and_their_tolerance(value: str, low: float, high: float) -> None:
    (entry,) = read_register(f"{HEADER}\n{GOOD.replace('3912', value)}")
    assert entry.interval().low == pytest.approx(low)
    assert entry.interval().high == pytest.approx(high)


def test_a_ratio_has_a_percentage_and_a_rest() -> None:
    (entry,) = read_register(f"{HEADER}\n{GOOD.replace('3912', '184/210')}")
    assert entry.interval(percent=True).low == pytest.approx(87.619, abs=0.001)
    assert entry.interval(complement=True).low == 26


def test_every_fault_is_named_at_once() -> None:
    assert problems(
        GOOD.replace("3912", "ba nghìn"),
        GOOD.replace("2025-12-31", "31/12/2025").replace("LG", ""),
        GOOD.replace("2026-12-30", "2024-12-30"),
        GOOD.replace("12/2025", "cuối năm"),
        GOOD.replace("3912", "211/210"),
    ) == [
        (2, "value"),
        (3, "province_old"),
        (3, "valid_from"),
        (4, "valid_to"),
        (5, "as_of"),
        (6, "value"),
    ]


def test_rows_of_one_indicator_may_not_overlap() -> None:
    assert problems(GOOD, GOOD.replace("3912", "4000")) == [(3, "valid_from")]


def test_missing_columns_and_broken_rows_are_named() -> None:
    assert problems(GOOD, header=HEADER.replace(",value", "")) == [(1, "value")]
    assert problems(f"{GOOD},,,,,thừa,ô") == [(2, "dòng")]
    assert problems('"chưa đóng ngoặc,LG')[0][1] == "dòng"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RegisterError, match=r"r\.csv:1: tệp: không đọc được"):
        load_register(tmp_path / "r.csv")


@pytest.mark.parametrize(
    ("folder", "rows"), [("ha-tinh", 14), ("bac-ninh", 8), ("phu-tho", 19), ("demo", 36)]
)
def test_shipped_registers_load(folder: str, rows: int) -> None:
    register = load_register(ROOT / "provinces" / folder / "register.csv")
    assert len(register.entries) == rows


def test_historical_figures_are_never_in_force_today() -> None:
    for folder in ("ha-tinh", "bac-ninh", "phu-tho"):
        for entry in load_register(ROOT / "provinces" / folder / "register.csv"):
            assert not entry.in_force(date(2026, 1, 1)), entry


def test_entries_of_a_province() -> None:
    register = load_register(ROOT / "provinces" / "phu-tho" / "register.csv")
    assert len(register.of("HB")) == 14
    assert Register(()).of("HB") == []
