"""The time zone in which people read times and days begin."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def read_aloud(text: str) -> str:
    """A time as records hold it, in the words of a letter: "16:57 25/11/2026", "25/11/2026".

    Takes an ISO 8601 time or date, or two dates with "/" between them of which either may be missing
    (a roster's validity). Anything else is as people wrote it already ("12/2025") and stays so.
    """
    try:
        if "T" in text:
            at = datetime.fromisoformat(text)
            return f"{at.astimezone(VIETNAM) if at.tzinfo else at:%H:%M %d/%m/%Y}"
        if "/" not in text:
            return _day(text)
        first, last = (_day(part) if part else "" for part in text.split("/"))
    except ValueError:
        return text
    if first and last:
        return f"{first} – {last}"
    return f"từ {first}" if first else f"đến {last}" if last else ""


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"
