"""The register of official figures: its CSV, read with row-exact errors.

Columns: seed_file, province_old, indicator, value, unit, as_of, quote, valid_from, valid_to, scope, aliases,
district, tolerance, period, merger. ``value`` is a number ("2127"), "~1000" (about), ">80" (above)
or a ratio ("184/210"). ``district`` is "" for the whole province, else "huyện …" or "xã …"; ``tolerance`` is
per cent of the value; ``period`` a stretch or a moment ("cả năm", "6 tháng đầu năm", "cuối năm"); ``merger``
"", "before" or "after".
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from classifiers.figures.numbers.hedges import Interval
from classifiers.figures.units import LocalUnit, Tier, read_unit
from provinces.gazetteer.units import REFORM

COLUMNS = (
    "seed_file",
    "province_old",
    "indicator",
    "value",
    "unit",
    "as_of",
    "quote",
    "valid_from",
    "valid_to",
    "scope",
    "aliases",
    "district",
    "tolerance",
    "period",
    "merger",
)
_REQUIRED = ("province_old", "indicator", "value", "unit", "as_of", "valid_from")
_OPTIONAL = tuple(name for name in COLUMNS if name not in _REQUIRED)
_VALUE = re.compile(r"(?P<mark>[~>]?)(?P<first>\d+(?:\.\d+)?)(?:/(?P<second>\d+(?:\.\d+)?))?")
_AS_OF = re.compile(r"(?:năm học \d{4}\s*-\s*\d{4}|\d{4}|(?:0?[1-9]|1[0-2])/\d{4}|\d{1,2}/\d{1,2}/\d{4})")
_PER_CENT = re.compile(r"\d{1,3}(?:\.\d{1,6})?")
MOST_TOLERANCE = 50
MAX_ROWS = 100_000


class Merger(StrEnum):
    """Which administrative map a figure counts."""

    UNSAID = ""
    BEFORE = "before"
    AFTER = "after"


class RegisterError(ValueError):
    """A register that cannot be used. ``problems`` has (file line, column, what is wrong), all of them."""

    def __init__(self, name: str, problems: list[tuple[int, str, str]]) -> None:
        shown = "; ".join(f"{name}:{line}: {column}: {what}" for line, column, what in problems[:20])
        more = f"; và {len(problems) - 20} lỗi nữa" if len(problems) > 20 else ""
        super().__init__(shown + more)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Entry:
    """One official figure. ``line``: its line in the file. Dates are inclusive; None: open.

    ``local``: the district or commune that it is of; None: the whole province. ``tolerance``: the
    deviation that is accepted, in per cent of the value. ``period``: the time that it covers, in words.
    """

    line: int
    province: str
    indicator: str
    value: str
    unit: str
    as_of: str
    quote: str
    valid_from: date
    valid_to: date | None
    scope: str
    aliases: tuple[str, ...]
    number: float = field(compare=False)
    total: float | None = field(compare=False)
    mark: str = field(compare=False)
    district: str = ""
    tolerance: float = 0.0
    period: str = ""
    merger: Merger = Merger.UNSAID
    local: LocalUnit | None = field(default=None, compare=False)

    @property
    def is_ratio(self) -> bool:
        """Whether the value is "a/b"."""
        return self.total is not None

    def in_force(self, day: date) -> bool:
        """Whether the figure held on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def interval(self, *, percent: bool = False, complement: bool = False) -> Interval:
        """What the register allows: of a ratio its first term, or its percentage; or what is left of it."""
        number, whole = self.number, self.total or 100.0
        if percent and self.total is not None:
            number, whole = 100 * self.number / self.total, 100.0
        slack = self.tolerance / 100
        if self.mark == ">":
            return Interval((1 - slack) * number, (1.10 + slack) * number, low_open=not slack)
        slack = max(slack, 0.05 if self.mark == "~" else 0.0)
        low, high = (1 - slack) * number, (1 + slack) * number
        return Interval(whole - high, whole - low) if complement else Interval(low, high)


@dataclass(frozen=True, eq=False)
class Register:
    """All entries of a register."""

    entries: tuple[Entry, ...]

    def of(self, province: str) -> list[Entry]:
        """Entries of one province code."""
        return [entry for entry in self.entries if entry.province == province]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


def load_register(path: Path) -> Register:
    """Read a register CSV (UTF-8, with or without BOM). Raises RegisterError with every faulty row."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(path.name, [(1, "tệp", f"không đọc được: {error}")]) from error
    return read_register(text, path.name)


def read_register(text: str, name: str = "register.csv") -> Register:
    """The same from text."""
    reader = csv.DictReader(io.StringIO(unicodedata.normalize("NFC", text), newline=""), strict=True)
    problems: list[tuple[int, str, str]] = []
    entries: list[Entry] = []
    try:
        header = reader.fieldnames or []
        missing = [column for column in _REQUIRED if column not in header]
        if missing:
            raise RegisterError(name, [(1, column, "thiếu cột này") for column in missing])
        for row in reader:
            if len(entries) >= MAX_ROWS:
                raise RegisterError(name, [(reader.line_num, "tệp", f"quá {MAX_ROWS} dòng")])
            if not any(value for value in row.values() if isinstance(value, str)):
                continue
            entry = _entry(row, reader.line_num, problems)
            if entry is not None:
                entries.append(entry)
    except csv.Error as error:
        problems.append((reader.line_num, "dòng", f"không phải CSV đúng: {error}"))
    problems += _overlaps(entries)
    if problems:
        raise RegisterError(name, problems)
    return Register(tuple(entries))


def _entry(row: dict[str, str | None], line: int, problems: list[tuple[int, str, str]]) -> Entry | None:
    before = len(problems)
    if None in row:
        problems.append((line, "dòng", "nhiều ô hơn số cột; ô có dấu phẩy phải đặt trong ngoặc kép"))
    cells = {name: (row.get(name) or "").strip() for name in (*_REQUIRED, *_OPTIONAL)}
    problems += [(line, name, "để trống") for name in _REQUIRED if not cells[name]]
    value = _VALUE.fullmatch(cells["value"])
    number, total = 0.0, None
    if value is None and cells["value"]:
        problems.append((line, "value", f"{cells['value']!r} không phải số, ~số, >số hay tỷ số a/b"))
    elif value is not None:
        number = float(value["first"])
        total = float(value["second"]) if value["second"] else None
        if total is not None and (total < number or total == 0):
            problems.append((line, "value", f"tỷ số {cells['value']} lớn hơn 1"))
        if not math.isfinite(number):
            problems.append((line, "value", "số quá lớn"))
    if cells["as_of"] and not _AS_OF.fullmatch(cells["as_of"]):
        problems.append(
            (line, "as_of", f"{cells['as_of']!r}: viết 2025, 12/2025, 31/12/2025 hoặc năm học 2025-2026")
        )
    start = _day(cells["valid_from"], "valid_from", line, problems)
    end = _day(cells["valid_to"], "valid_to", line, problems)
    if start and end and end < start:
        problems.append((line, "valid_to", f"{end} trước valid_from {start}"))
    tolerance = _tolerance(cells["tolerance"], line, problems)
    local = read_unit(cells["district"])
    if cells["district"] and local is None:
        problems.append(
            (line, "district", f"{cells['district']!r}: viết cấp trước tên, như huyện … hoặc xã …")
        )
    if local is not None and local.tier is Tier.DISTRICT:
        if start and start >= REFORM:
            problems.append((line, "valid_from", f"từ {REFORM:%d/%m/%Y} không còn cấp huyện"))
        end = min(end or date.max, REFORM - timedelta(days=1))
    if cells["merger"] not in [str(kind) for kind in Merger]:
        problems.append((line, "merger", f"{cells['merger']!r}: viết before, after hoặc để trống"))
    if len(problems) > before or start is None or value is None:
        return None
    aliases = tuple(alias.strip() for alias in cells["aliases"].split("|") if alias.strip())
    return Entry(
        line=line,
        province=cells["province_old"],
        indicator=cells["indicator"],
        value=cells["value"],
        unit=cells["unit"],
        as_of=cells["as_of"],
        quote=cells["quote"],
        valid_from=start,
        valid_to=end,
        scope=cells["scope"],
        aliases=aliases,
        number=number,
        total=total,
        mark=value["mark"],
        district=cells["district"],
        tolerance=tolerance,
        period=cells["period"],
        merger=Merger(cells["merger"]),
        local=local,
    )


def _tolerance(text: str, line: int, problems: list[tuple[int, str, str]]) -> float:
    """Per cent of the value, 0 to 50."""
    if not text:
        return 0.0
    if not _PER_CENT.fullmatch(text) or float(text) > MOST_TOLERANCE:
        problems.append((line, "tolerance", f"{text!r} không phải phần trăm từ 0 đến {MOST_TOLERANCE}"))
        return 0.0
    return float(text)


def _day(text: str, column: str, line: int, problems: list[tuple[int, str, str]]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append((line, column, f"{text!r} không phải ngày dạng 2025-12-31"))
        return None


def _overlaps(entries: Iterable[Entry]) -> list[tuple[int, str, str]]:
    """Two rows of one indicator and place may not be in force on the same day."""
    problems = []
    seen: dict[tuple[str, str, LocalUnit | None], list[Entry]] = {}
    for entry in entries:
        for other in seen.setdefault((entry.province, entry.indicator, entry.local), []):
            if other.valid_from <= (entry.valid_to or date.max) and entry.valid_from <= (
                other.valid_to or date.max
            ):
                problems.append(
                    (
                        entry.line,
                        "valid_from",
                        f"hiệu lực trùng với dòng {other.line} của cùng chỉ tiêu; đặt valid_to",
                    )
                )
        seen[(entry.province, entry.indicator, entry.local)].append(entry)
    return problems
