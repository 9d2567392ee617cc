"""Names and values of fields: how they may be written, and what they are compared by."""

from __future__ import annotations

import re
from datetime import date, timedelta

from search.text.normal import fold, forms, key

FIELDS: dict[str, str] = {
    name: field
    for field, names in {
        "outlet": ("báo", "bao", "outlet"),
        "from": ("từ", "tu", "from"),
        "to": ("đến", "den", "to"),
        "topic": ("chủđề", "chude", "topic"),
        "place": ("nơi", "noi", "place"),
        "title": ("tiêuđề", "tieude", "title"),
        "kind": ("loại", "loai", "kind"),
        "signal": ("tínhiệu", "tinhieu", "signal"),
    }.items()
    for name in names
}
"""Field by its name in small letters without spaces: with its own marks or with none ("Nội:" is no field)."""

FIELD_HELP = "báo:, từ:, đến:, chủđề:, nơi:, tiêuđề:, loại:, tínhiệu:"

KINDS: dict[str, tuple[str, str]] = {
    "newspaper": ("kind", "newspaper"),
    "bao": ("kind", "newspaper"),
    "broadcaster": ("kind", "broadcaster"),
    "dai": ("kind", "broadcaster"),
    "magazine": ("kind", "magazine"),
    "tapchi": ("kind", "magazine"),
    "portal": ("kind", "portal"),
    "cong": ("kind", "portal"),
    "aggregator": ("kind", "aggregator"),
    "tonghop": ("kind", "aggregator"),
    "local": ("scope", "local"),
    "diaphuong": ("scope", "local"),
    "national": ("scope", "national"),
    "trunguong": ("scope", "national"),
}
"""Values of ``loại:`` by key: outlet kinds, and local or national reach."""

KIND_HELP = "báo, đài, tạpchí, cổng, tổnghợp, địaphương, trungương"
ANY_VALUE = frozenset({"", "co", "any"})

_UNIT_WORDS = (
    ("thanh", "pho"),
    ("thi", "xa"),
    ("thi", "tran"),
    ("dac", "khu"),
    ("tinh",),
    ("tp",),
    ("xa",),
    ("phuong",),
    ("quan",),
    ("huyen",),
)
_OUTLET_WORDS = (("bao", "dien", "tu"), ("bao",), ("tap", "chi"))


def _without(prefixes: tuple[tuple[str, ...], ...], name: str) -> str:
    words = tuple(forms(name)[1])
    for prefix in prefixes:
        rest = words[len(prefix) :]
        if words[: len(prefix)] == prefix and rest and not "".join(rest).isdigit():
            return "".join(rest)
    return "".join(words)


def place_key(name: str) -> str:
    """A place name without its unit word: "tỉnh Hà Tĩnh" -> "hatinh", but "Quận 1" -> "quan1"."""
    return _without(_UNIT_WORDS, name)


def outlet_keys(outlet: str, name: str) -> tuple[str, ...]:
    """What an outlet may be called in a query: its id, its name, its name without "Báo"."""
    return tuple(dict.fromkeys((key(outlet), key(name), _without(_OUTLET_WORDS, name))))


def topic_keys(name: str) -> tuple[str, ...]:
    """What a topic may be called: its whole name, or one part of "Thiên tai, thời tiết"."""
    return tuple(dict.fromkeys(key(part) for part in (name, *name.split(","))))


_RELATIVE = re.compile(r"(\d{1,4}) ?(ngay|tuan|thang|days?|weeks?|months?|d|w|m)")
_UNIT_DAYS = {"n": 1, "d": 1, "tu": 7, "w": 7, "th": 30, "m": 30}
_NAMED = {"homnay": 0, "today": 0, "homqua": 1, "yesterday": 1}
DATE_PHRASE = re.compile(r"(?:hom (?:nay|qua)|\d{1,4} (?:ngay|tuan|thang|days?|weeks?|months?))(?![^\W_])")
"""Date values of two words that need no quotes, in folded text."""

DATE_HELP = "2026-11-25, 25/11/2026, 25/11, 11/2026, hôm nay, hôm qua, 7 ngày"


def parse_day(value: str, today: date, *, last: bool) -> date | None:
    """The day that ``value`` names; of a month or a year its first day, or its last if ``last``.

    "25/11" is this year's; as a first day, last year's when it would lie in the future. "7 ngày" is
    today and the six days before. None: not a date.
    """
    text = " ".join(fold(value).split())
    named = _NAMED.get(text.replace(" ", ""))
    if named is not None:
        return today - timedelta(days=named)
    if relative := _RELATIVE.fullmatch(text):
        unit = relative.group(2)
        days = int(relative.group(1)) * (_UNIT_DAYS.get(unit[0]) or _UNIT_DAYS[unit[:2]])
        return today - timedelta(days=min(max(days - 1, 0), 36_500))
    parts = re.split(r"[-/.]", text)
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        return None
    try:
        return _calendar([int(part) for part in parts], len(parts[0]) == 4, today, last)
    except ValueError:
        return None


def _calendar(numbers: list[int], year_first: bool, today: date, last: bool) -> date:
    if len(numbers) == 3:
        year, month, day = numbers if year_first else reversed(numbers)
        return _sane(date(year, month, day))
    if len(numbers) == 2 and not year_first and numbers[1] < 100:
        day_this_year = date(today.year, numbers[1], numbers[0])
        if day_this_year > today and not last:
            return date(today.year - 1, numbers[1], numbers[0])
        return day_this_year
    if len(numbers) == 2:
        year, month = numbers if year_first else reversed(numbers)
        first = _sane(date(year, month, 1))
        return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)) if last else first
    if len(numbers) == 1 and year_first:
        return _sane(date(numbers[0], 12, 31) if last else date(numbers[0], 1, 1))
    raise ValueError("not a date")


def _sane(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise ValueError("no year of the press")
    return day
