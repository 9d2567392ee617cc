"""The numbers of a report that may stand against those of another."""

from __future__ import annotations

import re
from collections import Counter

from classifiers.signals.number_pairs import MEASURES
from classifiers.signals.quantities import Quantity, quantities
from classifiers.signals.reading import MAX_SENTENCE, MAX_TITLE_QUANTITIES, Reading
from classifiers.signals.stated import Stated
from classifiers.signals.wording import word_set

MAX_NUMBERS = 80
"""Numbers compared of one article; a table of statistics has more and is no news."""
MAX_REPEATS = 5
"""How often the same number of the same unit is looked at in one article."""

_MADE = re.compile(r"\b(?:làm|khiến|cho|cướp|quả|chỉ) \Z")
_COUNTS_AFTER_ALL = {("năm", "tù"), ("tháng", "tù"), ("độ", "richter")}
_SPOTS = word_set("sạt trường ngập đen bán cầu nóng thi tiêm dừng truy du tập trông giữ phát")
_NO_COUNTS = word_set(
    """
    tuổi giờ phút giây năm tháng ngày tuần lần điểm độ phiên giải của tại là và trong đến về được cho có bàn
    set trận quý đời bậc chỗ chiều yen euro bảng ounce cấp tập số
    """
)


def numbers_in(reading: Reading) -> tuple[Stated, ...]:
    """The numbers that may count what happened. Those of the headline only where the text has them not."""
    body = _told(reading, counting=True)
    title = [t for t in _in_headline(reading) if _counts(t.quantity)]
    new = [t for t in title if not any(t.quantity.value == b.quantity.value for b in body)]
    return (*new, *body)


def _in_headline(reading: Reading) -> list[Stated]:
    told = quantities(reading.title.text[:MAX_SENTENCE])[:MAX_TITLE_QUANTITIES]
    return [Stated(reading.title, quantity) for quantity in told]


def _told(reading: Reading, *, counting: bool) -> list[Stated]:
    """The numbers of the text, each a few times at most: a text that repeats itself would take minutes."""
    times: Counter[tuple[float, bool, tuple[str, ...]]] = Counter()
    told = []
    for sentence, quantity in reading.quantities:
        same = (quantity.value, quantity.percent, tuple(quantity.unit))
        times[same] += 1
        if times[same] <= MAX_REPEATS and (not counting or _counts(quantity)):
            told.append(Stated(sentence, quantity))
    return told[:MAX_NUMBERS]


def every_number_in(reading: Reading) -> tuple[Stated, ...]:
    """Every such number of headline and text, and single ones of what befell people."""
    every = (*_in_headline(reading), *_told(reading, counting=False))
    return tuple(each for each in every if _counts(each.quantity) or _is_toll_of_one(each))


def _is_toll_of_one(stated: Stated) -> bool:
    """ "Làm một người chết" is a toll; "một người chết trên đường" is one of them."""
    return stated.quantity.value == 1 and any(stated.fate()) and bool(_MADE.search(stated.ahead))


def _is_a_spot(quantity: Quantity) -> bool:
    """ "64 điểm sạt lở" are places, "24 điểm" are marks."""
    return len(quantity.unit) > 1 and quantity.unit[1] in _SPOTS


def _counts(quantity: Quantity) -> bool:
    """Whether it may count what an event did. Part of a ton may be compared, one person is anybody."""
    if {"lượng", "ounce"} & set(quantity.unit[1:3]):
        return False
    if quantity.unit[:2] in _COUNTS_AFTER_ALL or (quantity.unit[:1] == ("điểm",) and _is_a_spot(quantity)):
        return True
    if quantity.value < 2 and not (quantity.unit and quantity.unit[0] in MEASURES):
        return False
    return quantity.percent or (bool(quantity.unit) and quantity.unit[0] not in _NO_COUNTS)
