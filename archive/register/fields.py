"""The fields of a register entry as people write them, checked one by one.

The same checks serve the form on the page and every row of a file. Messages are Vietnamese: they are
shown to the person who can mend the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from archive.textform import collapsed

_FIGURE = re.compile(r"[~>]?\d+(\.\d+)?(/\d+(\.\d+)?)?")
_AMBIGUOUS = re.compile(r"\d[.,]\d{3}(?!\d)")
_AS_OF = (
    re.compile(r"(?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"),
    re.compile(r"năm học (?P<year>\d{4})-\d{4}"),
)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LENGTHS = {
    "indicator": 200,
    "unit": 60,
    "value": 60,
    "province": 20,
    "district": 120,
    "scope": 300,
    "period": 120,
    "as_of": 40,
    "document": 300,
    "quote": 2000,
    "reason": 1000,
}
REQUIRED = ("indicator", "value", "unit", "province", "as_of", "valid_from")
MOST_ALIASES = 40
MERGERS = {"": "", "before": "before", "after": "after", "trước": "before", "sau": "after"}


class FieldError(ValueError):
    """One field that cannot be used: what is wrong and what to write instead."""


@dataclass(frozen=True, slots=True)
class EntryFields:
    """A register entry's content, checked. ``tolerance`` is in per cent of the value."""

    indicator: str
    unit: str
    value: str
    province: str
    as_of: str
    valid_from: date
    valid_to: date | None = None
    district: str = ""
    scope: str = ""
    period: str = ""
    merger: str = ""
    quote: str = ""
    document: str = ""
    tolerance: Decimal | None = None
    aliases: tuple[str, ...] = ()


NAMES = tuple(field.name for field in fields(EntryFields))


def read_fields(cells: Mapping[str, str]) -> tuple[EntryFields | None, dict[str, str]]:
    """The entry, or None with the problem of each field that has one."""
    values: dict[str, Any] = {}  # each reader's type is its field's
    problems: dict[str, str] = {}
    for name in NAMES:
        try:
            values[name] = _READERS.get(name, collapsed)(_checked(name, cells.get(name) or ""))
        except FieldError as error:
            problems[name] = str(error)
    since, until = values.get("valid_from"), values.get("valid_to")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        problems["valid_to"] = _("ngày hết hiệu lực trước ngày bắt đầu; sửa một trong hai")
    return (None, problems) if problems else (EntryFields(**values), {})


def _checked(name: str, text: str) -> str:
    text = collapsed(text)
    if not text and name in REQUIRED:
        raise FieldError(_("còn trống; cột này bắt buộc"))
    if len(text) > _LENGTHS.get(name, 2000):
        raise FieldError(
            _("dài %(count)s ký tự; rút còn nhiều nhất %(most)s")
            % {"count": len(text), "most": _LENGTHS.get(name, 2000)}
        )
    return text


def _value(text: str) -> str:
    compact = text.replace(" ", "")
    if _AMBIGUOUS.search(compact):
        raise FieldError(
            _(
                "“%(text)s” có thể đọc theo hai cách; viết số liền không dấu ngăn nghìn (1930), dấu "
                "chấm chỉ dùng cho phần thập phân (11.7)"
            )
            % {"text": text}
        )
    figure = compact.replace(",", ".")
    if not _FIGURE.fullmatch(figure):
        raise FieldError(
            _("“%(text)s” không phải là số; viết như 1930, 11.7, 184/210, ~1000 (khoảng), >80 (hơn)")
            % {"text": text}
        )
    first, _sign, second = figure.lstrip("~>").partition("/")
    if second and (Decimal(second) == 0 or Decimal(first) > Decimal(second)):
        raise FieldError(
            _("“%(text)s” lớn hơn 1 (phần lớn hơn toàn bộ); sửa số trước hoặc sau dấu /") % {"text": text}
        )
    return figure


def _as_of(text: str) -> str:
    if usual_validity(text) is None:
        raise FieldError(
            _("“%(text)s” không phải thời điểm; viết như 2025, 12/2025, 12/09/2026 hoặc năm học 2025-2026")
            % {"text": text}
        )
    return text


def usual_validity(as_of: str) -> tuple[date, date] | None:
    """What holds for a figure of which only ``as_of`` is known: to 30 June of the year after.

    It starts on the first day of the time that ``as_of`` names; None when that is no such time.
    """
    for pattern in _AS_OF:
        if found := pattern.fullmatch(as_of):
            parts = {name: int(number) for name, number in found.groupdict().items()}
            try:
                start = date(parts["year"], parts.get("month", 1), parts.get("day", 1))
                return start, date(start.year + 1, 6, 30)
            except ValueError:
                return None
    return None


def _day(text: str) -> date:
    try:
        if found := _DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(
            _("“%(text)s” không phải là ngày; viết như 2026-11-25 hoặc 25/11/2026") % {"text": text}
        ) from None


def _optional_day(text: str) -> date | None:
    return _day(text) if text else None


def _tolerance(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        share = Decimal(text.removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        raise FieldError(_("“%(text)s” không phải là phần trăm; viết như 0.5") % {"text": text}) from None
    if not share.is_finite() or not 0 <= share <= 50:
        raise FieldError(_("sai số %(text)s ngoài khoảng 0 đến 50 (%%)") % {"text": text})
    return round(share, 3).normalize() + 0


def _merger(text: str) -> str:
    if text.lower() not in MERGERS:
        raise FieldError(
            _("“%(text)s” không hiểu được; viết before (trước sáp nhập), after (sau) hoặc để trống")
            % {"text": text}
        )
    return MERGERS[text.lower()]


def _aliases(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, (part.strip() for part in text.split("|")))))
    if len(names) > MOST_ALIASES:
        raise FieldError(
            _("có %(count)s tên gọi khác; giữ nhiều nhất %(most_aliases)s")
            % {"count": len(names), "most_aliases": MOST_ALIASES}
        )
    return names


_READERS: dict[str, Callable[[str], object]] = {
    "value": _value,
    "as_of": _as_of,
    "valid_from": _day,
    "valid_to": _optional_day,
    "tolerance": _tolerance,
    "merger": _merger,
    "aliases": _aliases,
}


def as_cells(entry: EntryFields) -> dict[str, str]:
    """The fields as they are written in a file; ``read_fields`` gives the same entry back."""
    return {name: _cell(getattr(entry, name)) for name in NAMES}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
