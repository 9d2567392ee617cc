"""Deadlines as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cases.models import CaseDeadline

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LINE = 75  # octets, the longest that the standard allows


def calendar_file(rows: Iterable[CaseDeadline], now: datetime, case_url: str) -> bytes:
    """One event per deadline: the whole last day, or the hour. ``case_url``: with ``{}`` for the number."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Diem Bao//Deadlines//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Điểm Báo - thời hạn hồ sơ",
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
    ]
    for row in rows:
        lines += _event(row, now, case_url)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(row: CaseDeadline, now: datetime, case_url: str) -> list[str]:
    assert row.due_at is not None
    lines = ["BEGIN:VEVENT", f"UID:case-{row.case_id}-{row.rule}@diembao", f"DTSTAMP:{_utc(now)}"]
    if row.last_day is not None:
        after = row.last_day + timedelta(days=1)
        lines += [f"DTSTART;VALUE=DATE:{row.last_day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    else:
        lines += [f"DTSTART:{_utc(row.due_at)}", f"DTEND:{_utc(row.due_at)}"]
    told = [row.why, row.legal, row.case.agency_name]
    lines += [
        f"SUMMARY:{_text(f'{row.name}: {row.case.title}')}",
        f"DESCRIPTION:{_text(chr(10).join(part for part in told if part))}",
        f"URL:{case_url.format(row.case_id)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
    return lines


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Broken after at most 75 octets, never within a character."""
    if len(line.encode()) <= _LINE:
        return line
    parts, part, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LINE:
            parts.append(part)
            part, size = "", 1  # the blank that begins a continued line
        part += sign
        size += octets
    return "\r\n ".join([*parts, part])
