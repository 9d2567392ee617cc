"""The register as a table: which columns it has, importing all or nothing, exporting."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import BinaryIO

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from archive.models import RegisterChange, RegisterEntry
from archive.register.edits import RegisterRefused, approve, content_of, create, edit
from archive.register.fields import EntryFields, as_cells, read_fields, usual_validity
from archive.register.sheet import SheetError, SheetRow, read_sheet
from archive.spreadsheet import inert, writable
from archive.textform import collapsed

log = logging.getLogger(__name__)

Status = RegisterEntry.Status
# The first eleven are those of every province's register.csv, under the same names.
COLUMNS = {
    "seed_file": "",
    "province_old": "province",
    "indicator": "indicator",
    "value": "value",
    "unit": "unit",
    "as_of": "as_of",
    "quote": "quote",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "scope": "scope",
    "aliases": "aliases",
    "district": "district",
    "period": "period",
    "merger": "merger",
    "document": "document",
    "tolerance": "tolerance",
    "status": "",
}
_FIELD_OF = {name: field for name, field in COLUMNS.items() if field} | {"province": "province"}
_NEEDED = ("indicator", "value", "unit", "as_of")


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell (or row, or file) that stops an import, where it stands and what to do."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = _(", hàng %(row)s") % {"row": self.row} if self.row else ""
        return f"{self.file}{place}{f', cột {self.column}' if self.column else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class Planned:
    """What one row would do: "new", "replacement" of an approved entry, "changed" draft, "unchanged".

    A profile's row that was entered as a draft only is "waiting".
    """

    row: int
    content: EntryFields
    act: str
    entry: RegisterEntry | None = None
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. Nothing is done while there are problems."""

    rows: tuple[Planned, ...]
    problems: tuple[Problem, ...]

    def count(self, act: str) -> int:
        """How many rows do ``act``."""
        return sum(row.act == act for row in self.rows)


def plan_import(name: str, data: bytes) -> Plan:
    """Read a file and compare it with the register; never raises for what the file holds."""
    try:
        header, rows = read_sheet(name, data)
    except SheetError as error:
        return Plan((), (Problem(name, 0, "", str(error).removeprefix(f"{name}: ")),))
    problems = list(_columns(name, header))
    if problems:
        return Plan((), tuple(problems))
    planned: list[Planned] = []
    seen: dict[tuple[object, ...], int] = {}
    known = _known()
    for row in rows:
        content, wrong = read_fields(_cells(row))
        if "valid_from" not in header:
            wrong.pop("valid_from", None)  # as_of is what cannot be read
        problems += [Problem(name, row.number, _column(field, header), what) for field, what in wrong.items()]
        if content is None:
            continue
        key = _key(content)
        if key in seen:
            what = _(
                "trùng với hàng %(first)s (cùng chỉ tiêu, địa bàn, phạm vi, thời điểm); xóa một hàng"
            ) % {"first": seen[key]}
            problems.append(Problem(name, row.number, "indicator", what))
            continue
        seen[key] = row.number
        seed = row.cells.get("seed_file", "").strip()
        planned.append(_planned(row.number, content, known.get(key, []), seed))
    return Plan(tuple(planned), tuple(problems))


def apply_import(plan: Plan, *, by: User | None, now: datetime, today: date, reason: str = "") -> int:
    """Do what the plan says in one transaction; returns how many entries it made or changed.

    What ended before ``today`` goes in as approved: it is history and is never compared with today's
    coverage. Everything else waits for a second person. Raises ``RegisterRefused``, with nothing done.
    """
    if plan.problems:
        raise ValueError("a plan with problems cannot be applied")
    done = 0
    with transaction.atomic():
        for row in plan.rows:
            if row.act == "unchanged":
                continue
            done += 1
            why = ", ".join(filter(None, (reason, row.seed)))
            if row.act == "changed":
                assert row.entry is not None
                edit(row.entry, row.content, version=row.entry.version, by=by, now=now, reason=why)
                continue
            entry = create(row.content, by=by, now=now, reason=why, replaces=row.entry)
            ended = row.content.valid_to is not None and row.content.valid_to < today
            if row.act == "new" and ended:
                _approve(entry, row, now, "số liệu lịch sử")
    return done


def load_profile(name: str, data: bytes, *, now: datetime) -> Plan:
    """Load a province profile's register as approved entries; what is known already stays as it is.

    The profile was reviewed where it is kept, so no second person is asked. A row is entered once: what
    people edited, replaced or withdrew since stays so. A row that holds on the days of another figure
    in force, whoever put it there, waits as a draft. In the plan that is returned, "new" rows were
    approved and "waiting" ones were not.
    """
    plan = _not_yet_entered(plan_import(name, data), name)
    rows = list(plan.rows)
    if not plan.problems:
        with transaction.atomic():
            for place, row in enumerate(rows):
                if row.act == "new":
                    entry = create(row.content, by=None, now=now, reason=name)
                    try:
                        approve(entry, version=entry.version, by=None, now=now, reason=name)
                    except RegisterRefused as refused:
                        log.warning("%s, row %s waits for a person's approval: %s", name, row.row, refused)
                        rows[place] = replace(row, act="waiting")
    return Plan(tuple(rows), plan.problems)


def _not_yet_entered(plan: Plan, name: str) -> Plan:
    """The plan without rows that were entered before, whatever became of them."""
    entries = RegisterEntry.objects.select_related("indicator")
    known = {_key(content_of(entry)) for entry in entries}
    # A draft is edited in place: only the history still holds what the profile's row was.
    created = RegisterChange.objects.filter(
        action=RegisterChange.Action.CREATED, by__isnull=True, reason=name
    )
    for cells in created.values_list("after", flat=True):
        content, _problems = read_fields(cells)
        if content is not None:
            known.add(_key(content))
    rows = (
        replace(row, act="unchanged") if row.act == "new" and _key(row.content) in known else row
        for row in plan.rows
    )
    return Plan(tuple(rows), plan.problems)


def _approve(entry: RegisterEntry, row: Planned, now: datetime, reason: str) -> None:
    try:
        approve(entry, version=entry.version, by=None, now=now, reason=reason)
    except RegisterRefused as refused:
        raise RegisterRefused(_("hàng %(row)s: %(refused)s") % {"row": row.row, "refused": refused}) from None


def planned_csv(plan: Plan) -> str:
    """The rows of a plan as CSV again, to be planned and applied in a later request."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(COLUMNS))
    writer.writeheader()
    for row in plan.rows:
        cells = as_cells(row.content)
        line = {name: cells[field] for name, field in COLUMNS.items() if field}
        writer.writerow(line | {"seed_file": row.seed, "status": ""})
    return buffer.getvalue()


def table(entries: Iterable[RegisterEntry]) -> Iterator[list[str]]:
    """The header, then a row per entry (``indicator`` at hand); ``plan_import`` reads it back."""
    yield list(COLUMNS)
    for entry in entries:
        cells = as_cells(content_of(entry))
        given = {"seed_file": "", "status": str(entry.status)}
        yield [given[name] if name in given else cells[field] for name, field in COLUMNS.items()]


def csv_bytes(entries: Iterable[RegisterEntry]) -> Iterator[bytes]:
    """CSV with a byte order mark, so that spreadsheets read it as UTF-8."""
    buffer = io.StringIO("\ufeff")
    buffer.seek(1)
    writer = csv.writer(buffer)
    for row in table(entries):
        writer.writerow([inert(cell) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def write_xlsx(entries: Iterable[RegisterEntry], out: BinaryIO) -> None:
    """One sheet; every cell is text, so that "184/210" stays what it is."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("register")
    for row in table(entries):
        cells = [WriteOnlyCell(sheet, value=writable(text)) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    book.save(out)


def _columns(name: str, header: list[str]) -> Iterator[Problem]:
    known = {*COLUMNS, "province"}
    for column in header:
        if column not in known:
            yield Problem(
                name,
                1,
                column,
                _("không có cột này; các cột dùng được: %(columns)s") % {"columns": ", ".join(COLUMNS)},
            )
    for column in _NEEDED:
        if column not in header:
            yield Problem(name, 1, column, _("thiếu cột này; thêm cột vào hàng tiêu đề"))
    if "province" not in header and "province_old" not in header:
        yield Problem(name, 1, "province_old", _("thiếu cột này; thêm cột mã tỉnh vào hàng tiêu đề"))


def _cells(row: SheetRow) -> dict[str, str]:
    """By field; a leading apostrophe that an export put before a formula sign is taken off again.

    A file without the column ``valid_from`` holds figures of which only the time is known: they are
    given the usual validity of such figures.
    """
    cells = {
        _FIELD_OF[column]: cell.removeprefix("'") if inert(cell.removeprefix("'")) == cell else cell
        for column, cell in row.cells.items()
        if column in _FIELD_OF
    }
    usual = usual_validity(collapsed(cells.get("as_of", "")))
    if "valid_from" not in cells and usual is not None:
        cells |= {"valid_from": usual[0].isoformat(), "valid_to": usual[1].isoformat()}
    return cells


def _column(field: str, header: list[str]) -> str:
    return "province_old" if field == "province" and "province_old" in header else field


def _key(content: EntryFields) -> tuple[object, ...]:
    return (
        content.indicator,
        content.unit,
        content.province,
        content.district,
        content.scope,
        content.period,
        content.as_of,
        content.valid_from,
    )


def _known() -> dict[tuple[object, ...], list[tuple[EntryFields, RegisterEntry]]]:
    known: dict[tuple[object, ...], list[tuple[EntryFields, RegisterEntry]]] = {}
    living = RegisterEntry.objects.exclude(status=Status.WITHDRAWN).select_related("indicator")
    for entry in living.order_by("pk"):
        content = content_of(entry)
        known.setdefault(_key(content), []).append((content, entry))
    return known


def _planned(
    number: int, content: EntryFields, same: list[tuple[EntryFields, RegisterEntry]], seed: str
) -> Planned:
    if any(as_cells(known) == as_cells(content) for known, _entry in same):
        return Planned(number, content, "unchanged", seed=seed)
    for _content, entry in reversed(same):
        if entry.status == Status.DRAFT:
            return Planned(number, content, "changed", entry, seed)
    for _content, entry in reversed(same):
        if entry.superseded_by_id is None:
            return Planned(number, content, "replacement", entry, seed)
    return Planned(number, content, "new", seed=seed)
