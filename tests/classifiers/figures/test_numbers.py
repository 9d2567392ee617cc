"""The grammar of quantities: what is read, in which unit, with which hedge; what is no quantity."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.figures.numbers.hedges import PHRASES, Hedge, Interval, hedged
from classifiers.figures.numbers.quantity import Kind, Quantity
from classifiers.figures.numbers.scan import Scanner
from classifiers.figures.numbers.words import read_words
from classifiers.places.text import prepare

NOUNS = frozenset(
    {"xã", "huyện", "hộ", "sở", "trường", "dân", "thuê", "điểm", "trạm", "dịch", "người", "nhà", "căn", "sản"}
    | {"thủ", "giường", "mỏ", "lượt", "khách"}
)


def read(text: str) -> list[Quantity]:
    return Scanner(NOUNS).scan(prepare(text))


def one(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("có 1.930 dịch vụ", Kind.COUNT, 1930),
        ("có 1930 dịch vụ", Kind.COUNT, 1930),
        ("có 1 068 dịch vụ", Kind.COUNT, 1068),
        ("1,93 nghìn dịch vụ", Kind.COUNT, 1930),
        ("743 nghìn thuê bao", Kind.COUNT, 743_000),
        ("bảy trăm bốn mươi ba ngàn thuê bao", Kind.COUNT, 743_000),
        ("hai mươi tám sở ngành", Kind.COUNT, 28),
        ("ba huyện chậm", Kind.COUNT, 3),
        ("còn năm huyện chậm", Kind.COUNT, 5),
        ("một triệu hai trăm nghìn người", Kind.COUNT, 1_200_000),
        ("2 vạn hộ", Kind.COUNT, 20_000),
        ("đạt 87,6%", Kind.PERCENT, 87.6),
        ("đạt 57.3 phần trăm", Kind.PERCENT, 57.3),
        ("21,46 nghìn tỷ đồng", Kind.VND, 21.46e12),
        ("80 tỉ đồng", Kind.VND, 80e9),
        ("hơn hai nghìn tám trăm tỷ đồng", Kind.VND, 2.8e12),
        ("duy nhất một xã chưa có", Kind.COUNT, 1),
        ("cứ 10 hộ thì 8 có tivi", Kind.PERCENT, 80),
        ("3.120 triệu USD", Kind.USD, 3.12e9),
        ("841 nghìn ha", Kind.AREA, 8410),
        ("8.412,6 km²", Kind.AREA, 8412.6),
        ("209/210 xã", Kind.RATIO, 209),
        ("209 trong tổng số 210 xã", Kind.RATIO, 209),
        ("thứ 30 trên 63 tỉnh", Kind.RANK, 30),
        ("ba phần tư số trường", Kind.PERCENT, 75),
        ("một nửa số hộ", Kind.PERCENT, 50),
        ("cứ 100 hộ thì 93 hộ có tivi", Kind.PERCENT, 93),
        ("gấp đôi con số 2,82 triệu lượt", Kind.COUNT, 5_640_000),
        ("có743 nghìn thuê bao", Kind.COUNT, 743_000),
    ],
)
def test_values(text: str, kind: Kind, value: float) -> None:
    quantity = one(text)
    assert quantity.kind is kind
    assert math.isclose(quantity.value, value)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 12/9 và 5/3/2026",
        "từ 7h30 đến 16h, lúc 17 giờ",
        "gọi 0218.3852.119 hoặc 1900 54 54 81",
        "Nghị định số 25/2011/NĐ-CP, Công văn 216/STTTT-BCVT",
        "khoản 3 Điều 101",
        "dịch vụ mức độ 3, quốc lộ 8A, sóng 4G, xăng RON95",
        "số 45 Tràng Tiền, tổ 5",
        "năm 2017, giai đoạn 2021-2025, tính đến 2018.",
        "hàng trăm nghìn hộ, cả nghìn tỷ",
        "năm nay, trong năm, mỗi năm",
        "vị khách thứ 5.000.000",
        "gió giật cấp 11, km 19+500",
        "giá 18.000 đồng/kg, 128 triệu đồng/lượng",
    ],
)
def test_no_quantities(text: str) -> None:
    assert read(text) == []


def test_percentage_points_are_no_percentage() -> None:
    assert all(quantity.kind is not Kind.PERCENT for quantity in read("thua 13 điểm phần trăm"))


def test_ranges_and_rates() -> None:
    span = one("chừng 600-650 nghìn thuê bao")
    assert (span.value, span.upper) == (600_000, 650_000)
    assert one("11,7 thuê bao/100 dân").per == 100
    assert one("31,5 giường bệnh trên một vạn dân").per == 10_000
    assert one("cứ 100 dân thì có 117 thuê bao").per == 100


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("743 nghìn thuê bao", 742_500, 743_500),
        ("0,74 triệu thuê bao", 735_000, 745_000),
        ("khoảng 1.000 hộ", 950, 1050),
        ("gần 750 nghìn hộ", 712_500, 750_000),
        ("gần 5 nghìn hộ", 4_500, 5_000),
        ("hơn 3.100 trạm", 3_100, 3_410),
        ("hơn một triệu người", 1_000_000, 1_250_000),
        ("chưa đầy 85 hộ", 76.5, 85),
        ("không dưới 400 hộ", 400, math.inf),
        ("không quá 900 hộ", -math.inf, 900),
        ("hai trăm hộ", 200, 200),
        ("ba phần tư số hộ", 71.25, 78.75),
        ("quá nửa số hộ", 50, 62.5),
        ("cứ 10 hộ thì 7 hộ có nước", 65, 75),
        ("từ 4 đến 4,5 triệu lượt", 4_000_000, 4_500_000),
    ],
)
def test_intervals(text: str, low: float, high: float) -> None:
    interval = one(text).interval()
    assert math.isclose(interval.low, low) and math.isclose(interval.high, high)


def test_open_ends_do_not_touch() -> None:
    assert not hedged(80, 0.5, Hedge.SHORT_OF, 1).overlaps(Interval(80, 88, low_open=True))
    assert hedged(80, 0.5, Hedge.OVER, 1).overlaps(Interval(80, 88, low_open=True))
    assert Interval(1, 2).overlaps(Interval(2, 3))


def test_every_hedge_is_read_before_a_number() -> None:
    for phrase, hedge in PHRASES.items():
        assert one(f"có {phrase} 4.321 hộ").hedge is hedge, phrase


UNITS = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spell(number: int) -> str:
    """Number words below a million, as a newspaper writes them."""
    if number >= 1000:
        rest = number % 1000
        tail = (
            "" if not rest else (" không trăm" if rest < 100 else "") + " " + spell_hundreds(rest, rest < 100)
        )
        return f"{spell_hundreds(number // 1000, False)} nghìn{tail}"
    return spell_hundreds(number, False)


def spell_hundreds(number: int, after_hundred: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{UNITS[hundreds]} trăm"] if hundreds else []
    tens, unit = divmod(rest, 10)
    if tens > 1:
        words.append(f"{UNITS[tens]} mươi")
    elif tens == 1:
        words.append("mười")
    elif unit and (hundreds or after_hundred):
        words.append("linh")
    if unit:
        words.append("mốt" if unit == 1 and tens > 1 else "lăm" if unit == 5 and tens else UNITS[unit])
    return " ".join(words)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 999_999))
def test_number_words_are_read_back(number: int) -> None:
    words = spell(number).split()
    value, used = read_words(words)
    assert (value, used) == (number, len(words)), " ".join(words)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_thousands_with_dots_are_read_back(number: int) -> None:
    if 1900 <= number <= 2100:
        return
    written = f"{number:,}".replace(",", ".")
    assert one(f"có {written} hộ dân").value == number


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=120)
    | st.lists(
        st.sampled_from(
            ["12.500", "3/4", "%", "tỷ đồng", "năm", "hơn", "-", "gấp đôi", "cứ", "thì", "trăm", "́", "½", "٣"]
        )
    ).map(" ".join)
)
def test_any_text_gives_quantities_inside_it(text: str) -> None:
    end = 0
    prepared = prepare(text)
    for quantity in Scanner(NOUNS).scan(prepared):
        assert end <= quantity.start < quantity.end <= len(prepared.lowered)
        end = quantity.end


@pytest.mark.parametrize("text", ["Hòa Bình 2017 qua vài con số", "cách mạng công nghiệp 4.0", "năm học này"])
def test_years_editions_and_school_years_are_no_quantities(text: str) -> None:
    assert read(text) == []
